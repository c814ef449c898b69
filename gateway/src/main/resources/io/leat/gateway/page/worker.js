// One of these serves all tabs: it asks the gateway once for all of them.
import { Hub } from "./stream.js";

const hub = new Hub();
self.onconnect = (event) => hub.connect(event.ports[0]);
