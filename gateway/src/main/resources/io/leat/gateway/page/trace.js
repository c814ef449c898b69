// A trace as a picture: the way of each record from the scrape to each client, and a key's history as a line.
import { ask, of } from "./api.js";
import { fill, h, said, s } from "./dom.js";
import { UNKNOWN, count, moment, plural, span, value } from "./words.js";

const TOLD = new Set(["told", "gone"]);
const POSITION = /^[\w.-]+:\d+:\d+$/;
const CHANGE = /^[a-z2-7]{26}$/;
const NARROWEST = 280;
const HEIGHT = 130;

/** Asks why; what is no position and no change is a key. */
export function traceOf(feed, what, last = 20) {
  const by = POSITION.test(what) ? "position" : CHANGE.test(what) ? "change" : "key";
  const asked = by === "key" && !what.startsWith("[") ? JSON.stringify([what]) : what;
  return ask(of(feed, `trace?${new URLSearchParams({ [by]: asked, last })}`));
}

/** One record's way, stage by stage; on a phone the stages stand below each other. */
export function picture(feed, record) {
  const stages = [stage("scrape", "good", `${record.topic}:${record.partition}:${record.offset}`, [`taken ${moment(record.appended)}`, record.ruling && `a person said: ${record.ruling}`])];
  if (record.refusal) {
    const { code, field, message, sent_again: again, dead_letter: letter } = record.refusal;
    stages.push(stage("contract", "bad", code, [said([field, message].filter(Boolean).join(": ")), again ? "sent again" : letter && h("a", { href: `#/feed/${encodeURIComponent(feed)}/letters?code=${encodeURIComponent(code)}` }, "dead letter")]));
  } else if (record.event_time) {
    const forms = (record.normalized ?? []).map((form) => said(`${form.field}: ${value(form.scraped)} is ${value(form.normal)}`));
    stages.push(stage("contract", "good", record.contract ? `keeps ${record.contract}` : "read", [`extracted ${moment(record.event_time)}`, ...forms]));
  }
  if (!record.refusal) {
    const level = TOLD.has(record.outcome) ? "good" : record.outcome === "held" ? "warn" : "note";
    const differences = (record.doubts ? [] : (record.differences ?? [])).map((each) => said(`${each.field}: ${value(each.was)} → ${value(each.is)}${each.counts ? "" : ` (${each.rule})`}`));
    const doubts = (record.doubts ?? []).map((each) => said(`${each.field}: ${value(each.last)} → ${value(each.value)} (${each.rule})`));
    stages.push(stage("decision", level, record.outcome, [record.sentence, ...differences, ...doubts]));
  }
  if (record.change) {
    const place = record.change.position ?? record.change;
    stages.push(stage("change log", record.log === "differs" ? "bad" : "good", `${record.change.op} · seq ${record.change.seq}`, [said(record.change.id, { class: "said-text mono" }), place.offset !== undefined && place.offset !== null ? `partition ${place.partition}, offset ${place.offset}` : record.log?.replaceAll("_", " ")]));
  }
  const clients = (record.deliveries ?? []).map(client);
  return h(
    "article",
    { class: "trace", "aria-label": `Record ${record.topic}:${record.partition}:${record.offset}, ${record.outcome}` },
    h("ol", { class: "way" }, stages, clients.length > 0 && h("li", { class: "stage clients" }, h("span", { class: "name" }, "clients"), h("ul", {}, clients))),
  );
}

function stage(name, level, title, lines) {
  return h("li", { class: "stage", "data-level": level }, h("span", { class: "name" }, name), h("b", {}, said(title)), lines.filter(Boolean).map((line) => h("p", {}, line)));
}

function client(delivery) {
  const level = delivery.outcome === "delivered" || delivery.outcome === "sent_again" ? "good" : delivery.outcome === "undelivered" ? "bad" : delivery.outcome === "waiting" ? "warn" : "note";
  const attempts = delivery.attempts ?? [];
  return h(
    "li",
    { "data-level": level },
    h("b", {}, said(delivery.subscription)),
    ` ${delivery.outcome.replaceAll("_", " ")}`,
    delivery.detail && h("p", {}, said(String(delivery.detail))),
    attempts.map((attempt) => h("p", { class: "note" }, `try ${count(attempt.attempt)}: ${attempt.status ? `HTTP ${attempt.status}` : attempt.error ?? attempt.result} in ${span(attempt.took_ms)}`)),
  );
}

/** The first compared field that is a number, as a line over time; a mark for every scrape, told or not. */
export function history(trace) {
  const records = trace.records.filter((record) => record.event_time || record.refusal);
  const valuesOf = (record) => record.values ?? record.before?.values ?? {};
  const field = records.flatMap((record) => Object.entries(valuesOf(record))).find(([, each]) => typeof each === "number")?.[0];
  const numbers = records.map((record) => valuesOf(record)[field]).filter((each) => typeof each === "number");
  const told = records.filter((record) => TOLD.has(record.outcome)).length;
  const title = `${field ?? "History"}: ${plural(records.length, "scrape")}, ${told} told`;
  const box = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": `${title}. The table below holds the same.` });
  new ResizeObserver(() => fill(box, course(records, field, valuesOf, Math.max(NARROWEST, box.clientWidth)))).observe(box);
  return h(
    "figure",
    { class: "history" },
    h("figcaption", {}, h("span", {}, said(title)), h("span", { class: "legend" }, [["told", "told"], ["unchanged", "told nothing"], ["held", "held"], ["refused", "refused"]].map(([kind, name]) => h("span", {}, s("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" }, mark(kind, 6, 6)), name)))),
    box,
    h("details", {}, h("summary", {}, "As a table"), h("div", { class: "scroll" }, table(records, field, valuesOf))),
  );
}

/** The course itself, as wide as its place, so that marks and words are the same size on a phone and on a wall. */
function course(records, field, valuesOf, WIDTH) {
  const time = (record) => Date.parse(record.event_time ?? record.appended);
  const times = records.map(time);
  const numbers = records.map((record) => valuesOf(record)[field]).filter((each) => typeof each === "number");
  const first = Math.min(...times);
  const length = Math.max(1, Math.max(...times) - first);
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const x = (record) => 10 + ((time(record) - first) / length) * (WIDTH - 20);
  const y = (number) => (typeof number === "number" ? HEIGHT - 24 - (high > low ? (number - low) / (high - low) : 0.5) * (HEIGHT - 44) : HEIGHT - 8);
  let d = "";
  let last = null;
  const marks = [];
  for (const record of [...records].sort((one, other) => time(one) - time(other))) {
    const number = valuesOf(record)[field];
    if (TOLD.has(record.outcome) && typeof number === "number") {
      d += last === null ? `M${x(record)} ${y(number)}` : `H${x(record)}V${y(number)}`;
      last = number;
    }
    const at = record.refusal ? HEIGHT - 8 : y(number);
    marks.push(mark(record.outcome, x(record), at));
  }
  if (last !== null) {
    d += `H${WIDTH - 10}`;
  }
  return s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "course", "aria-hidden": "true" }, s("path", { d, class: "line line-1", fill: "none" }), marks, numbers.length > 0 && [s("text", { x: 10, y: 12 }, short(high)), low !== high && s("text", { x: 10, y: HEIGHT - 6 }, short(low))]);
}

function table(records, field, valuesOf) {
  return h(
    "table",
    { class: "wide" },
    h("thead", {}, h("tr", {}, ["extracted", "outcome", field ?? "value", "why"].map((each) => h("th", { scope: "col" }, each)))),
    h("tbody", {}, records.map((record) => h("tr", {}, h("td", {}, moment(record.event_time ?? record.appended)), h("td", {}, record.outcome), h("td", { class: "number" }, said(field ? value(valuesOf(record)[field]) : UNKNOWN)), h("td", {}, said(record.sentence ?? record.refusal?.message ?? ""))))),
  );
}

const short = (number) => String(Number(number.toPrecision(8)));

/** Shapes differ as colours do. */
function mark(outcome, x, y) {
  if (TOLD.has(outcome)) {
    return s("circle", { cx: x, cy: y, r: 4.5, class: "mark-told" });
  }
  if (outcome === "refused") {
    return s("path", { d: `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`, class: "mark-refused" });
  }
  if (outcome === "held") {
    return s("path", { d: `M${x} ${y - 5}l5 9h-10z`, class: "mark-held" });
  }
  return s("path", { d: `M${x} ${y - 4}v8`, class: "mark-silent" });
}
