// Dead letters of a feed: grouped, then one by one with their bytes; sent again after a look at what that would do.
import { ask, of, post } from "./api.js";
import { action, announce, attribute, fill, h, nothing, said } from "./dom.js";
import { loading } from "./feed.js";
import { count, moment, plural } from "./words.js";

const LONGEST = 4_000;
const LOOK_EVERY = 2_000;

export function letters(context, feed) {
  const groups = h("div", { class: "scroll" });
  const whole = h("div", { class: "letters" });
  const dialog = h("div", { class: "confirm", role: "group", "aria-label": "Send again" });
  dialog.hidden = true;
  const again = action("Look again", () => look());
  const all = action("Send all again…", () => ask_(""));
  const node = h("section", {}, h("div", { class: "head" }, h("h2", {}, "Dead letters"), again, all), dialog, groups, h("h3", {}, "Newest"), whole);
  const query = () => {
    const wanted = new URLSearchParams();
    for (const name of ["site", "field", "code"]) {
      if (context.route.params.has(name)) {
        wanted.set(name, context.route.params.get(name));
      }
    }
    return wanted.toString();
  };
  const here = (wanted) => `#/feed/${encodeURIComponent(feed.name)}/letters${wanted ? `?${wanted}` : ""}`;

  let seen;
  let lookedAt = 0;

  async function look() {
    lookedAt = Date.now();
    await loading(groups, async () => {
      const [everything, chosen] = await Promise.all([ask(of(feed.name, "dead-letters?limit=0")), ask(of(feed.name, `dead-letters?limit=50&${query()}`))]);
      all.hidden = everything.total === 0;
      fill(groups, everything.total === 0 ? nothing("Nothing here, because every scrape has kept the contract, or was sent again.") : table(everything));
      fill(whole, query() && h("p", { class: "note" }, "Only the chosen group. ", h("a", { href: here("") }, "Show all")), chosen.letters.map(letter));
    });
  }

  function table({ groups: found }) {
    return h(
      "table",
      { class: "wide" },
      h("thead", {}, h("tr", {}, ["count", "reason", "field", "site", "first", "last", ""].map((each, i) => h("th", { scope: "col", class: i === 0 ? "number" : "" }, each || h("span", { class: "unseen" }, "action"))))),
      h(
        "tbody",
        {},
        found.map((group) => {
          const wanted = new URLSearchParams({ site: group.site, field: group.field, code: group.code }).toString();
          return h(
            "tr",
            {},
            h("td", { class: "number" }, count(group.count)),
            h("td", {}, h("a", { href: here(wanted) }, group.code)),
            h("td", {}, said(group.field || "the whole scrape")),
            h("td", {}, said(group.site)),
            h("td", {}, moment(group.first)),
            h("td", {}, moment(group.last)),
            h("td", {}, action("Send again…", () => ask_(wanted))),
          );
        }),
      ),
    );
  }

  function letter(one) {
    const value = one.value ?? one.value_base64 ?? "";
    return h(
      "article",
      { class: "letter" },
      h("p", {}, h("b", {}, one.code), one.field && [" at ", said(one.field)], " ", h("span", { class: "note" }, `${moment(one.time)} · ${one.topic}:${one.partition}:${one.offset}${one.contract ? ` · contract ${one.contract}` : ""}`)),
      h("p", {}, said(one.message)),
      h("pre", { tabindex: "0", "aria-label": "The scrape as it came" }, marked(value.slice(0, LONGEST), one.field), value.length > LONGEST && h("span", { class: "note" }, ` … ${count(value.length - LONGEST)} characters more; \`leat dlq show\` has all`)),
      one.value_base64 && h("p", { class: "note" }, "These bytes are no text: base 64."),
      h("div", { class: "actions" }, action("Send again…", () => ask_(new URLSearchParams({ id: one.id }).toString())), h("a", { href: `#/explain?feed=${encodeURIComponent(feed.name)}&what=${encodeURIComponent(`${one.topic}:${one.partition}:${one.offset}`)}` }, "Explain")),
    );
  }

  /** Says what would be done, and does it on a second word. */
  async function ask_(wanted) {
    const path = (really) => of(feed.name, `dead-letters/redrive?${wanted}${really ? `${wanted ? "&" : ""}really=true` : ""}`);
    const would = await post(path(false));
    const stay = Object.entries(would.still_dead);
    const cancel = h("button", { type: "button" }, "Leave them");
    const yes = action(`Send ${count(would.mended)} again`, async () => {
      const done = await post(path(true));
      dialog.hidden = true;
      announce(`${plural(done.sent, "letter")} sent again.`);
      await look();
    });
    yes.className = "primary";
    yes.hidden = would.mended === 0;
    cancel.addEventListener("click", () => {
      dialog.hidden = true;
    });
    fill(
      dialog,
      h("p", {}, h("b", {}, `${plural(would.mended, "letter")} would be ${would.mended === 1 ? "an item" : "items"} now`), ", ", stay.length ? `${stay.map(([code, number]) => `${count(number)} would be refused again (${code})`).join(", ")}.` : "none would be refused again."),
      h("p", { class: "note" }, "A letter is sent once, for ever; one whose key has moved on since tells nothing. ", h("code", {}, "leat dlq redrive --fix"), " mends them first."),
      h("div", { class: "actions" }, yes, cancel),
    );
    dialog.hidden = false;
    attribute(dialog, "tabindex", "-1");
    dialog.focus();
    dialog.scrollIntoView({ block: "nearest" });
  }

  /** New letters are shown by themselves, unless a person is at work among those there are. */
  function update(status) {
    const dead = status?.job?.decided.dead;
    if (dead === undefined || dead === seen) {
      return;
    }
    const isAtWork = !dialog.hidden || node.contains(document.activeElement);
    if (!isAtWork && Date.now() - lookedAt > LOOK_EVERY) {
      seen = dead;
      look();
    }
  }

  fill(groups, h("p", { class: "note" }, "Reading the topic"));
  look();
  return { node, routed: look, update };
}

/** The scrape with the member at fault marked, where its name can be found. */
function marked(text, field) {
  const name = field ? JSON.stringify(field.split(/(?<!\\)\./).pop().replace(/\\\./g, ".")) : null;
  const from = name ? text.indexOf(`${name}`) : -1;
  if (from < 0) {
    return text;
  }
  const rest = text.slice(from).match(/^"(?:[^"\\]|\\.)*"\s*:\s*("(?:[^"\\]|\\.)*"|[^,}\]]*)/);
  const end = from + (rest ? rest[0].length : name.length);
  return [text.slice(0, from), h("mark", {}, text.slice(from, end)), text.slice(end)];
}
