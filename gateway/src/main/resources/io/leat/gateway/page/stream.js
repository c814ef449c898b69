// Asks the gateway for all tabs: what may be seen, how each feed stands, and the changes of those that are shown.
// Nothing is asked while no tab is visible, and nothing is sent to one that is not.
import { ask, of, useKey } from "./api.js";
import { History } from "./history.js";
import { Tab } from "./tab.js";
import { Tail } from "./tail-source.js";

const STATUS_EVERY = 1_000;
const ACCESS_EVERY = 30_000;
/** What is held is read from its topic each time: less often. */
const HELD_EVERY = 10_000;
/** Of the six connections a browser opens to one gateway, some are left for questions. */
const MOST_TAILS = 3;
/** So many tabs are drawn at a beat; of more that are seen at once each waits for its turn. */
const DRAWN_AT_A_BEAT = 2;

export class Hub {
  #tabs = new Map();
  #tails = new Map();
  #histories = new Map();
  #state = { access: null, feeds: {}, problem: null, at: 0 };
  #accessAt = 0;
  #heldAt = 0;
  #held = {};
  #key = "";
  #asking = false;

  constructor() {
    setInterval(() => this.#tick(), STATUS_EVERY);
  }

  connect(port) {
    const tab = new Tab(port, (feed) => this.#tails.get(feed), (feed) => this.#histories.get(feed));
    this.#tabs.set(port, tab);
    port.onmessage = ({ data }) => this.#heard(tab, data);
    port.start?.();
    tab.tell({ type: "key", key: this.#key });
    if (this.#state.at) {
      tab.begin(this.#state, this.#histories);
    }
  }

  #heard(tab, data) {
    if (data.type === "bye") {
      this.#tabs.delete(tab.port);
    } else if (data.type === "key") {
      this.#useKey(data.key);
    } else {
      const wasVisible = tab.isVisible;
      tab.wants(data);
      this.#follow();
      if (tab.isVisible && !wasVisible && this.#state.at) {
        tab.begin(this.#state, this.#histories);
      } else if (tab.isVisible) {
        tab.changes();
      }
    }
    if (Date.now() - this.#state.at > 2 * STATUS_EVERY) {
      this.#tick();
    }
  }

  #useKey(key) {
    this.#key = key;
    useKey(key);
    this.#accessAt = 0;
    this.#tails.forEach((tail) => tail.close());
    this.#tails.clear();
    this.#histories.clear();
    this.#tabs.forEach((tab) => tab.tell({ type: "key", key }));
  }

  #visible() {
    for (const [port, tab] of this.#tabs) {
      if (tab.isGone) {
        this.#tabs.delete(port);
      }
    }
    return [...this.#tabs.values()].filter((tab) => tab.isVisible);
  }

  async #tick() {
    if (this.#asking || this.#visible().length === 0) {
      this.#follow();
      return;
    }
    this.#asking = true;
    try {
      await this.#look();
      this.#state.problem = null;
    } catch (problem) {
      this.#state.problem = { status: problem.status ?? 0, sentence: problem.sentence ?? String(problem) };
      if (problem.status === 401) {
        this.#state.access = null;
        this.#state.feeds = {};
      }
      this.#accessAt = 0;
    } finally {
      this.#asking = false;
    }
    this.#follow();
    this.#beat();
  }

  /** Draws those that have waited longest; all of them where few are seen, and where things have come to be otherwise. */
  #beat() {
    const visible = this.#visible().sort((one, other) => one.drawnAt - other.drawnAt);
    const beats = Math.ceil(visible.length / DRAWN_AT_A_BEAT);
    const kind = `${this.#state.problem?.status} ${Boolean(this.#state.access)}`;
    visible.forEach((tab, i) => {
      tab.beats = beats;
      if (i < DRAWN_AT_A_BEAT || tab.kind !== kind) {
        tab.kind = kind;
        tab.digest(this.#state, beats);
      }
    });
  }

  async #look() {
    if (Date.now() - this.#accessAt > ACCESS_EVERY) {
      this.#state.access = await ask("/v1/access");
      this.#accessAt = Date.now();
    }
    const checks = fetch("/readyz", { cache: "no-store" }).then((answer) => answer.json());
    const readable = this.#state.access.feeds.filter((feed) => feed.may.includes("read"));
    const found = await Promise.all(readable.map((feed) => ask(of(feed.name, "status")).catch((problem) => problem)));
    const feeds = {};
    readable.forEach((feed, i) => {
      if (found[i].status === 0) {
        throw found[i];
      }
      feeds[feed.name] = found[i] instanceof Error ? { problem: found[i].sentence } : found[i];
      this.#note(feed.name, found[i]);
    });
    await this.#lookAtHeld();
    for (const [name, status] of Object.entries(feeds)) {
      status.held = this.#held[name];
    }
    this.#state.feeds = feeds;
    this.#state.checks = await checks;
    this.#state.at = Date.now();
  }

  async #lookAtHeld() {
    if (Date.now() - this.#heldAt < HELD_EVERY) {
      return;
    }
    this.#heldAt = Date.now();
    for (const feed of this.#state.access.feeds.filter((each) => each.holds && each.may.includes("manage"))) {
      this.#held[feed.name] = await ask(of(feed.name, "held")).then((answer) => answer.waiting.length, () => undefined);
    }
  }

  /** What the gateway has seen before comes first, and comes a moment later. */
  #note(feed, status) {
    if (!this.#histories.has(feed)) {
      const history = new History();
      this.#histories.set(feed, history);
      ask(of(feed, "history")).then(
        (past) => {
          history.before(past);
          this.#visible().forEach((tab) => tab.past(feed));
        },
        () => undefined,
      );
    }
    this.#histories.get(feed).add(status);
  }

  #follow() {
    const wanted = new Set(this.#visible().flatMap((tab) => tab.tails));
    const kept = new Set([...wanted].slice(0, MOST_TAILS));
    for (const [feed, tail] of this.#tails) {
      if (!kept.has(feed)) {
        tail.close();
      }
    }
    for (const feed of kept) {
      if (!this.#tails.has(feed)) {
        this.#tails.set(feed, new Tail(feed, () => this.#state.feeds[feed]?.job?.told_per_second, () => this.#news(feed)));
      }
      this.#tails.get(feed).open();
    }
  }

  #news(feed) {
    for (const tab of this.#visible()) {
      if (tab.tails.includes(feed)) {
        tab.changes();
      }
    }
  }
}
