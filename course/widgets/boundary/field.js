// The plane: the difference of the two logits as a shade, the decision boundary, each unit's line, the points; and the loss curve.

const CELLS = 60;
const LOW = [142, 195, 230], MIDDLE = [255, 255, 255], HIGH = [246, 207, 122];
const SHADES = 512;
const DOTTED = 4; // every so many cells a dot on the side of class 1
const DASHES = ["6 4", "8 3 2 3", "2 3", "10 3", "1 2", "6 2 1 2 1 2", "12 4", "4 6"];

const COLOURS = Array.from({ length: SHADES }, (_, k) => {
  // From blue at −1 over white at 0 to orange at 1.
  const value = (2 * k) / (SHADES - 1) - 1, end = value < 0 ? LOW : HIGH;
  return end.map((part, n) => Math.round(MIDDLE[n] + (part - MIDDLE[n]) * Math.abs(value)));
});

function shade(data, values, side) {
  // Values from −1 to 1, rows from below, into the pixels of an image, rows from above.
  for (let row = 0, k = 0; row < side; row++) {
    const from = (side - 1 - row) * side;
    for (let column = 0; column < side; column++, k += 4) {
      const colour = COLOURS[Math.round(((values[from + column] + 1) / 2) * (SHADES - 1))];
      data[k] = colour[0];
      data[k + 1] = colour[1];
      data[k + 2] = colour[2];
    }
  }
}

function zeroLine(values, side, x, y) {
  // Where the values change sign, as a path: a piece for each square of four neighbours that it crosses.
  const pieces = [];
  const cut = (a, b) => a / (a - b);
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const k = row * side + column, a = values[k], b = values[k + 1], c = values[k + side + 1], d = values[k + side];
      const kind = (a > 0) + 2 * (b > 0) + 4 * (c > 0) + 8 * (d > 0);
      if (kind === 0 || kind === 15) continue;
      const ends = [];
      if (a > 0 !== b > 0) ends.push([column + cut(a, b), row]);
      if (b > 0 !== c > 0) ends.push([column + 1, row + cut(b, c)]);
      if (c > 0 !== d > 0) ends.push([column + cut(d, c), row + 1]);
      if (d > 0 !== a > 0) ends.push([column, row + cut(a, d)]);
      for (let end = 0; end + 1 < ends.length; end += 2) {
        pieces.push(`M${x(ends[end][0])} ${y(ends[end][1])}L${x(ends[end + 1][0])} ${y(ends[end + 1][1])}`);
      }
    }
  }
  return pieces.join("");
}

function unitLine([w1, w2, b], reach) {
  // The two places where w·x + b = 0 enters and leaves the square; null where it does not cross it.
  const size = Math.hypot(w1, w2);
  if (!(size > 0)) return null;
  const foot = [(-b * w1) / size ** 2, (-b * w2) / size ** 2], along = [-w2 / size, w1 / size];
  let from = -Infinity, to = Infinity;
  for (const axis of [0, 1]) {
    if (Math.abs(along[axis]) < 1e-12) {
      if (Math.abs(foot[axis]) > reach) return null;
      continue;
    }
    const ends = [-reach, reach].map((edge) => (edge - foot[axis]) / along[axis]).sort((p, q) => p - q);
    [from, to] = [Math.max(from, ends[0]), Math.min(to, ends[1])];
  }
  return from < to ? [from, to].map((t) => [foot[0] + t * along[0], foot[1] + t * along[1]]) : null;
}

class Field {
  constructor(parent, side, mark) {
    this.plane = new Plane(parent, { width: side, height: side, title: "" });
    this.svg = this.plane.svg;
    const { left, right, top, bottom } = this.plane.box;
    this.canvas = element("canvas", { className: "shade", width: CELLS, height: CELLS, "aria-hidden": "true" });
    this.canvas.style.cssText = `left: ${left}px; top: ${top}px; width: ${right - left}px; height: ${bottom - top}px`;
    parent.prepend(this.canvas);
    this.pen = this.canvas.getContext("2d");
    this.image = this.pen.createImageData(CELLS, CELLS);
    this.image.data.fill(255);
    this.shades = new Float32Array(CELLS * CELLS);
    const path = (name) => node("path", { class: name }, this.plane.layer);
    [this.dots, this.rings, this.squares, this.crosses] = ["dots", "rings", "squares", "crosses"].map(path);
    this.lines = node("g", { class: "units" }, this.plane.layer);
    [this.old, this.border] = ["border ghost", "border"].map(path);
    this.ring = node("circle", { class: "picked", r: 8, visibility: "hidden" }, this.plane.layer);
    this.mark = mark; // half the size of a point
  }

  stage({ x, y, reach }) {
    if (this.points === x) return;
    this.points = x;
    this.plane.scale([-reach, reach, -reach, reach], ["x₁", "x₂"]);
    Object.assign(this, { labels: y, reach });
    this.xs = x.map((row) => this.plane.x(row[0]));
    this.ys = x.map((row) => this.plane.y(row[1]));
    const r = this.mark, shapes = [[], []];
    y.forEach((label, n) => shapes[label].push(label ? `M${near(this.xs[n] - r)} ${near(this.ys[n] - r)}h${2 * r}v${2 * r}h${-2 * r}z`
      : `M${near(this.xs[n] - r)} ${this.ys[n]}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`));
    this.rings.setAttribute("d", shapes[0].join(""));
    this.squares.setAttribute("d", shapes[1].join(""));
  }

  column(k) {
    return this.plane.x(this.reach * ((2 * k + 1) / CELLS - 1));
  }

  row(k) {
    return this.plane.y(this.reach * ((2 * k + 1) / CELLS - 1));
  }

  zero(values) {
    return zeroLine(values, CELLS, (k) => this.column(k), (k) => this.row(k));
  }

  draw(now, pointGap, off, lit = -1) {
    const { gap } = now, dots = [], wrong = [], r = this.mark + 2;
    for (let k = 0; k < gap.length; k++) this.shades[k] = Math.tanh(gap[k] / 2);
    shade(this.image.data, this.shades, CELLS);
    this.pen.putImageData(this.image, 0, 0);
    for (let row = 1; row < CELLS; row += DOTTED) {
      for (let column = 1; column < CELLS; column += DOTTED) {
        if (gap[row * CELLS + column] > 0) dots.push(`M${this.column(column)} ${this.row(row)}h0`);
      }
    }
    this.labels.forEach((label, n) => {
      if (pointGap[n] > 0 !== (label === 1)) wrong.push(`M${near(this.xs[n] - r)} ${near(this.ys[n] - r)}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`);
    });
    this.dots.setAttribute("d", dots.join(""));
    this.crosses.setAttribute("d", wrong.join(""));
    this.border.setAttribute("d", this.zero(gap));
    this.drawUnits(now.lines, off, lit);
  }

  drawUnits(lines, off, lit) {
    while (this.lines.childElementCount < lines.length) node("path", {}, this.lines);
    [...this.lines.children].forEach((path, h) => {
      const ends = h < lines.length && !off.includes(h) && unitLine(lines[h], this.reach);
      path.setAttribute("d", ends ? "M" + ends.map(([x, y]) => `${this.plane.x(x)} ${this.plane.y(y)}`).join("L") : "");
      path.setAttribute("stroke-dasharray", h === lit ? "none" : DASHES[h % DASHES.length]);
      path.setAttribute("class", h === lit ? "lit" : "");
    });
  }

  ghost(gap) {
    this.old.setAttribute("d", gap ? this.zero(gap) : "");
  }

  pick(n) {
    for (const [key, value] of Object.entries({ cx: this.xs[n], cy: this.ys[n], visibility: "visible" })) this.ring.setAttribute(key, value);
  }

  nearest(event) {
    // The point under the mouse, or the nearest one.
    const frame = this.svg.getBoundingClientRect(), x = event.clientX - frame.left, y = event.clientY - frame.top;
    const away = this.xs.map((px, n) => Math.hypot(px - x, this.ys[n] - y));
    return away.indexOf(Math.min(...away));
  }
}

class Curve {
  // The loss after every step, as far as the run has been watched; the last run in grey.
  constructor(parent, size) {
    this.plane = new Plane(parent, { ...size, title: "loss (dashed: ln 2, guessing)" });
    this.svg = this.plane.svg;
    const line = (name, layer) => node("polyline", { class: name }, layer);
    this.old = line("loss ghost", this.plane.ghost);
    this.guessing = node("path", { class: "guessing" }, this.plane.ground);
    this.line = line("loss", this.plane.layer);
    this.dot = node("circle", { class: "dot", r: 4 }, this.plane.layer);
  }

  scale(run, ghost) {
    const all = [run, ...(ghost ? [ghost] : [])], losses = all.flatMap((each) => Array.from(each.losses)).filter((loss) => loss > 0 && loss < Infinity);
    const low = Math.floor(Math.log10(Math.min(...losses, 0.1))), high = Math.ceil(Math.log10(Math.max(...losses, 1)));
    this.plane.scale([0, Math.max(...all.map((each) => each.losses.length - 1), 1), Math.max(low, -6), Math.min(high, 6)], ["step", ""], true);
    const { left, right } = this.plane.box;
    this.guessing.setAttribute("d", `M${left} ${this.plane.y(Math.LN2)}H${right}`);
    this.places = this.path(run.losses);
    this.old.setAttribute("points", ghost ? this.path(ghost.losses).join(" ") : "");
  }

  path(losses) {
    return Array.from(losses, (loss, k) => `${this.plane.x(k)},${this.plane.y(loss)}`);
  }

  draw(losses, step) {
    const k = Math.floor(step);
    this.line.setAttribute("points", this.places.slice(0, k + 1).join(" "));
    this.dot.setAttribute("cx", this.plane.x(k));
    this.dot.setAttribute("cy", this.plane.y(losses[k]));
  }
}
