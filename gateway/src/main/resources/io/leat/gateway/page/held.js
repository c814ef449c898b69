// Implausible scrapes that wait: what was last told beside what they say, and a person's word.
import { ask, of, post } from "./api.js";
import { action, announce, h, keep, nothing, said, fill } from "./dom.js";
import { loading } from "./feed.js";
import { keyText, moment, plural, value } from "./words.js";

const RULES = { ratio: "too far from the last", unit_flip: "looks like another unit", floor: "below the floor", ceiling: "above the ceiling" };
const AGAIN_EVERY = 3_000;

export function held(context, feed) {
  const list = h("div", { class: "held-list" });
  const empty = h("div");
  const note = h("span", { class: "note" });
  const node = h("section", {}, h("div", { class: "head" }, h("h2", {}, "Held"), note), empty, list);
  let askedAt = 0;
  const ruled = new Set();

  function card(first) {
    const rule = (verb, done) =>
      action(verb === "release" ? "Release" : "Reject", async () => {
        await post(of(feed.name, `held/${encodeURIComponent(first.id)}/${verb}`));
        ruled.add(first.id);
        one.remove();
        announce(`${keyText(first.key)} ${done}.`);
      });
    const one = h(
      "article",
      { class: "held", "aria-label": keyText(first.key) },
      h("div", { class: "head" }, h("h3", {}, said(keyText(first.key))), h("span", { class: "note" }, `seen ${moment(first.event_time)}`)),
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, ["field", "last told", "held", "doubt"].map((each) => h("th", { scope: "col" }, each)))),
        h("tbody", {}, first.doubts.map((doubt) => h("tr", {}, h("th", { scope: "row" }, said(doubt.field)), h("td", { class: "before" }, said(value(doubt.last))), h("td", { class: "after" }, said(value(doubt.value))), h("td", {}, RULES[doubt.rule] ?? doubt.rule)))),
      ),
      h("details", {}, h("summary", {}, "The whole scrape"), h("pre", { tabindex: "0" }, JSON.stringify(first.item, null, 1))),
      h("div", { class: "actions" }, rule("release", "is right: it will be told"), rule("reject", "is wrong: it is not told"), h("a", { href: `#/explain?feed=${encodeURIComponent(feed.name)}&what=${encodeURIComponent(JSON.stringify(first.key))}` }, "Explain")),
    );
    return one;
  }

  async function look() {
    askedAt = Date.now();
    await loading(empty, async () => {
      const { waiting } = await ask(of(feed.name, "held"));
      const open = waiting.filter((each) => !ruled.has(each.id));
      fill(note, open.length ? plural(open.length, "scrape waits", "scrapes wait") : "");
      fill(empty, open.length ? [] : nothing(feed.holds ? "Nothing waits, because no value was implausible, or a later scrape has confirmed it." : "Nothing here, because the feed file has no `hold`. `changes: {hold: {price: {ratio: [0.2, 5]}}}` holds implausible prices."));
      keep(list, open.reverse(), (each) => each.id, card);
    });
  }

  fill(empty, h("p", { class: "note" }, "Reading the topic"));
  look();
  return { node, update: () => Date.now() - askedAt > AGAIN_EVERY && look() };
}
