// Figures and moments as people read them. What is not known is a dash, never 0 and never NaN.

export const UNKNOWN = "–";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const some = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

const isKnown = (value) => typeof value === "number" && Number.isFinite(value);

export const count = (value) => (isKnown(value) ? whole.format(value) : UNKNOWN);

export function rate(value) {
  return isKnown(value) ? `${value >= 100 ? whole.format(value) : some.format(value)}/s` : UNKNOWN;
}

/** A rate per the unit in which it is at least one. */
export function pace(perSecond) {
  if (!isKnown(perSecond) || perSecond === 0 || perSecond >= 0.5) {
    return rate(perSecond);
  }
  const [factor, unit] = perSecond * 60 >= 1 ? [60, "min"] : perSecond * 3600 >= 1 ? [3600, "h"] : [86_400, "d"];
  return `${some.format(perSecond * factor)}/${unit}`;
}

export const share = (value) => (isKnown(value) ? `${(100 * value).toFixed(value >= 0.9995 || value === 0 ? 0 : 1)} %` : UNKNOWN);

export function bytes(value) {
  if (!isKnown(value)) {
    return UNKNOWN;
  }
  const units = ["B", "kB", "MB", "GB", "TB"];
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return `${some.format(value)} ${units[at]}`;
}

/** A span of milliseconds in its largest unit that says something. */
export function span(millis) {
  if (!isKnown(millis)) {
    return UNKNOWN;
  }
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 7200) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** How long ago, in whole seconds and up. */
export function ago(millis) {
  return isKnown(millis) ? `${span(millis < 1000 ? 0 : Math.floor(millis / 1000) * 1000).replace(/\.0 s$/, " s").replace(/^0 ms$/, "0 s")} ago` : UNKNOWN;
}

/** A moment of the log as the clock on the wall shows it, with the day where it is not today. */
export function moment(text) {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) {
    return String(text ?? UNKNOWN);
  }
  const time = at.toLocaleTimeString("en-GB");
  return at.toDateString() === new Date().toDateString() ? time : `${at.toISOString().slice(0, 10)} ${time}`;
}

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A value of JSON as text: strings as they are, all else as JSON. */
export function value(json) {
  return json === undefined || json === null ? UNKNOWN : typeof json === "string" ? json : JSON.stringify(json);
}

/** The names in a dotted path; a dot within a name is written with a backslash. */
export function names(path) {
  return path.split(/(?<!\\)\./).map((name) => name.replace(/\\\./g, "."));
}

/** What stands at a dotted path; undefined if nothing does. */
export function at(json, path) {
  return names(path).reduce((node, name) => node?.[name], json);
}

export const keyText = (key) => (Array.isArray(key) ? key.map(value).join(" · ") : value(key));
