// The strip of probabilities, the four counts as areas, and the curves by step.

const LANES = [79, 43]; // heights of the two classes in the strip
const SPREAD = 28;
const TRACE_TICKS = [0, 1, 3, 10, 30, 100, 300, 1000];
const stepAxis = (step) => Math.log10(1 + step);

class Strip {
  // Each row at its probability, with a threshold that the mouse can take.
  constructor(parent, size, moved) {
    this.plane = new Plane(parent, { ...size, title: "" });
    Object.assign(this.plane.box, { left: 80, bottom: size.height - 24 });
    this.svg = this.plane.svg;
    for (const area of this.svg.querySelectorAll("clipPath rect, rect.frame")) this.fit(area);
    this.called = node("rect", { class: "called" }, this.plane.ground);
    this.marks = new Marks(this.plane.layer);
    this.ring = node("circle", { class: "picked", r: 7 }, this.plane.layer);
    this.advice = node("path", { class: "advice" }, this.svg);
    this.handle = node("path", { class: "handle" }, this.svg);
    this.name = text(this.svg, 0, 12, "", { class: "handle-name" });
    this.dragged(moved);
  }

  fit(area) {
    const { left, right, top, bottom } = this.plane.box;
    for (const [key, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) area.setAttribute(key, value);
  }

  dragged(moved) {
    const take = (event) => moved(Math.min(0.99, Math.max(0.01, Math.round(100 * this.plane.at(event)[0]) / 100)));
    this.svg.addEventListener("pointerdown", (event) => {
      this.svg.setPointerCapture(event.pointerId);
      take(event);
    });
    this.svg.addEventListener("pointermove", (event) => this.svg.hasPointerCapture(event.pointerId) && take(event));
  }

  stage(scene) {
    const { left, right, top, bottom } = this.plane.box;
    this.plane.view = [0, 1, 0, 1];
    this.plane.grid.replaceChildren();
    for (const value of ticks(0, 1, 10)) {
      node("line", { x1: this.plane.x(value), x2: this.plane.x(value), y1: top, y2: bottom }, this.plane.grid);
      text(this.plane.grid, this.plane.x(value), bottom + 14, told(value), { "text-anchor": "middle" });
    }
    scene.classes.forEach((name, label) => text(this.plane.grid, left - 6, LANES[label] + 4, name, { "text-anchor": "end" }));
    text(this.plane.grid, left - 6, bottom + 14, "p", { "text-anchor": "end" });
    Object.assign(this, { edges: { left, right, top, bottom }, sick: scene.classes[1] });
  }

  draw(p, labels, threshold, miss, picked) {
    const xs = Array.from(p, (value) => this.plane.x(value));
    const ys = labels.map((label, n) => LANES[label] + SPREAD * (((n * 0.618034) % 1) - 0.5));
    this.marks.draw(labels, xs, ys);
    this.ring.setAttribute("cx", xs[picked]);
    this.ring.setAttribute("cy", ys[picked]);
    const { right, top, bottom } = this.edges, at = this.plane.x(threshold), derived = this.plane.x(1 / (1 + miss));
    this.handle.setAttribute("d", `M${at} ${top}V${bottom}M${at - 7} ${top - 9}h14l-7 9z`);
    this.advice.setAttribute("d", `M${derived} ${bottom - 9}l5 9h-10z`);
    const after = at < right - 190;
    this.name.textContent = after ? `t = ${threshold.toFixed(2)}: called ${this.sick} from here on →` : `t = ${threshold.toFixed(2)}`;
    this.name.setAttribute("x", after ? at + 12 : at - 12);
    this.name.setAttribute("text-anchor", after ? "start" : "end");
    for (const [key, value] of Object.entries({ x: at, y: top, width: right - at, height: bottom - top })) this.called.setAttribute(key, value);
  }
}

class Areas {
  // The rows by truth and call: each area is a number of rows.
  constructor(parent, { width, height }) {
    this.svg = node("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" }, parent);
    this.hatch = unique("decision-hatch");
    const lines = node("pattern", { id: this.hatch, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, node("defs", {}, this.svg));
    node("rect", { width: 6, height: 6, fill: "#fff" }, lines);
    node("rect", { width: 3, height: 6, fill: "#333" }, lines);
    this.bars = Array.from({ length: 4 }, () => node("rect", { stroke: "#000", "stroke-width": 0.8 }, this.svg));
    this.words = Array.from({ length: 4 }, () => text(this.svg, 0, 0, ""));
    this.cost = [0, 1].map((line) => text(this.svg, 4, height - 22 + 16 * line, "", { class: line ? "" : "cost" }));
    Object.assign(this, { left: 4, width: width - 14, free: height - 84 });
  }

  draw(counts, classes, miss, least) {
    const { found, missed, alarms, cleared } = counts, all = found + missed + alarms + cleared;
    const rows = [[found, missed, "#F3C8A8"], [alarms, cleared, "#A9CCE3"]];
    const told = [[`${found} ${classes[1]} found`, `${missed} missed`], [`${alarms} false alarms`, `${cleared} ${classes[0]} let go`]];
    let top = 4;
    rows.forEach(([called, passed, fill], row) => {
      const high = (this.free * (called + passed)) / all, share = (this.width * called) / (called + passed);
      const fills = row ? [`url(#${this.hatch})`, fill] : [fill, `url(#${this.hatch})`];
      this.bar(2 * row, { x: this.left, y: top + 16, width: share, height: high, fill: fills[0] });
      this.bar(2 * row + 1, { x: this.left + share, y: top + 16, width: this.width - share, height: high, fill: fills[1] });
      this.word(2 * row, this.left, top + 12, told[row][0], "start");
      this.word(2 * row + 1, this.left + this.width, top + 12, told[row][1], "end");
      top += high + 21;
    });
    this.cost[0].textContent = `cost ${miss} · ${missed} + ${alarms} = ${miss * missed + alarms} false alarms`;
    this.cost[1].textContent = `the least that any threshold costs at this step: ${least}`;
  }

  bar(n, attributes) {
    for (const key in attributes) this.bars[n].setAttribute(key, attributes[key]);
  }

  word(n, x, y, words, anchor) {
    this.words[n].textContent = words;
    for (const [key, value] of Object.entries({ x, y, "text-anchor": anchor })) this.words[n].setAttribute(key, value);
  }
}

class Curves {
  // Loss and share of rows right after each step, as far as the run has been watched.
  constructor(parent, size) {
    this.plane = new Plane(parent, { ...size, title: "— loss    –·– share right at t" });
    this.svg = this.plane.svg;
    const line = (name, layer) => node("polyline", { class: name }, layer);
    [this.oldLoss, this.oldShare] = ["ghost", "ghost share"].map((name) => line(name, this.plane.ghost));
    [this.loss, this.share] = ["loss", "share"].map((name) => line(name, this.plane.layer));
    this.dots = ["loss", "share"].map((name) => node("circle", { class: `dot ${name}`, r: 4 }, this.plane.layer));
  }

  scale(runs) {
    const most = Math.max(...runs.flatMap((run) => run.losses.filter(Number.isFinite)));
    const top = most <= 1 ? 1 : ticks(0, most, 4).at(-1) + ticks(0, most, 4)[1];
    const last = Math.max(...runs.map((run) => run.length - 1), 1), { grid, box } = this.plane;
    this.plane.scale([0, stepAxis(last), 0, top], ["step", ""]);
    // The steps' axis has numbers of its own: 1 to 300 take as much room as they have to show.
    for (const made of grid.querySelectorAll("line")) if (made.getAttribute("x1") === made.getAttribute("x2")) made.remove();
    for (const made of grid.querySelectorAll("text")) if (Number(made.getAttribute("y")) === box.bottom + 14) made.remove();
    for (const step of TRACE_TICKS.filter((tick) => tick <= last)) {
      const x = this.plane.x(stepAxis(step));
      node("line", { x1: x, x2: x, y1: box.top, y2: box.bottom }, grid);
      text(grid, x, box.bottom + 14, String(step), { "text-anchor": "middle" });
    }
  }

  places(values, until = values.length - 1) {
    const points = [];
    for (let k = 0; k <= Math.min(until, values.length - 1); k++) {
      if (Number.isFinite(values[k])) points.push(`${this.plane.x(stepAxis(k))},${this.plane.y(values[k])}`);
    }
    return points.join(" ");
  }

  old(run) {
    this.oldLoss.setAttribute("points", run ? this.places(run.losses) : "");
    this.oldShare.setAttribute("points", run ? this.places(run.shares) : "");
  }

  draw(run, step) {
    [[run.losses, this.loss, this.dots[0]], [run.shares, this.share, this.dots[1]]].forEach(([values, line, dot]) => {
      line.setAttribute("points", this.places(values, step));
      dot.setAttribute("cx", this.plane.x(stepAxis(step)));
      dot.setAttribute("cy", this.plane.y(values[step]));
    });
  }
}
