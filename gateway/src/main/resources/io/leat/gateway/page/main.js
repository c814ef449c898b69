// The page: where a link leads, what is known, and how old that is.
import { useKey } from "./api.js";
import { announce, attribute, code, fill, h, text } from "./dom.js";
import { push } from "./history.js";
import { listen, open, useKeyEverywhere, want } from "./source.js";
import { ago, moment } from "./words.js";

const STALE_AFTER = 5_000;
const SECONDS = 600;
const VIEWS = {
  feeds: () => import("./feeds.js"),
  feed: () => import("./feed.js"),
  explain: () => import("./explain.js"),
};

const main = document.getElementById("main");
const BEAT = 1_000;
const LATE = 300;
const known = { state: null, heardAt: 0, beats: 1, pasts: new Map() };
let shown = null;
let key = "";
let entered = "";

/** What a view is given. */
const context = {
  route: null,
  get state() {
    return known.state;
  },
  past: (feed) => known.pasts.get(feed) ?? { seconds: [], minutes: [] },
  feed: (name) => known.state?.access?.feeds.find((feed) => feed.name === name),
  may: (name, scope) => context.feed(name)?.may.includes(scope) ?? false,
  want,
};

/** `#/feed/NAME/TAB?what=…`: all of a view's state, so that a link shows the same again. */
function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [view = "", feed = "", tab = ""] = path.split("/").map(decodeURIComponent);
  return { view: VIEWS[view] ? view : "feeds", feed, tab, params: new URLSearchParams(query) };
}

async function show() {
  const wanted = route();
  const isSame = shown && context.route && wanted.view === context.route.view && wanted.feed === context.route.feed && wanted.tab === context.route.tab;
  context.route = wanted;
  for (const link of document.querySelectorAll("nav [data-view]")) {
    attribute(link, "aria-current", link.dataset.view === (wanted.view === "feed" ? "feeds" : wanted.view) ? "page" : null);
  }
  if (!known.state) {
    return;
  }
  if (!known.state.access) {
    shown?.close?.();
    shown = null;
    want([]);
    enter(known.state.problem);
    return;
  }
  if (isSame && shown.routed) {
    shown.routed();
    return;
  }
  shown?.close?.();
  const { view } = await VIEWS[wanted.view]();
  shown = view(context);
  fill(main, shown.node);
  shown.update?.();
  document.title = wanted.feed ? `${wanted.feed} · Leat` : wanted.view === "explain" ? "Explain · Leat" : "Leat";
  if (show.moved) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Made anew only when it says something else: somebody may be typing a key. */
function enter(problem) {
  const says = JSON.stringify([problem?.status, problem?.sentence, key]);
  if (says !== entered || !main.querySelector(":scope > .entrance")) {
    entered = says;
    fill(main, entrance(problem));
  }
}

/** What stands there before anything may be seen: a question for a key, or why nothing answers. */
function entrance(problem) {
  if (problem?.status !== 401) {
    return h("section", { class: "entrance" }, h("h1", {}, "Nothing to show yet"), h("p", { class: "nothing" }, code(problem?.sentence ?? "The gateway has not answered yet.")));
  }
  const input = h("input", { id: "key-input", type: "password", autocomplete: "off", spellcheck: "false", placeholder: "leat_…" });
  const form = h("form", {}, h("label", { for: "key-input" }, "API key"), h("div", { class: "row" }, input, h("button", { type: "submit" }, "Use it")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    useKeyEverywhere(input.value.trim());
  });
  return h(
    "section",
    { class: "entrance" },
    h("h1", {}, "This gateway asks for an API key"),
    h("p", {}, code(key ? "That key is not known, has expired or was revoked. `leat keys list` shows what there is." : "Make one with `leat keys create page FEED:read FEED:manage`. It is kept in memory while a tab is open, and nowhere else.")),
    form,
  );
}

function alive() {
  const age = known.state?.at ? Date.now() - known.state.at : null;
  const isStale = age === null || age > STALE_AFTER + (known.beats - 1) * BEAT;
  document.body.classList.toggle("stale", isStale && known.state !== null);
  text(document.getElementById("alive-text"), age === null ? "no answer yet" : isStale ? `as of ${ago(age)}, the gateway does not answer` : known.beats > 1 ? `as of ${moment(known.state.at)}` : `as of ${ago(age)}`);
  attribute(document.getElementById("alive"), "data-stale", isStale);
}

/** All that is new, laid out and painted once. */
function digest({ points, changes, beats, ...state }) {
  const hadAccess = Boolean(known.state?.access);
  const wasAway = known.state?.problem?.status === 0;
  known.state = state;
  known.heardAt = Date.now();
  known.beats = beats;
  for (const [feed, fresh] of Object.entries(points)) {
    const past = context.past(feed);
    fresh.forEach((point) => push(past.seconds, point, SECONDS));
    known.pasts.set(feed, past);
  }
  if (hadAccess !== Boolean(state.access) || (!shown && !state.access)) {
    show();
  } else {
    shown?.update?.();
    Object.keys(points).forEach((feed) => shown?.drawn?.(feed));
    take(changes);
    shown?.age?.();
  }
  if (wasAway && !state.problem) {
    announce("The gateway answers again.");
  }
  alive();
}

function take(changes) {
  for (const [feed, news] of Object.entries(changes)) {
    shown?.take?.({ feed, ...news });
  }
}

listen((message) => {
  switch (message.type) {
    case "state":
      digest(message);
      break;
    case "key":
      key = message.key;
      useKey(key);
      text(document.getElementById("key"), key ? "Forget key" : "");
      document.getElementById("key").hidden = !key;
      break;
    case "past":
      known.pasts.set(message.feed, { seconds: message.seconds, minutes: message.minutes });
      shown?.drawn?.(message.feed);
      break;
    case "changes":
      take(message.changes);
      break;
  }
});

document.getElementById("key").hidden = true;
document.getElementById("key").addEventListener("click", () => useKeyEverywhere(""));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", () => {
  show.moved = true;
  show();
});
setInterval(() => {
  if (!document.hidden && Date.now() - known.heardAt > known.beats * BEAT + LATE) {
    alive();
    shown?.age?.();
  }
}, BEAT);
open();
