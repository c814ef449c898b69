// Keys of a feed: search by how they begin, then the history of one as a line, with every scrape that told nothing.
import { of } from "./api.js";
import { attribute, fill, h, nothing, said } from "./dom.js";
import { loading } from "./feed.js";
import { readLines } from "./lines.js";
import { history, traceOf } from "./trace.js";
import { differences } from "./tail.js";
import { keyText, moment } from "./words.js";

const MOST = 50;

export function keys(context, feed) {
  const input = h("input", { type: "search", id: "key-search", autocomplete: "off", spellcheck: "false", placeholder: "how the key begins; parts parted by a blank" });
  const form = h("form", { role: "search", class: "row" }, h("label", { for: "key-search" }, "Key"), input, h("button", { type: "submit" }, "Search"));
  const found = h("div");
  const one = h("div");
  const node = h("section", {}, h("h2", {}, "Keys"), form, one, found);
  const mayTrace = context.may(feed.name, "manage");
  let searching = null;

  const here = (params) => `#/feed/${encodeURIComponent(feed.name)}/keys?${new URLSearchParams(params)}`;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = here({ q: input.value });
  });

  async function search(words) {
    searching?.abort();
    const stop = (searching = new AbortController());
    const all = new Map();
    const query = new URLSearchParams({ since: "snapshot" });
    words.split(/\s+/).filter(Boolean).forEach((part) => query.append("key_prefix", part));
    fill(found, h("p", { class: "note" }, "Searching"));
    try {
      await readLines(of(feed.name, `changes?${query}`), stop.signal, (lines) => {
        for (const line of lines) {
          const json = JSON.parse(line);
          if (json.key && !json.event) {
            all.set(JSON.stringify(json.key), json);
          }
          if (json.event === "snapshot_end" || all.size >= MOST) {
            stop.abort();
            return;
          }
        }
      });
    } catch (problem) {
      if (problem.name !== "AbortError") {
        fill(found, nothing(problem.sentence ?? String(problem)));
        return;
      }
    }
    if (searching === stop) {
      fill(found, all.size ? results([...all.values()]) : nothing("Nothing found, because no key that was told begins so. Parts are parted by a blank; the last may be a beginning."));
    }
  }

  function results(changes) {
    return h(
      "div",
      { class: "scroll" },
      h(
        "table",
        { class: "wide" },
        h("thead", {}, h("tr", {}, ["key", "last change", "seq", "extracted"].map((each) => h("th", { scope: "col", class: each === "seq" ? "number" : "" }, each)))),
        h(
          "tbody",
          {},
          changes.slice(0, MOST).map((change) =>
            h("tr", {}, h("th", { scope: "row" }, h("a", { href: here({ q: input.value, key: JSON.stringify(change.key) }) }, said(keyText(change.key)))), h("td", { class: "what" }, h("span", { class: "op", "data-op": change.op }, change.op), " ", differences(change, feed.compare)), h("td", { class: "number" }, String(change.seq)), h("td", {}, moment(change.event_time))),
          ),
        ),
      ),
      changes.length >= MOST && h("p", { class: "note" }, `The first ${MOST}; write more of the key to find others.`),
    );
  }

  function show() {
    const words = context.route.params.get("q") ?? "";
    const key = context.route.params.get("key");
    input.value = words;
    if (key) {
      one.replaceChildren(h("p", { class: "note" }, "Reading the topics"));
      loading(one, async () => {
        if (!mayTrace) {
          fill(one, nothing(`Nothing here, because this key may not ask why. \`leat keys create NAME ${feed.name}:manage\` makes one that may.`));
          return;
        }
        const trace = await traceOf(feed.name, key, 200);
        fill(one, h("article", { class: "one-key" }, h("div", { class: "head" }, h("h3", {}, said(keyText(JSON.parse(key)))), h("a", { href: `#/explain?feed=${encodeURIComponent(feed.name)}&what=${encodeURIComponent(key)}` }, "Explain each record")), history(trace)));
      });
    } else {
      one.replaceChildren();
    }
    if (!key || !found.hasChildNodes()) {
      search(words);
    }
    attribute(found, "hidden", null);
  }

  show();
  return { node, routed: show, close: () => searching?.abort() };
}
