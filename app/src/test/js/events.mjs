// Prints the ids of so many events, then ends. Usage: events.mjs URL COUNT
import { EventSource } from "eventsource";

const [url, count] = process.argv.slice(2);
let seen = 0;
new EventSource(url).onmessage = (event) => {
  console.log(`${event.lastEventId} ${JSON.parse(event.data).id}`);
  if (++seen == count) process.exit(0);
};
