// The sites of a feed: how much each sends against what is normal, what is refused, and how soon its silence is told.
import { attribute, h, keep, nothing, said, text } from "./dom.js";
import { UNKNOWN, count, pace, share, span } from "./words.js";

const millis = (seconds) => (seconds === null || seconds === undefined ? NaN : seconds * 1000);

export function sites(context, feed) {
  const filter = h("input", { type: "search", id: "site-filter", placeholder: "name of a site" });
  const body = h("tbody");
  const head = ["site", "state", "rate", "records", "refused", "silent for", "silence told after", "drop told after"];
  const table = h("table", { class: "wide" }, h("caption", { class: "unseen" }, `Sites of ${feed.name}`), h("thead", {}, h("tr", {}, head.map((each, i) => h("th", { scope: "col", class: i > 1 ? "number" : "" }, each)))), body);
  const empty = h("div");
  let last = null;
  const update = (status) => {
    last = status ?? last;
    const watch = last?.watch;
    const why = !last
      ? "Nothing yet, because the gateway has not told how the feed stands."
      : watch.by === null
        ? "Nothing here, because the feed file has no `watch`. `watch: {by: FIELD}` watches each site."
        : watch.as_of === null
          ? "Nothing yet, because nothing has been looked at so far, or the job runs in another process."
          : watch.sites.length === 0
            ? "Nothing yet, because no scrape has come from any site."
            : null;
    empty.replaceChildren(...(why ? [nothing(why)] : []));
    table.hidden = Boolean(why);
    const wanted = filter.value.toLowerCase();
    const shown = (watch?.sites ?? []).filter((site) => site.site.toLowerCase().includes(wanted));
    const open = new Map((last?.alerts ?? []).filter((alert) => alert.site).map((alert) => [alert.site, alert]));
    shown.sort((one, other) => rank(other, open) - rank(one, open) || one.site.localeCompare(other.site));
    keep(body, shown.map((site) => ({ site, alert: open.get(site.site) })), ({ site }) => site.site, row);
  };
  filter.addEventListener("input", () => update());
  return {
    node: h("section", {}, h("div", { class: "head" }, h("h2", {}, "Sites"), h("label", { for: "site-filter" }, "Filter"), filter), empty, h("div", { class: "scroll" }, table)),
    update,
  };
}

const rank = (site, open) => (open.has(site.site) ? 2 : site.learning ? 0 : 1) + (site.refused > 0 ? 0.1 : 0);

function row() {
  const name = said("");
  const chip = h("span", { class: "chip" });
  const cells = Array.from({ length: 6 }, () => h("td", { class: "number" }));
  const node = h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, chip), cells);
  node.update = ({ site, alert }) => {
    text(name, site.site);
    const level = alert ? "bad" : site.learning ? "note" : "good";
    text(chip, alert ? (alert.alert === "silence" ? "silent" : alert.alert) : site.learning ? "learning" : "normal");
    attribute(chip, "data-level", level);
    attribute(node, "data-level", level);
    const total = site.records + (site.refused ?? 0);
    [
      site.records_per_minute === null ? UNKNOWN : pace(site.records_per_minute / 60),
      count(site.records),
      site.refused ? `${count(site.refused)} · ${share(site.refused / Math.max(1, total))}` : "0",
      span(millis(site.silent_seconds)),
      site.learning ? "learning" : span(millis(site.silence_told_after_seconds)),
      span(millis(site.drop_told_after_seconds)),
    ].forEach((value, i) => text(cells[i], value));
  };
  return node;
}
