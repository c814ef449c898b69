// All feeds: what needs a person first, then the figures, plots and newest changes of each.
import { attribute, h, keep, nothing, said, text } from "./dom.js";
import { figures, plots } from "./figures.js";
import { needs } from "./needs.js";
import { tail } from "./tail.js";

export function view(context) {
  const urgent = h("ul", { class: "needs", "aria-label": "Needs a person" });
  const calm = h("p", { class: "calm" }, "Nothing needs you: all feeds run, nothing waits.");
  const list = h("div", { class: "feeds" });
  const empty = nothing("Nothing yet, because this key may read no feed. `leat keys create NAME FEED:read` makes one that may.");
  const node = h("div", {}, h("h1", {}, "Feeds"), urgent, calm, empty, list);
  const cards = new Map();

  function update() {
    const { access, feeds } = context.state;
    const names = access.feeds.map((feed) => feed.name);
    empty.hidden = names.length > 0;
    const all = needs(context.state);
    calm.hidden = all.length > 0 || names.length === 0;
    urgent.hidden = all.length === 0;
    keep(urgent, all, (need) => need.id, needLine);
    keep(list, access.feeds, (feed) => feed.name, (feed) => card(context, feed, cards));
    context.want(names.filter((name) => context.may(name, "read")));
    for (const [name, one] of cards) {
      one.show(feeds[name]);
    }
  }

  return {
    node,
    update,
    take: (message) => cards.get(message.feed)?.take(message),
    drawn: (feed) => cards.get(feed)?.draw(context.past(feed)),
    age: () => cards.forEach((one) => one.age()),
    close: () => context.want([]),
  };
}

export function needLine(need) {
  const link = h("a", {});
  const state = h("span", { class: "chip" });
  const words = said("");
  link.append(words);
  const node = h("li", {}, state, link);
  node.update = (now) => {
    text(state, now.level === "bad" ? "act" : now.level === "warn" ? "look" : "note");
    attribute(state, "data-level", now.level);
    text(words, now.text);
    attribute(link, "href", now.href);
  };
  return node;
}

function card(context, feed, cards) {
  const state = h("span", { class: "chip" });
  const numbers = figures();
  const drawn = plots(context, feed.name);
  const changes = tail(feed.name, feed.compare);
  const node = h(
    "article",
    { class: "feed", "aria-label": feed.name },
    h("div", { class: "head" }, h("h2", {}, h("a", { href: `#/feed/${encodeURIComponent(feed.name)}` }, feed.name)), state),
    h("div", { class: "columns" }, h("div", {}, numbers.node, drawn.node), changes),
  );
  node.show = (status) => {
    numbers.show(status);
    const word = status?.problem ? "no answer" : status?.job ? status.job.status.toLowerCase() : "runs elsewhere";
    text(state, word);
    attribute(state, "data-level", status?.problem || (status?.job && status.job.status !== "RUNNING") ? "bad" : "good");
  };
  node.take = changes.take;
  node.draw = drawn.draw;
  node.age = changes.age;
  drawn.draw(context.past(feed.name));
  cards.set(feed.name, node);
  return node;
}
