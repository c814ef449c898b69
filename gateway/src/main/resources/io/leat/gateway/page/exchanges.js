// The last attempts of a webhook as they went over the wire: what was posted, and what came back.
import { fill, h, keep, nothing, said } from "./dom.js";
import { bytes, moment, span } from "./words.js";

/** Shows them, newest first; one that is shown already stays as it is, so that a person can read it. */
export function exchanges(place, all) {
  if (place.querySelector(":scope > .nothing")) {
    place.replaceChildren();
    place.kept = undefined;
  }
  if (all.length === 0) {
    fill(place, nothing("Nothing yet, because this process has posted nothing to it since it was started."));
    return;
  }
  keep(place, all, (one) => `${one.at} ${one.webhook_id} ${one.attempt} ${one.answer?.bytes}`, exchange);
}

function exchange(one) {
  const { request, answer } = one;
  return h(
    "article",
    { class: "exchange", "data-level": answer ? (answer.status < 300 ? "good" : "bad") : "bad", "aria-label": `Attempt of ${moment(one.at)}` },
    h("p", {}, h("b", {}, answer ? `HTTP ${answer.status}` : said(one.error)), h("span", { class: "note" }, ` ${moment(one.at)} · try ${one.attempt} · ${span(one.took_ms)} · to `, said(one.to))),
    h(
      "div",
      { class: "columns" },
      h(
        "div",
        {},
        h("h4", {}, "Request ", h("span", { class: "note" }, `${bytes(request.bytes)}${request.is_whole ? "" : ", its beginning"}`)),
        h("pre", { tabindex: "0", "aria-label": "Request" }, Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\n`).join(""), "\n", request.body),
      ),
      h(
        "div",
        {},
        h("h4", {}, "Response ", answer && h("span", { class: "note" }, `${bytes(answer.bytes)}${answer.type ? ` · ${answer.type}` : ""}`)),
        answer?.body ? h("pre", { tabindex: "0", "aria-label": "Response" }, answer.body) : h("p", { class: "note" }, answer ? "No body." : "None came."),
      ),
    ),
  );
}
