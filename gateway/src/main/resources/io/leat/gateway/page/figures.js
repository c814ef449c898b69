// The seven figures of a feed, and its plots.
import { attribute, h, text } from "./dom.js";
import { plot } from "./plot.js";
import { UNKNOWN, ago, count, rate, share, span } from "./words.js";

const millis = (seconds) => (seconds === null || seconds === undefined ? NaN : seconds * 1000);
const ELSEWHERE = "the job runs in another process, which has these figures";

const SEVEN = [
  ["events in", (job) => [rate(job.records_per_second), count(job.records)]],
  ["events out", (job) => [rate(job.told_per_second), count(job.told)]],
  ["suppressed", (job) => [share(job.suppressed_share), `${count(job.decided.unchanged)} unchanged`]],
  ["watermark lag", (job) => [span(millis(job.event_lag_seconds)), job.unread.records ? `${count(job.unread.records)} unread` : "all read"]],
  ["backpressure", (job) => [share(job.backpressured), `busy ${share(job.busy)}`]],
  ["p50 / p99", (job) => [`${span(millis(job.latency.append_to_log.p50_seconds))} / ${span(millis(job.latency.append_to_log.p99_seconds))}`, "append to log"]],
  ["checkpoint", (job) => [span(millis(job.checkpoint.duration_seconds)), job.checkpoint.at ? ago(millis(job.checkpoint.age_seconds)) : "none yet"]],
];

export function figures() {
  const cells = SEVEN.map(([name]) => ({ name, value: h("dd", { class: "figure" }), beside: h("dd", { class: "beside" }) }));
  const node = h("dl", { class: "figures" }, cells.map((cell) => h("div", {}, h("dt", {}, cell.name), cell.value, cell.beside)));
  return {
    node,
    show(status) {
      cells.forEach((cell, i) => {
        const [value, beside] = status?.job ? SEVEN[i][1](status.job) : [UNKNOWN, ""];
        text(cell.value, value);
        text(cell.beside, beside);
      });
      attribute(node, "title", status && !status.job ? ELSEWHERE : null);
    },
  };
}

/** Minutes or hours of a feed, as a person chooses. */
export function plots(context, feed) {
  const all = [
    plot("Rate", [{ name: "in", at: 1, unit: rate }, { name: "out", at: 2, unit: rate }]),
    plot("Suppressed", [{ name: "share", at: 3, unit: share }], { top: 1 }),
    plot("Latency p99", [{ name: "p99", at: 4, unit: span }], { top: 10 }),
    plot("Watermark lag", [{ name: "lag", at: 5, unit: span }], { top: 100 }),
  ];
  let isLong = false;
  const minutes = h("button", { type: "button", "aria-pressed": "true" }, "minutes");
  const hours = h("button", { type: "button", "aria-pressed": "false" }, "hours");
  const choose = (long) => () => {
    isLong = long;
    attribute(minutes, "aria-pressed", !long);
    attribute(hours, "aria-pressed", long);
    draw(context.past(feed));
  };
  minutes.addEventListener("click", choose(false));
  hours.addEventListener("click", choose(true));
  function draw(past) {
    const points = isLong ? past.minutes : past.seconds;
    all.forEach((one) => one.show(points));
  }
  return {
    node: h("div", {}, h("div", { class: "head small" }, h("h3", {}, "Last"), h("div", { class: "choice", role: "group", "aria-label": "Span of the plots" }, minutes, hours)), h("div", { class: "plots" }, all)),
    draw,
  };
}
