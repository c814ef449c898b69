// A small plot: lines over time as SVG, so that colours follow the page's and nothing is silent for who cannot see it.
// Arrow keys walk through its points; a table holds the same.
import { fill, h, s, text } from "./dom.js";
import { UNKNOWN, moment } from "./words.js";

const WIDTH = 300;
const HEIGHT = 64;
const TABLE_ROWS = 12;
/** More points than this are not told apart: of some beside each other the highest is drawn. */
const DRAWN = 150;

/**
 * @param title what it shows
 * @param lines {name, at, unit}: `at` is the place in a point, `unit` writes a value
 * @param options `top`: the least upper end of the scale
 */
export function plot(title, lines, options = {}) {
  const paths = lines.map((_, i) => s("path", { class: `line line-${i + 1}`, fill: "none", "vector-effect": "non-scaling-stroke" }));
  const cursor = s("line", { class: "cursor", y1: 0, y2: HEIGHT, x1: -9, x2: -9, "vector-effect": "non-scaling-stroke" });
  const svg = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, paths, cursor);
  const values = lines.map((line, i) =>
    h("span", { class: "value" }, lines.length > 1 && h("span", { class: `mark mark-${i + 1}`, "aria-hidden": "true" }), lines.length > 1 && `${line.name} `, h("b", {}, UNKNOWN)),
  );
  const when = h("span", { class: "when" });
  const top = h("span", { class: "scale" });
  const span = h("span", { class: "scale" });
  const spoken = h("span", { class: "unseen", "aria-live": "polite" });
  const body = h("tbody");
  const table = h(
    "table",
    { class: "unseen" },
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "time"), lines.map((line) => h("th", { scope: "col" }, line.name)))),
    body,
  );
  const node = h(
    "div",
    { class: "plot", tabindex: "0", role: "group", "aria-label": `${title}. Arrow keys walk through it.` },
    h("div", { class: "caption" }, h("span", { class: "title" }, title), h("span", { class: "values" }, values, when)),
    h("div", { class: "canvas" }, svg, top, span),
    spoken,
    table,
  );
  let points = [];
  let chosen = null;

  function draw() {
    const first = points[0]?.[0] ?? 0;
    const width = Math.max(1, (points[points.length - 1]?.[0] ?? 0) - first);
    let most = options.top ?? 0;
    for (const point of points) {
      for (const line of lines) {
        most = Math.max(most, point[line.at] ?? 0);
      }
    }
    const high = most || 1;
    const step = Math.ceil(points.length / DRAWN);
    const x = (point) => ((point[0] - first) / width) * WIDTH;
    lines.forEach((line, i) => {
      let d = "";
      let lastAt = -Infinity;
      const hole = Math.max(5_000, (width / Math.max(1, points.length)) * 4 * step);
      for (let from = 0; from < points.length; from += step) {
        const point = highest(points, from, Math.min(points.length, from + step), line.at);
        if (point === null) {
          lastAt = -Infinity;
          continue;
        }
        d += `${point[0] - lastAt > hole ? "M" : "L"}${x(point).toFixed(1)} ${(HEIGHT - 1 - (point[line.at] / high) * (HEIGHT - 18)).toFixed(1)}`;
        lastAt = point[0];
      }
      paths[i].setAttribute("d", d);
    });
    const shown = points[chosen ?? points.length - 1];
    lines.forEach((line, i) => text(values[i].lastChild, shown ? line.unit(shown[line.at] ?? NaN) : UNKNOWN));
    text(when, chosen === null || !shown ? "" : ` at ${moment(shown[0])}`);
    text(top, points.length ? lines[0].unit(high) : "");
    text(span, points.length > 1 ? `${moment(first)}` : "");
    const at = chosen === null || !shown ? -9 : x(shown);
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
  }

  function tabulate() {
    const step = Math.max(1, Math.ceil(points.length / TABLE_ROWS));
    const rows = points.filter((_, i) => (points.length - 1 - i) % step === 0);
    fill(
      body,
      rows.map((point) => h("tr", {}, h("th", { scope: "row" }, moment(point[0])), lines.map((line) => h("td", {}, line.unit(point[line.at] ?? NaN))))),
    );
  }

  function choose(index) {
    chosen = index === null || points.length === 0 ? null : Math.max(0, Math.min(points.length - 1, index));
    draw();
    const shown = chosen === null ? null : points[chosen];
    text(spoken, shown ? `${moment(shown[0])}: ${lines.map((line) => `${line.name} ${line.unit(shown[line.at] ?? NaN)}`).join(", ")}` : "");
  }

  node.addEventListener("focus", tabulate);
  node.addEventListener("blur", () => choose(null));
  node.addEventListener("keydown", (event) => {
    const here = chosen ?? points.length - 1;
    const to = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: points.length - 1, PageUp: here - 30, PageDown: here + 30 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      choose(to);
    } else if (event.key === "Escape") {
      choose(null);
    }
  });
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const first = points[0]?.[0] ?? 0;
    const wanted = first + ((event.clientX - box.left) / box.width) * ((points[points.length - 1]?.[0] ?? 0) - first);
    choose(points.findIndex((point) => point[0] >= wanted));
  });
  svg.addEventListener("pointerleave", () => choose(null));

  let tabulatedAt = 0;
  node.show = (given) => {
    points = given;
    chosen = chosen === null ? null : Math.min(chosen, points.length - 1);
    draw();
    if (Date.now() - tabulatedAt > 10_000) {
      tabulatedAt = Date.now();
      tabulate();
    }
  };
  return node;
}

/** The point with the highest value of those from one place to another; null if none is known. */
function highest(points, from, to, at) {
  let found = null;
  for (let i = from; i < to; i++) {
    const value = points[i][at];
    if (value !== null && value !== undefined && (found === null || value > found[at])) {
      found = points[i];
    }
  }
  return found;
}
