// What was seen of a feed, for plots: by the second for some minutes, by the minute for a day. What came before this worker the
// gateway knows.

const SECONDS = 600;
const MINUTES = 1_440;

/** A point: [at, in, out, suppressed share, p99 ms, watermark lag ms]; what is not known is null. */
function pointOf(status) {
  const job = status.job;
  return job
    ? [
        Date.now(),
        job.records_per_second ?? null,
        job.told_per_second ?? null,
        job.suppressed_share ?? null,
        millis(job.latency?.append_to_log?.p99_seconds),
        millis(job.event_lag_seconds),
      ]
    : null;
}

const millis = (seconds) => (seconds === null || seconds === undefined ? null : seconds * 1000);

export class History {
  #seconds = [];
  #minutes = [];
  #gathered = [];

  add(status) {
    const point = pointOf(status);
    if (!point) {
      return null;
    }
    push(this.#seconds, point, SECONDS);
    const minute = Math.floor(point[0] / 60_000);
    if (this.#gathered.length > 0 && Math.floor(this.#gathered[0][0] / 60_000) !== minute) {
      push(this.#minutes, mean(this.#gathered), MINUTES);
      this.#gathered = [];
    }
    this.#gathered.push(point);
    return point;
  }

  /** Puts what the gateway saw before the first point here in front. Its clock may go otherwise than the browser's. */
  before({ as_of: asOf, seconds, minutes }) {
    const skew = Date.now() - Date.parse(asOf);
    const begun = this.#seconds[0]?.[0] ?? Infinity;
    const earlier = (points, until) => points.map(([at, ...values]) => [at + skew, ...values]).filter(([at]) => at < until);
    this.#seconds = [...earlier(seconds, begun), ...this.#seconds].slice(-SECONDS);
    this.#minutes = [...earlier(minutes, this.#minutes[0]?.[0] ?? this.#gathered[0]?.[0] ?? Infinity), ...this.#minutes].slice(-MINUTES);
  }

  /** By the second, after that moment. */
  since(at) {
    let from = this.#seconds.length;
    while (from > 0 && this.#seconds[from - 1][0] > at) {
      from--;
    }
    return this.#seconds.slice(from);
  }

  all() {
    return { seconds: this.#seconds, minutes: this.#gathered.length ? [...this.#minutes, mean(this.#gathered)] : this.#minutes };
  }
}

export function push(points, point, most) {
  points.push(point);
  if (points.length > most) {
    points.shift();
  }
}

function mean(points) {
  return points[0].map((first, i) => {
    const known = points.map((point) => point[i]).filter((value) => value !== null);
    return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  });
}
