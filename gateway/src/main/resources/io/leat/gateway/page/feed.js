// One feed: its sites, clients, dead letters, held items, alerts and keys, each under a link of its own.
import { attribute, fill, h, keep, nothing, text } from "./dom.js";
import { needLine } from "./feeds.js";
import { figures, plots } from "./figures.js";
import { needs } from "./needs.js";
import { tail } from "./tail.js";
import { alerts } from "./alerts.js";
import { held } from "./held.js";
import { keys } from "./keys.js";
import { letters } from "./letters.js";
import { sinks } from "./sinks.js";
import { sites } from "./sites.js";

const TABS = [
  { name: "", title: "Overview", make: overview, scope: "read" },
  { name: "sites", title: "Sites", make: sites, scope: "read", count: (status) => status.watch?.sites.length },
  { name: "sinks", title: "Clients", make: sinks, scope: "read", count: (status) => status.sinks?.length },
  { name: "letters", title: "Dead letters", make: letters, scope: "manage", count: (status) => status.job?.decided.dead },
  { name: "held", title: "Held", make: held, scope: "manage", count: (status) => status.held },
  { name: "alerts", title: "Alerts", make: alerts, scope: "read", count: (status) => status.alerts?.length },
  { name: "keys", title: "Keys", make: keys, scope: "read" },
];

export function view(context) {
  const { feed: name, tab: wanted } = context.route;
  const feed = context.feed(name);
  if (!feed) {
    return { node: h("div", {}, h("h1", {}, name), nothing("Nothing here, because this gateway serves no feed of this name, or the key may not see it.")) };
  }
  const offered = TABS.filter((tab) => context.may(name, tab.scope));
  const tab = offered.find((each) => each.name === wanted) ?? offered[0];
  const links = offered.map((each) => {
    const badge = h("span", { class: "badge" });
    const link = h("a", { href: `#/feed/${encodeURIComponent(name)}${each.name ? `/${each.name}` : ""}`, "aria-current": each === tab ? "page" : null }, each.title, badge);
    return { link, badge, each };
  });
  const shown = tab ? tab.make(context, feed) : { node: nothing("Nothing here, because the key may only send scrapes.") };
  const node = h("div", {}, h("h1", {}, h("a", { href: "#/", class: "up" }, "Feeds"), " / ", name), h("nav", { class: "tabs", "aria-label": `Parts of ${name}` }, links.map(({ link }) => link)), shown.node);
  return {
    ...shown,
    node,
    update() {
      const status = context.state.feeds[name];
      for (const { badge, each } of links) {
        const number = status && !status.problem ? each.count?.(status) : undefined;
        text(badge, number ? number.toLocaleString("en") : "");
        badge.hidden = !number;
      }
      shown.update?.(status && !status.problem ? status : null);
    },
    close() {
      shown.close?.();
      context.want([]);
    },
  };
}

function overview(context, feed) {
  const urgent = h("ul", { class: "needs", "aria-label": "Needs a person" });
  const numbers = figures();
  const drawn = plots(context, feed.name);
  const changes = tail(feed.name, feed.compare);
  const checks = h("ul", { class: "checks", "aria-label": "Checks" });
  context.want([feed.name]);
  drawn.draw(context.past(feed.name));
  return {
    node: h("div", {}, h("h2", { class: "unseen" }, "Overview"), urgent, h("div", { class: "columns feed" }, h("div", {}, numbers.node, drawn.node, h("h3", {}, "Checks"), checks), changes)),
    update(status) {
      const all = needs(context.state, feed.name);
      urgent.hidden = all.length === 0;
      keep(urgent, all, (need) => need.id, needLine);
      numbers.show(status);
      keep(checks, Object.entries(context.state.checks?.checks ?? {}), ([check]) => check, checkLine);
    },
    take: (message) => message.feed === feed.name && changes.take(message),
    drawn: () => drawn.draw(context.past(feed.name)),
    age: changes.age,
  };
}

function checkLine() {
  const state = h("span", { class: "chip" });
  const name = h("span", {});
  const node = h("li", {}, state, name);
  node.update = ([check, { ok, last_ok_seconds: since }]) => {
    text(state, ok ? "ok" : "fails");
    attribute(state, "data-level", ok ? "good" : "bad");
    text(name, ok ? check : `${check}, last good ${since === null ? "never" : `${Math.round(since)} s ago`}`);
  };
  return node;
}

/** Fills a place with what a promise brings, or with why it does not. */
export async function loading(place, work) {
  try {
    await work();
  } catch (problem) {
    if (problem.name !== "AbortError") {
      fill(place, nothing(problem.sentence ?? String(problem)));
    }
  }
}
