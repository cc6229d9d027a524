// The plane of the rows: the probability as a shade, the line where p is the threshold, the errors with their losses.

const GRAIN = 6; // pixels of the page for one of the shade
const STEM = 11; // pixels for a loss of 1
const LONGEST_STEM = 90;
const MARGIN = 0.3;
const LOW = [0, 114, 178], HIGH = [213, 94, 0];

const logit = (p) => Math.log(p / (1 - p));
const ringAt = (x, y, r) => `M${near(x - r)} ${near(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const wedgeAt = (x, y) => `M${near(x)} ${near(y - 4)}l3.6 6.4h-7.2z`;

function shadeTable() {
  // A colour for each of 256 probabilities: blue below a half, white at it, red above.
  return Array.from({ length: 256 }, (_, k) => {
    const p = k / 255, strength = 0.5 * Math.abs(2 * p - 1), end = p < 0.5 ? LOW : HIGH;
    return end.map((part) => Math.round(255 + (part - 255) * strength));
  });
}

class Marks {
  // The rows of both classes as two paths: rings and filled wedges.
  constructor(parent) {
    this.rings = node("path", { class: "rings" }, parent);
    this.wedges = node("path", { class: "wedges" }, parent);
  }

  draw(labels, xs, ys) {
    let rings = "", wedges = "";
    labels.forEach((label, n) => {
      if (label) wedges += wedgeAt(xs[n], ys[n]);
      else rings += ringAt(xs[n], ys[n], 3);
    });
    this.rings.setAttribute("d", rings);
    this.wedges.setAttribute("d", wedges);
  }
}

class Field {
  constructor(parent, size) {
    this.plane = new Plane(parent, { ...size, title: "the rows; shade: p, from blue (0) to red (1)" });
    this.svg = this.plane.svg;
    const { left, right, top, bottom } = this.plane.box;
    this.canvas = element("canvas", { className: "shade", "aria-hidden": "true" });
    this.canvas.width = Math.round((right - left) / GRAIN);
    this.canvas.height = Math.round((bottom - top) / GRAIN);
    this.canvas.style.cssText = `left: ${left}px; top: ${top}px; width: ${right - left}px; height: ${bottom - top}px`;
    parent.prepend(this.canvas);
    this.pen = this.canvas.getContext("2d");
    this.image = this.pen.createImageData(this.canvas.width, this.canvas.height);
    this.image.data.fill(255);
    this.colours = shadeTable();
    const line = (name) => node("path", { class: name }, this.plane.layer);
    [this.first, this.old, this.low, this.high] = ["line first", "line ghost", "line unsure", "line unsure"].map(line);
    this.stems = line("stems");
    this.marks = new Marks(this.plane.layer);
    this.border = line("line border");
    this.ring = node("circle", { class: "picked", r: 8 }, this.plane.layer);
  }

  stage(scene) {
    const along = (axis) => scene.x.map((row) => row[axis]);
    const reach = (values) => [Math.min(...values) - MARGIN, Math.max(...values) + MARGIN];
    this.plane.scale([...reach(along(0)), ...reach(along(1))], scene.names);
    this.xs = along(0).map((value) => this.plane.x(value));
    this.ys = along(1).map((value) => this.plane.y(value));
    this.sigmoid = scene.sigmoid;
  }

  label(labels) {
    this.marks.draw(labels, this.xs, this.ys);
  }

  draw(now, labels, threshold, first, old) {
    const at = logit(threshold);
    this.shade(now.w);
    this.border.setAttribute("d", this.line(now.w, at));
    this.low.setAttribute("d", this.line(now.w, logit(0.1)));
    this.high.setAttribute("d", this.line(now.w, logit(0.9)));
    this.first.setAttribute("d", first ? this.line(first, at) : "");
    this.old.setAttribute("d", old ? this.line(old, at) : "");
    let stems = "";
    labels.forEach((label, n) => {
      if ((now.p[n] >= threshold) === (label === 1)) return;
      const loss = Math.min(LONGEST_STEM, STEM * lossOf(now.p[n], label));
      stems += `M${this.xs[n]} ${this.ys[n]}v${near(-loss)}`;
    });
    this.stems.setAttribute("d", stems);
  }

  pick(n) {
    this.ring.setAttribute("cx", this.xs[n]);
    this.ring.setAttribute("cy", this.ys[n]);
  }

  shade([w1, w2, b]) {
    const { width, height } = this.canvas, { data } = this.image, { from, to, values } = this.sigmoid;
    const [x0, x1, y0, y1] = this.plane.view, each = (values.length - 1) / (to - from);
    for (let row = 0, k = 0; row < height; row++) {
      const rest = w2 * (y1 - ((row + 0.5) / height) * (y1 - y0)) + b;
      for (let column = 0; column < width; column++, k += 4) {
        const z = w1 * (x0 + ((column + 0.5) / width) * (x1 - x0)) + rest;
        const place = Math.round((Math.min(to, Math.max(from, z)) - from) * each);
        const [red, green, blue] = this.colours[Math.round(255 * Math.min(1, Math.max(0, values[place])))] ?? [255, 255, 255];
        data[k] = red;
        data[k + 1] = green;
        data[k + 2] = blue;
      }
    }
    this.pen.putImageData(this.image, 0, 0);
  }

  line([w1, w2, b], z) {
    // Where w·x + b = z, from edge to edge; empty where there is no such line.
    const [x0, x1, y0, y1] = this.plane.view;
    if (!(Math.abs(w1) + Math.abs(w2) > 0)) return "";
    const points = Math.abs(w2) > Math.abs(w1)
      ? [x0, x1].map((x) => [x, (z - b - w1 * x) / w2]) : [y0, y1].map((y) => [(z - b - w2 * y) / w1, y]);
    return "M" + points.map(([x, y]) => `${this.plane.x(x)} ${this.plane.y(y)}`).join("L");
  }

  nearest(event) {
    // The row under the mouse, or the nearest one.
    const frame = this.svg.getBoundingClientRect();
    const x = event.clientX - frame.left, y = event.clientY - frame.top;
    const away = this.xs.map((px, n) => Math.hypot(px - x, this.ys[n] - y));
    return away.indexOf(Math.min(...away));
  }
}
