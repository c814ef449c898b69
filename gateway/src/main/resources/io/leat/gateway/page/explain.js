// Explain: a key, a record or a change, and its way from the scrape to each client as a picture.
import { fill, h, nothing, said } from "./dom.js";
import { loading } from "./feed.js";
import { history, picture, traceOf } from "./trace.js";
import { keyText } from "./words.js";

export function view(context) {
  const feeds = context.state.access.feeds.filter((feed) => feed.may.includes("manage"));
  const choice = h("select", { id: "explain-feed" }, feeds.map((feed) => h("option", { value: feed.name }, feed.name)));
  const input = h("input", { type: "text", id: "explain-what", autocomplete: "off", spellcheck: "false", placeholder: '["northwind","NO-007"]  ·  TOPIC:PARTITION:OFFSET  ·  id of a change' });
  const form = h("form", { class: "row" }, h("label", { for: "explain-feed" }, "Feed"), choice, h("label", { for: "explain-what" }, "What"), input, h("button", { type: "submit" }, "Explain"));
  const answer = h("div");
  const node = h("div", {}, h("h1", {}, "Explain"), form, answer);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `#/explain?${new URLSearchParams({ feed: choice.value, what: input.value.trim() })}`;
  });

  function show() {
    const { params } = context.route;
    if (params.get("feed")) {
      choice.value = params.get("feed");
    }
    const what = params.get("what") ?? "";
    input.value = what;
    if (feeds.length === 0) {
      fill(answer, nothing("Nothing here, because this key may not ask why. `leat keys create NAME FEED:manage` makes one that may."));
    } else if (!what) {
      fill(answer, nothing("Nothing yet, because nothing was asked. Paste a key as a change shows it, a record as `TOPIC:PARTITION:OFFSET`, or the id of a change; `leat trace` answers the same."));
    } else {
      fill(answer, h("p", { class: "note" }, "Reading the topics"));
      loading(answer, async () => {
        const trace = await traceOf(choice.value, what);
        fill(answer, trace.key && h("h2", {}, said(keyText(trace.key))), h("p", { class: "note" }, summary(trace)), trace.records.length > 1 && history(trace), [...trace.records].reverse().map((record) => picture(choice.value, record)));
      });
    }
  }

  show();
  return { node, routed: show };
}

function summary(trace) {
  const counts = Object.entries(trace.counts)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${number} ${name.replace("_", " ")}`);
  return `${counts.join(", ")}. ${trace.past_known ? "Looked at the whole raw topic." : "The raw topic has lost its beginning: what was before is not known."}`;
}
