// Open alerts of a feed, oldest first, and a person's word on each.
import { of, post } from "./api.js";
import { action, attribute, h, keep, nothing, said, text } from "./dom.js";
import { sentence } from "./needs.js";
import { ago, moment } from "./words.js";

const QUIET = [["1h", "1 hour"], ["8h", "8 hours"], ["3d", "3 days"]];

export function alerts(context, feed) {
  const list = h("ul", { class: "alerts", "aria-label": `Open alerts of ${feed.name}` });
  const empty = h("div");
  const mayManage = context.may(feed.name, "manage");
  return {
    node: h("section", {}, h("h2", {}, "Alerts"), empty, list, h("p", { class: "note" }, "Webhooks of ", h("code", {}, "watch.to"), ", a command, and Alertmanager (", h("code", {}, "leat run --alertmanager URL"), ") hear of these; Alertmanager has silences of its own.")),
    update(status) {
      const open = status?.alerts ?? [];
      empty.replaceChildren(...(open.length ? [] : [nothing(status?.watch?.by === null ? "Nothing here, because the feed file has no `watch`." : "Nothing open, because no site is silent, drifts or sends more or less than usual.")]));
      keep(list, open, (alert) => alert.id, (alert) => line(feed.name, alert, mayManage));
    },
  };
}

function line(feed, first, mayManage) {
  const chip = h("span", { class: "chip" });
  const words = said("");
  const when = h("span", { class: "note" });
  const noticed = h("span", { class: "note" });
  const say = (verb, done, span) => post(of(feed, `alerts/${verb}?${new URLSearchParams(span ? { id: first.id, for: span } : { id: first.id })}`)).then(() => done);
  const about = first.site ?? first.what ?? first.alert;
  const acknowledge = action("Acknowledge", () => say("acknowledge", `Noticed: that ${about} grows worse is told to nobody any more.`), { title: "That it grows worse is told to nobody any more; its end is" });
  const accept = first.alert === "silence" && action("This gap is usual", () => say("accept", `A gap of ${about} as long as this one is usual from now on.`));
  const span = h("select", { "aria-label": `How long to be quiet about ${about}` }, QUIET.map(([value, name]) => h("option", { value }, name)));
  span.value = "8h";
  const quiet = action("Quiet for", () => say("quiet", `Nobody is told of ${about} until that is over.`, span.value), { title: "Nobody is told of it meanwhile; what is still open then is told" });
  const node = h("li", {}, chip, words, when, noticed, mayManage && h("div", { class: "actions" }, acknowledge, quiet, span, accept));
  node.update = (alert) => {
    text(chip, alert.alert);
    const isNoticed = Boolean(alert.acknowledged);
    attribute(chip, "data-level", isNoticed ? "note" : alert.alert === "drift" || alert.alert === "surge" ? "warn" : "bad");
    text(words, sentence(alert));
    const since = alert.since ?? alert.at;
    text(when, `since ${moment(since)}, ${ago(Date.now() - Date.parse(since))}`);
    const isQuiet = Date.parse(alert.quiet_until) > Date.now();
    text(noticed, isQuiet ? `quiet until ${moment(alert.quiet_until)}` : isNoticed ? `acknowledged ${moment(alert.acknowledged)}` : "");
    acknowledge.hidden = isNoticed;
  };
  return node;
}
