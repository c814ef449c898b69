// Keeps the newest item of every key of a feed in a file, and takes each change once.
//     npm install eventsource
//     node read-changes.mjs 'http://127.0.0.1:8080/v1/feeds/prices/changes?since=earliest' prices.json
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { EventSource } from "eventsource";

const [url, path] = process.argv.slice(2);
const state = existsSync(path) ? JSON.parse(readFileSync(path)) : { cursor: null, taken: 0, items: {} };

function take(change, cursor) {
  const key = JSON.stringify(change.key);
  const known = state.items[key]?.seq ?? 0;
  if (known > 0 && change.seq > known + 1) throw new Error(`a change of ${key} is missing before ${change.id}`);
  if (change.seq > known) { // else told again, after a cursor that was lost
    state.items[key] = { seq: change.seq, id: change.id, item: change.after };
    state.taken++;
  }
  state.cursor = cursor;
  writeFileSync(`${path}.new`, JSON.stringify(state)); // what was taken and how far: both or neither
  renameSync(`${path}.new`, path);
}

const headers = process.env.LEAT_KEY ? { Authorization: `Bearer ${process.env.LEAT_KEY}` } : {};
if (state.cursor) headers["Last-Event-ID"] = state.cursor;
const stream = new EventSource(url, { // comes back by itself
  fetch: (input, init) => fetch(input, { ...init, headers: { ...headers, ...init.headers } }),
});
stream.onmessage = (event) => take(JSON.parse(event.data), event.lastEventId);
stream.addEventListener("gap", (event) => {
  throw new Error(`the feed no longer has all that is missing here: ${event.data}`);
});
