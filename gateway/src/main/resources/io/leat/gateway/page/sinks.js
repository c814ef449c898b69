// Clients of a feed: how far each is behind, what rests, every attempt, and what can be done about it.
import { ask, of, post } from "./api.js";
import { action, attribute, fill, h, keep, nothing, said, text } from "./dom.js";
import { exchanges } from "./exchanges.js";
import { loading } from "./feed.js";
import { UNKNOWN, count, moment, plural, span } from "./words.js";

const ATTEMPTS = 200;
const LOOK_BACK = 60 * 60_000;

export function sinks(context, feed) {
  const list = h("div", { class: "sinks" });
  const empty = h("div");
  const mayManage = context.may(feed.name, "manage");
  return {
    node: h("section", {}, h("h2", {}, "Clients"), empty, list),
    update(status) {
      const all = status?.sinks ?? [];
      empty.replaceChildren(...(all.length ? [] : [nothing("Nothing yet, because no client has a subscription. `leat subscriptions create` makes one, `sinks:` in the feed file declares them; anybody may read `/v1/feeds/" + feed.name + "/changes`.")]));
      keep(list, [...all].sort((one, other) => rank(other) - rank(one) || one.name.localeCompare(other.name)), (sink) => sink.name, (sink) => card(feed.name, sink, mayManage));
    },
  };
}

const rank = (sink) => (sink.state === "disabled" || sink.breaker === "open" ? 3 : sink.lag_records > 0 ? 2 : sink.state === "paused" ? 1 : 0);

function card(feed, first, mayManage) {
  const path = (rest) => of(feed, `subscriptions/${encodeURIComponent(first.name)}${rest}`);
  const chip = h("span", { class: "chip" });
  const facts = ["lag", "behind", "delivered", "given up", "not asked for", "under way", "breaker"].map((name) => ({ name, value: h("dd", {}) }));
  const reason = h("p", { class: "note" });
  const attempts = h("div", { class: "attempts" });
  const more = h("details", {}, h("summary", {}, "Attempts of the last hour"), attempts);
  const wire = h("div", { class: "exchanges" });
  const bodies = h("details", {}, h("summary", {}, "Last requests and responses"), wire);
  const seeWire = () => loading(wire, async () => exchanges(wire, (await ask(path("/exchanges"))).exchanges));
  bodies.addEventListener("toggle", () => bodies.open && seeWire());
  const pause = action("Pause", () => post(path("/pause")).then(() => `${first.name} is paused.`));
  const resume = action("Resume", () => post(path("/resume")).then(() => `${first.name} goes on.`));
  const retry = action("Retry now", () => retried(path, sink), { title: "Sends what was given up again, and ends the rest of a client that does not answer" });
  const test = action("Test", () => post(path("/test")).then((done) => `Test of ${first.name}: ${done.outcome}`));
  const since = h("input", { type: "datetime-local", step: "1", "aria-label": `Replay ${first.name} from` });
  const replay = action("Replay from", () => replayed(path, since.value, first.name));
  const node = h(
    "article",
    { class: "sink", "aria-label": first.name },
    h("div", { class: "head" }, h("h3", {}, said(first.name)), h("span", { class: "note" }, `${first.kind}${first.declared ? ", declared in the feed file" : ""}`), chip),
    reason,
    h("dl", { class: "facts" }, facts.map((fact) => h("div", {}, h("dt", {}, fact.name), fact.value))),
    mayManage && h("div", { class: "actions" }, retry, pause, resume, first.kind === "webhook" && test, replay, since),
    mayManage && more,
    mayManage && first.kind === "webhook" && bodies,
  );
  let sink = first;
  let shownAt = 0;
  const look = () => loading(attempts, async () => fill(attempts, table(await read(feed, first.name))));
  more.addEventListener("toggle", () => {
    if (more.open) {
      attempts.firstChild ?? fill(attempts, nothing("Reading what was sent…"));
      look();
    }
  });
  node.update = (now) => {
    sink = now;
    const level = now.state === "disabled" || now.breaker === "open" ? "bad" : now.state === "paused" || now.lag_minutes >= 1 ? "warn" : "good";
    text(chip, now.state !== "active" ? now.state : now.breaker === "open" ? "rests" : now.lag_records > 0 ? "behind" : "up to date");
    attribute(chip, "data-level", level);
    text(reason, now.reason ?? (now.breaker === "open" ? `It has failed so often that it rests${now.partitions_resting ? ` in ${plural(now.partitions_resting, "partition")}` : ""}; it is tried again by itself.` : ""));
    const here = now.here ?? {};
    [
      count(now.lag_records),
      now.lag_minutes === null ? UNKNOWN : now.lag_minutes === 0 ? "0 s" : span(now.lag_minutes * 60_000),
      count(here.delivered),
      count(here.undelivered),
      count(here.filtered),
      count(here.waiting),
      now.breaker ?? "elsewhere",
    ].forEach((value, i) => text(facts[i].value, value));
    pause.hidden = now.state !== "active";
    resume.hidden = now.state === "active";
    if (Date.now() - shownAt > 3_000) {
      shownAt = Date.now();
      more.open && look();
      bodies.open && seeWire();
    }
  };
  return node;
}

/** What was given up is sent again; a client that rests is woken by a pause and a resume. */
async function retried(path, sink) {
  if (sink.state === "active" && sink.breaker === "open") {
    await post(path("/pause"));
    await post(path("/resume"));
  } else if (sink.state !== "active") {
    await post(path("/resume"));
  }
  const done = await post(path("/redrive"));
  return `${plural(done.sent, "change")} sent again, ${done.left} left${done.stopped_by ? `: ${done.stopped_by}` : ""}.`;
}

async function replayed(path, since, name) {
  if (!since) {
    throw Object.assign(new Error(), { sentence: "Choose from when to replay first." });
  }
  await post(path("/replay"), { since: new Date(since).toISOString() });
  return `${name} is told again from ${since.replace("T", " ")}.`;
}

/** The newest first; the log is read from its older end. */
async function read(feed, name) {
  const found = [];
  let after = "";
  for (let page = 0; page < 5; page++) {
    const query = `subscription=${encodeURIComponent(name)}&since=${encodeURIComponent(new Date(Date.now() - LOOK_BACK).toISOString())}&limit=1000`;
    const answer = await ask(of(feed, `deliveries?${query}${after}`));
    found.push(...answer.attempts);
    if (answer.next === undefined) {
      break;
    }
    after = `&after=${answer.next}`;
  }
  return found.slice(-ATTEMPTS).reverse();
}

function table(attempts) {
  if (attempts.length === 0) {
    return nothing("Nothing yet, because nothing was sent to this client in the last hour.");
  }
  const head = ["time", "request", "try", "answer", "took", "result", "next"];
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { class: "wide" },
      h("thead", {}, h("tr", {}, head.map((each) => h("th", { scope: "col", class: each === "try" || each === "took" ? "number" : "" }, each)))),
      h(
        "tbody",
        {},
        attempts.map((attempt) =>
          h(
            "tr",
            { "data-level": attempt.result === "delivered" ? null : attempt.result === "retry" ? "warn" : "bad" },
            h("td", {}, moment(attempt.at)),
            h("td", {}, said(attempt.webhook_id, { class: "said-text mono" }), " ", h("span", { class: "note" }, `${plural(attempt.changes, "change")}, partition ${attempt.partition}, offset ${attempt.offset}`)),
            h("td", { class: "number" }, count(attempt.attempt)),
            h("td", {}, attempt.status ? `HTTP ${attempt.status}` : said([attempt.error, attempt.detail].filter(Boolean).join(": ") || UNKNOWN)),
            h("td", { class: "number" }, span(attempt.took_ms)),
            h("td", {}, attempt.result.replace("_", " ")),
            h("td", {}, attempt.next ? moment(attempt.next) : ""),
          ),
        ),
      ),
    ),
  );
}
