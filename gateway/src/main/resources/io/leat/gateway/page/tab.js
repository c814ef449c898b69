// A tab, as the worker that serves all of them knows it: what it shows, what it has been told, and when it may be told more.

/** A tab that has not been heard of for so long is gone; a hidden one is heard of seldom and needs nothing. */
const GONE_AFTER = 20_000;
/** Few changes are told at once, and then not sooner again than this. */
const BUSY_EVERY = 400;
const BEAT = 1_000;
/** So many changes are shown at the beginning, and then at a time. */
const FIRST_MOST = 25;
const MOST = 12;
const RUSH_MOST = 8;

export class Tab {
  port;
  tails = [];
  isVisible = false;
  drawnAt = 0;
  /** Of how many beats one is this tab's: more than one where many are seen at once. */
  beats = 1;
  kind = "";
  #tailOf;
  #historyOf;
  #heardAt = Date.now();
  #toldAt = 0;
  #counts = new Map();
  /** Until when the points of each feed were told. */
  #pointsAt = new Map();
  #timer = 0;

  /** @param tailOf, historyOf give what is known of a feed; undefined if nothing is */
  constructor(port, tailOf, historyOf) {
    this.port = port;
    this.#tailOf = tailOf;
    this.#historyOf = historyOf;
  }

  get isGone() {
    return this.isVisible && Date.now() - this.#heardAt > GONE_AFTER;
  }

  /** It was heard: what it shows from now on. What it shows anew is told from its beginning. */
  wants({ visible, tails }) {
    if (!visible || !this.isVisible) {
      this.#counts.clear();
    }
    for (const feed of this.#counts.keys()) {
      if (!tails.includes(feed)) {
        this.#counts.delete(feed);
      }
    }
    this.isVisible = visible;
    this.tails = tails;
    this.#heardAt = Date.now();
  }

  tell(message) {
    this.port.postMessage(message);
  }

  /** All that is known, for a tab that is seen from now on. */
  begin(state, histories) {
    for (const feed of histories.keys()) {
      this.past(feed);
    }
    this.digest(state, this.beats);
  }

  past(feed) {
    this.#pointsAt.set(feed, Date.now());
    this.tell({ type: "past", feed, ...this.#historyOf(feed).all() });
  }

  /** Everything new in one message, so that a tab is laid out and painted once for it. */
  digest(state, beats) {
    const points = {};
    for (const feed of Object.keys(state.feeds)) {
      points[feed] = this.#historyOf(feed)?.since(this.#pointsAt.get(feed) ?? 0) ?? [];
      this.#pointsAt.set(feed, Date.now());
    }
    this.drawnAt = Date.now();
    this.tell({ type: "state", ...state, beats, points, changes: this.#news() });
  }

  /** Changes have come. In a rush they wait for the beat. */
  changes() {
    const fresh = this.tails.filter((feed) => this.#hasNews(feed));
    if (fresh.length === 0 || (fresh.every((feed) => this.#tailOf(feed).isRush) && this.#counts.has(fresh[0]))) {
      return;
    }
    const soon = this.#toldAt + Math.max(BUSY_EVERY, this.beats > 1 ? this.beats * BEAT : 0) - Date.now();
    if (soon <= 0) {
      this.tell({ type: "changes", changes: this.#news() });
    } else {
      this.#timer ||= setTimeout(() => {
        this.#timer = 0;
        this.isVisible && this.changes();
      }, soon);
    }
  }

  #hasNews(feed) {
    const tail = this.#tailOf(feed);
    return tail !== undefined && tail.count > (this.#counts.get(feed) ?? 0);
  }

  #news() {
    const news = {};
    for (const feed of this.tails.filter((each) => this.#hasNews(each))) {
      const tail = this.#tailOf(feed);
      const isFirst = !this.#counts.has(feed);
      news[feed] = tail.since(this.#counts.get(feed) ?? 0, isFirst ? FIRST_MOST : tail.isRush ? RUSH_MOST : MOST);
      this.#counts.set(feed, tail.count);
      this.#toldAt = Date.now();
    }
    return news;
  }
}
