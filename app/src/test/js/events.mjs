// Prints the ids of so many events, then ends. Usage: events.mjs URL COUNT [LAST_EVENT_ID]
import { EventSource } from "eventsource";

const [url, count, last] = process.argv.slice(2);
let seen = 0;
const source = new EventSource(last ? `${url}&last_event_id=${last}` : url);
source.onmessage = (event) => {
  console.log(`${event.lastEventId} ${JSON.parse(event.data).id}`);
  if (++seen == count) process.exit(0);
};
