// The newest changes of a feed: before → after, whose, how old. Rows are used again, so that a busy feed costs little.
import { attribute, h, said, text } from "./dom.js";
import { ago, at, count, keyText, rate, value } from "./words.js";

const SHOWN = 25;
const FIELDS = 3;

/** @param paused whether new changes wait, so that a person can read */
export function tail(feed, compare) {
  const list = h("ol", { class: "tail", "aria-label": `Newest changes of ${feed}` });
  const none = h("p", { class: "nothing" }, "No change yet, because none was told lately.");
  const more = h("p", { class: "note" });
  const pause = h("button", { type: "button", class: "quiet", "aria-pressed": "false" }, "Pause");
  const node = h("section", { class: "changes" }, h("div", { class: "head" }, h("h3", {}, "Changes"), more, pause), none, list);
  const rows = [];
  let waiting = [];
  let isPaused = false;
  let passed = 0;

  function show(changes) {
    for (const change of changes.slice(-SHOWN)) {
      const row = rows.length < SHOWN ? line(feed, compare) : rows.pop();
      row.show(change);
      rows.unshift(row);
      list.prepend(row);
    }
    none.hidden = rows.length > 0;
  }

  pause.addEventListener("click", () => {
    isPaused = !isPaused;
    attribute(pause, "aria-pressed", isPaused);
    text(pause, isPaused ? "Go on" : "Pause");
    if (!isPaused) {
      show(waiting);
      waiting = [];
      text(more, "");
    }
  });

  node.take = ({ changes, passed: left, perSecond, isRush }) => {
    if (isPaused) {
      waiting = [...waiting, ...changes].slice(-SHOWN);
      passed += changes.length + left;
      text(more, `${count(passed)} more have come`);
      return;
    }
    passed = 0;
    text(more, left === 0 ? "" : isRush ? `showing ${changes.length} of ${rate(perSecond)}` : `${count(left)} more in between`);
    show(changes);
  };
  node.age = () => rows.forEach((row) => row.age());
  return node;
}

function line(feed, compare) {
  const op = h("span", { class: "op" });
  const key = h("a", { class: "key" });
  const whom = said("");
  key.append(whom);
  const what = h("span", { class: "what" });
  const age = h("time", { class: "age" });
  const node = h("li", {}, op, key, what, age);
  let change = null;
  node.show = (told) => {
    change = told;
    text(op, told.op);
    attribute(op, "data-op", told.op);
    text(whom, keyText(told.key));
    attribute(whom, "title", keyText(told.key));
    attribute(key, "href", `#/explain?feed=${encodeURIComponent(feed)}&what=${encodeURIComponent(told.id)}`);
    attribute(age, "datetime", told.event_time);
    what.replaceChildren(...differences(told, compare));
    node.age();
  };
  node.age = () => text(age, ago(Math.max(0, Date.now() - Date.parse(change.event_time))));
  return node;
}

/** Before → after of each field that differs; of what is new, the fields that are compared. */
export function differences(change, compare) {
  const fields = change.op === "update" ? change.changed : change.after ? compare.filter((path) => at(change.after, path) !== undefined) : [];
  const shown = fields.slice(0, FIELDS).map((path) =>
    h(
      "span",
      { class: "difference" },
      h("span", { class: "field" }, said(path)),
      change.before && [said(value(at(change.before, path)), { class: "said-text before" }), h("span", { class: "to", "aria-label": "became" }, "→")],
      said(value(at(change.after, path)), { class: "said-text after" }),
    ),
  );
  return fields.length > FIELDS ? [...shown, h("span", { class: "more" }, `+${fields.length - FIELDS}`)] : shown;
}
