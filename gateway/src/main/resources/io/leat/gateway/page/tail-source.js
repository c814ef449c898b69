// Follows the changes of a feed. Counts them all, and reads the newest of them when somebody shows them: of a rush a page shows
// some a second, and what is not shown is not read.
import { of } from "./api.js";
import { readLines } from "./lines.js";

const KEPT = 40;
/** How far back a page begins: far where little is told. */
const LOOK_BACK = 60_000;
const LOOK_FAR_BACK = 900_000;
const SELDOM = 1;
/** So many changes within a second are a rush. */
const RUSH = 100;
const SECOND = 1_000;
const GULP_EVERY = 300;
const AGAIN = [500, 1_000, 2_000, 4_000];
const CURSOR = /^\{"cursor":"([^"\\]*)"/;
/** A line about the stream itself: what follows the cursor is no change. */
const EVENT = /^\{"cursor":"[^"\\]*","event":/;

export class Tail {
  #feed;
  #pace;
  #news;
  #stop = null;
  #cursor = null;
  /** Newest last: a line until it is asked for, then what it says. */
  #recent = [];
  #count = 0;
  #failed = 0;
  #closedAt = 0;
  #second = 0;
  #inSecond = 0;
  #inLastSecond = 0;

  /**
   * @param pace gives how many changes a second are told, undefined where that is not known
   * @param news called when changes have come
   */
  constructor(feed, pace, news) {
    this.#feed = feed;
    this.#pace = pace;
    this.#news = news;
  }

  /** How many changes have come so far: who has shown them all says so the next time. */
  get count() {
    return this.#count;
  }

  /** How many came within the last second. */
  get perSecond() {
    this.#tick(0);
    return Math.max(this.#inSecond, this.#inLastSecond);
  }

  get isRush() {
    return this.perSecond > RUSH;
  }

  /** The newest changes since so many had come, and how many of those are left out. */
  since(count, most) {
    const from = Math.max(0, this.#recent.length - Math.min(most, this.#count - Math.min(count, this.#count)));
    const changes = [];
    for (let i = from; i < this.#recent.length; i++) {
      if (typeof this.#recent[i] === "string") {
        this.#recent[i] = parse(this.#recent[i]);
      }
      if (this.#recent[i]) {
        changes.push(this.#recent[i]);
      }
    }
    return { changes, passed: count === 0 ? 0 : Math.max(0, this.#count - count - changes.length), perSecond: this.perSecond, isRush: this.isRush };
  }

  /** Goes on where it was closed; after a longer absence it begins anew: nobody reads what an hour has brought. */
  open() {
    if (!this.#stop) {
      if (Date.now() - this.#closedAt > LOOK_BACK) {
        this.#forget();
      }
      this.#stop = new AbortController();
      this.#run(this.#stop.signal);
    }
  }

  close() {
    if (this.#stop) {
      this.#stop.abort();
      this.#stop = null;
      this.#closedAt = Date.now();
    }
  }

  #forget() {
    this.#cursor = null;
    this.#recent = [];
  }

  async #run(signal) {
    while (!signal.aborted) {
      const from = this.#cursor
        ? `last_event_id=${encodeURIComponent(this.#cursor)}`
        : `since=${Date.now() - (this.#pace() < SELDOM ? LOOK_FAR_BACK : LOOK_BACK)}`;
      try {
        await readLines(of(this.#feed, `changes?${from}`), signal, (lines) => this.#take(lines), () => (this.isRush ? GULP_EVERY : 0));
        this.#failed = 0;
      } catch (problem) {
        if (signal.aborted) {
          return;
        }
        if (problem.status === 400) {
          this.#forget();
        }
      }
      const pause = AGAIN[Math.min(this.#failed++, AGAIN.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  #take(lines) {
    this.#failed = 0;
    this.#cursor = lines[lines.length - 1].match(CURSOR)?.[1] ?? this.#cursor;
    const changes = lines.filter((line) => !EVENT.test(line));
    if (changes.length > 0) {
      this.#count += changes.length;
      this.#recent = [...this.#recent, ...changes.slice(-KEPT)].slice(-KEPT);
      this.#tick(changes.length);
      this.#news();
    }
  }

  #tick(came) {
    const second = Math.floor(Date.now() / SECOND);
    if (second !== this.#second) {
      this.#inLastSecond = second === this.#second + 1 ? this.#inSecond : 0;
      this.#inSecond = 0;
      this.#second = second;
    }
    this.#inSecond += came;
  }
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
