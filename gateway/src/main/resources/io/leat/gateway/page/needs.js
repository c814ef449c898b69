// What needs a person, the worst first.
import { plural, span } from "./words.js";

/** @param only the feed that is meant; all if it is absent */
export function needs(state, only) {
  const found = [];
  const note = (level, id, text, href) => found.push({ level, id, text, href });
  for (const [name, status] of Object.entries(state.feeds)) {
    if (only && name !== only) {
      continue;
    }
    const to = (tab) => `#/feed/${encodeURIComponent(name)}/${tab}`;
    if (status.problem) {
      note("bad", `${name}/problem`, `${name}: ${status.problem}`, to(""));
      continue;
    }
    if (status.job && status.job.status !== "RUNNING") {
      note("bad", `${name}/job`, `${name}: the job is ${status.job.status.toLowerCase()}, started anew ${plural(status.job.restarts, "time")}`, to(""));
    }
    for (const alert of status.alerts ?? []) {
      const level = alert.acknowledged ? "note" : alert.alert === "drift" || alert.alert === "surge" ? "warn" : "bad";
      note(level, `${name}/${alert.id}`, `${name}: ${sentence(alert)}${alert.acknowledged ? ", acknowledged" : ""}`, to("alerts"));
    }
    for (const sink of status.sinks ?? []) {
      if (sink.state === "disabled") {
        note("bad", `${name}/sink/${sink.name}`, `${name}: client ${sink.name} is disabled${sink.reason ? ` (${sink.reason})` : ""}`, to("sinks"));
      } else if (sink.breaker === "open") {
        note("bad", `${name}/sink/${sink.name}`, `${name}: client ${sink.name} does not take its changes, ${plural(sink.lag_records, "change")} wait`, to("sinks"));
      } else if (sink.lag_minutes >= 1) {
        note("warn", `${name}/sink/${sink.name}`, `${name}: client ${sink.name} is ${span(sink.lag_minutes * 60_000)} behind`, to("sinks"));
      }
      if (sink.here?.undelivered > 0) {
        note("warn", `${name}/given/${sink.name}`, `${name}: ${plural(sink.here.undelivered, "change")} for ${sink.name} given up`, to("sinks"));
      }
    }
    if (status.held > 0) {
      note("warn", `${name}/held`, `${name}: ${plural(status.held, "implausible scrape waits", "implausible scrapes wait")} for your word`, to("held"));
    }
  }
  if (!only) {
    for (const [check, { ok, last_ok_seconds: since }] of Object.entries(state.checks?.checks ?? {})) {
      if (!ok) {
        note("bad", `check/${check}`, `check "${check}" fails, last good ${since === null ? "never" : `${span(since * 1000)} ago`}`, "#/");
      }
    }
  }
  const order = { bad: 0, warn: 1, note: 2 };
  if (only) {
    found.forEach((need) => (need.text = need.text.replace(`${only}: `, "")));
  }
  return found.sort((one, other) => order[one.level] - order[other.level]).slice(0, 30);
}

/** An alert in words. */
export function sentence(alert) {
  switch (alert.alert) {
    case "silence":
      return `nothing from ${alert.site} for ${span(alert.silent_seconds * 1000)}, told after ${span(alert.limit_seconds * 1000)}`;
    case "intake":
      return `nothing from any site for ${span(alert.silent_seconds * 1000)}`;
    case "drop":
    case "surge":
      return `${alert.site} sent ${alert.records} records in ${span(alert.window_seconds * 1000)}, usual are ${Math.round(alert.expected)}`;
    case "drift":
      return `${alert.field} of ${alert.site} is ${alert.now}, was ${alert.before}`;
    default:
      return `${alert.what ?? alert.alert} is short`;
  }
}
