// A plot in SVG: a framed area with two scales and ticks; and numbers as text.

const SVG = "http://www.w3.org/2000/svg";
const FAR_AWAY = 5000;
// A name of this figure alone: each figure of a notebook loads this module anew, so counting would not do.
function unique(name) {
  return `${name}-${Math.random().toString(36).slice(2)}`;
}

function node(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (parent) parent.appendChild(made);
  return made;
}

function text(parent, x, y, words, attributes = {}) {
  const made = node("text", { x, y, ...attributes }, parent);
  made.textContent = words;
  return made;
}

function told(value, digits = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size > 0 && (size < 1e-4 || size >= 1e6)) {
    return value.toExponential(2).replace("e+", "e").replaceAll("-", "−");
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

function ticks(low, high, about = 6) {
  const rough = (high - low) / about;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * size).find((m) => m >= rough);
  const marks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) marks.push(k * step);
  return marks;
}

class Plane {
  // A framed area with two scales; logarithmic in y where asked.
  constructor(parent, { width, height, title }) {
    this.box = { left: 52, right: width - 10, top: 24, bottom: height - 38 };
    this.svg = node("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, parent);
    this.title = text(this.svg, width / 2, 15, title, { class: "title", "text-anchor": "middle" });
    const clip = unique("course-clip");
    const { left, right, top, bottom } = this.box;
    const hole = node("clipPath", { id: clip }, node("defs", {}, this.svg));
    node("rect", { x: left, y: top, width: right - left, height: bottom - top }, hole);
    this.grid = node("g", { class: "grid" }, this.svg);
    const inside = () => node("g", { "clip-path": `url(#${clip})` }, this.svg);
    this.ground = inside();
    this.ghost = inside();
    this.layer = inside();
    node("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "frame" }, this.svg);
  }

  scale(view, names, log = false) {
    this.view = view;
    this.log = log;
    this.grid.replaceChildren();
    const { left, right, top, bottom } = this.box;
    for (const value of ticks(view[0], view[1])) {
      const x = this.x(value);
      node("line", { x1: x, x2: x, y1: top, y2: bottom }, this.grid);
      text(this.grid, x, bottom + 14, told(value), { "text-anchor": "middle" });
    }
    for (const value of ticks(view[2], view[3], log ? 7 : 6)) {
      const y = bottom - ((value - view[2]) / (view[3] - view[2])) * (bottom - top);
      node("line", { x1: left, x2: right, y1: y, y2: y }, this.grid);
      const label = log ? powerOfTen(value) : told(value);
      if (label) text(this.grid, left - 5, y + 4, label, { "text-anchor": "end" });
    }
    text(this.grid, (left + right) / 2, bottom + 31, names[0], { "text-anchor": "middle" });
    const middle = (top + bottom) / 2;
    text(this.grid, 12, middle, names[1], { "text-anchor": "middle", transform: `rotate(-90 12 ${middle})` });
  }

  x(value) {
    const { left, right } = this.box;
    return near(left + ((value - this.view[0]) / (this.view[1] - this.view[0])) * (right - left));
  }

  y(value) {
    const { top, bottom } = this.box;
    const on = this.log ? Math.log10(Math.max(value, 1e-300)) : value;
    return near(bottom - ((on - this.view[2]) / (this.view[3] - this.view[2])) * (bottom - top));
  }

  at(event) {
    // The numbers under the mouse.
    const frame = this.svg.getBoundingClientRect();
    return this.back(event.clientX - frame.left, event.clientY - frame.top);
  }

  back(px, py) {
    const { left, right, top, bottom } = this.box;
    const [x0, x1, y0, y1] = this.view;
    return [x0 + ((px - left) / (right - left)) * (x1 - x0), y0 + ((bottom - py) / (bottom - top)) * (y1 - y0)];
  }
}

function near(pixel) {
  if (Number.isNaN(pixel)) return FAR_AWAY;
  return Math.round(Math.max(-FAR_AWAY, Math.min(FAR_AWAY, pixel)) * 100) / 100;
}

function powerOfTen(exponent) {
  if (!Number.isInteger(exponent)) return "";
  if (exponent >= -3 && exponent <= 3) return String(10 ** exponent).replace("1e-", "10^−");
  const raised = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
  return "10" + [...String(exponent)].map((digit) => raised[digit]).join("");
}
