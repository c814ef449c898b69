// What a tab sees of the gateway: the shared worker where there is one, else a hub of its own.

const HERE_EVERY = 5_000;
const listeners = new Set();
let port;
let wants = { tails: [] };

/** Starts; `hello` is called with the first state. */
export async function open() {
  port = await connect();
  port.onmessage = ({ data }) => listeners.forEach((listener) => listener(data));
  port.start?.();
  tell();
  setInterval(() => document.hidden || tell(), HERE_EVERY);
  document.addEventListener("visibilitychange", tell);
  addEventListener("pagehide", () => port.postMessage({ type: "bye" }));
  addEventListener("pageshow", (event) => event.persisted && tell());
}

async function connect() {
  if (typeof SharedWorker === "function") {
    return new SharedWorker(trusted("/page/worker.js"), { type: "module", name: "leat" }).port;
  }
  const { Hub } = await import("./stream.js");
  const channel = new MessageChannel();
  new Hub().connect(channel.port1);
  return channel.port2;
}

/** The only script that is ever loaded by name. */
function trusted(url) {
  return globalThis.trustedTypes
    ? trustedTypes.createPolicy("leat", { createScriptURL: () => "/page/worker.js" }).createScriptURL(url)
    : url;
}

function tell() {
  port?.postMessage({ type: "wants", visible: document.visibilityState === "visible", ...wants });
}

/** Says whose changes this tab shows. */
export function want(tails) {
  if (tails.join() !== wants.tails.join()) {
    wants = { tails };
    tell();
  }
}

export function useKeyEverywhere(key) {
  port.postMessage({ type: "key", key });
}

/** Called with each message; gives a function that ends it. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
