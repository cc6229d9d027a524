// What is drawn: the surface, the scale of the losses, the runs and the ghost of the last one.
// Nothing here knows of controls or of the kernel.

const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#5A5A5A"];
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "12 4", "4 4", "1 4", "6 2 1 2"];

function ground(plane, scene) {
  // The surface: contours, with the height on every third, and the lowest points.
  plane.scale(scene.view, scene.axes);
  plane.title.textContent = `${scene.name}: ${scene.formula}`;
  plane.ground.replaceChildren();
  const labels = [];
  scene.contours.forEach(([level, lines], index) => {
    const shade = { class: "contour", "stroke-opacity": 0.35 + (0.5 * index) / scene.contours.length };
    for (const line of lines) {
      const points = [];
      for (let i = 0; i < line.length; i += 2) points.push(`${plane.x(line[i])},${plane.y(line[i + 1])}`);
      node("polyline", { points: points.join(" "), ...shade }, plane.ground);
    }
    const line = lines[0];
    if (line && index % 3 === 1) {
      const i = 2 * Math.floor(line.length / 8), x = plane.x(line[i]), y = plane.y(line[i + 1]);
      if (labels.some(([ox, oy]) => Math.abs(x - ox) < 34 && Math.abs(y - oy) < 11)) return;
      labels.push([x, y]);
      text(plane.ground, x, y, told(level, 3), { class: "level" });
    }
  });
  for (const [x, y] of scene.lowest) text(plane.ground, plane.x(x), plane.y(y) + 6, "★", { class: "lowest" });
}

function lossScale(plane, scene, runs, steps) {
  // Decades that hold every loss worth seeing.
  const seen = [];
  for (const run of runs) for (const loss of run.losses) if (loss - scene.floor > 0) seen.push(loss - scene.floor);
  if (scene.goal_loss !== null) seen.push((scene.goal_loss - scene.floor) / 3);
  const from = seen.length ? Math.log10(Math.min(...seen)) : -3;
  const to = seen.length ? Math.log10(Math.max(...seen)) : 3;
  const low = Math.max(Math.floor(from), -6), high = Math.min(Math.max(Math.ceil(to), low + 2), 8);
  const name = scene.floor ? `loss − (${told(scene.floor, 3)})` : "loss";
  plane.scale([0, Math.max(steps, 1), low, high], ["step", name], true);
  plane.ground.replaceChildren();
  if (scene.goal_loss !== null) {
    const y = plane.y(scene.goal_loss - scene.floor);
    node("line", { x1: plane.box.left, x2: plane.box.right, y1: y, y2: y, class: "goal" }, plane.ground);
    text(plane.ground, plane.box.right - 4, y - 4, `goal ${told(scene.goal_loss)}`, { "text-anchor": "end" });
  }
}

function paths(run, place, curve, floor) {
  // A run as pixels: where the ball is after each step, in both plots.
  const lane = [], fall = [];
  for (let k = 0; k < run.losses.length; k++) {
    lane.push([place.x(run.x[k]), place.y(run.y[k])]);
    fall.push([curve.x(k), curve.y(run.losses[k] - floor)]);
  }
  return { lane, fall };
}

function upTo(points, time) {
  // The first points of a line, and where between two of them it stands.
  const last = points.length - 1;
  if (time >= last) return { seen: points, here: points[last] };
  const k = Math.floor(time), part = time - k, [ax, ay] = points[k], [bx, by] = points[k + 1];
  const here = [near(ax + part * (bx - ax)), near(ay + part * (by - ay))];
  return { seen: [...points.slice(0, k + 1), here], here };
}

class Walker {
  // One run: its line, its dots, the ball, the numbers of the dots and the arrow of the next step.
  constructor(place, curve, index) {
    const look = { stroke: COLOURS[index], "stroke-dasharray": DASHES[index] };
    this.place = place;
    this.line = node("polyline", { class: "path", ...look }, place.layer);
    this.dots = node("path", { class: "dots", stroke: COLOURS[index] }, place.layer);
    this.numbers = node("g", { class: "numbers" }, place.layer);
    this.rolled = node("path", { class: "arrow rolled" }, place.layer);
    this.arrow = node("path", { class: "arrow" }, place.layer);
    this.ball = node("circle", { class: "ball", r: 6, fill: COLOURS[index] }, place.layer);
    this.name = text(place.layer, 0, 0, "", { class: "start", fill: COLOURS[index] });
    this.curve = node("polyline", { class: "path", ...look }, curve.layer);
    this.mark = node("circle", { class: "ball", r: 4, fill: COLOURS[index] }, curve.layer);
  }

  take(run, pixels, name, numbered) {
    Object.assign(this, { run, pixels, shown: -1 });
    this.numbers.replaceChildren();
    this.labels = numbered ? numberedDots(this.numbers, pixels.lane, this.place.box) : [];
    this.name.textContent = name;
    this.name.setAttribute("x", pixels.lane[0][0] + 8);
    this.name.setAttribute("y", pixels.lane[0][1] - 9);
  }

  draw(time, lr, momentum) {
    const { here } = upTo(this.pixels.lane, time), fall = upTo(this.pixels.fall, time);
    // Of a run that leaves for good only the way out is drawn.
    this.line.setAttribute("points", upTo(this.pixels.lane.slice(0, this.run.drawn), time).seen.join(" "));
    this.curve.setAttribute("points", fall.seen.join(" "));
    this.ball.setAttribute("cx", here[0]);
    this.ball.setAttribute("cy", here[1]);
    this.mark.setAttribute("cx", fall.here[0]);
    this.mark.setAttribute("cy", fall.here[1]);
    const k = Math.min(Math.floor(time), this.pixels.lane.length - 1);
    if (k !== this.shown) this.arrive(k, lr, momentum);
  }

  arrive(k, lr, momentum) {
    // What changes only from step to step.
    this.shown = k;
    this.dots.setAttribute("d", this.pixels.lane.slice(0, k + 1).map(([x, y]) => `M${x} ${y}h0`).join(""));
    for (const [at, label] of this.labels) label.style.display = at <= k ? "" : "none";
    const { run, place } = this;
    const tip = [run.x[k] - lr * run.gx[k], run.y[k] - lr * run.gy[k]];
    this.arrow.setAttribute("d", arrowPath(this.pixels.lane[k], [place.x(tip[0]), place.y(tip[1])]));
    const end = [tip[0] - lr * momentum * run.vx[k], tip[1] - lr * momentum * run.vy[k]];
    const rolled = momentum > 0 ? arrowPath([place.x(tip[0]), place.y(tip[1])], [place.x(end[0]), place.y(end[1])]) : "";
    this.rolled.setAttribute("d", rolled);
  }
}

function numberedDots(parent, lane, box) {
  // The first ten dots and then every tenth, each where its number does not cover another.
  const labels = [], taken = [];
  lane.forEach(([x, y], k) => {
    if (k > 9 && k % 10) return;
    if (x < box.left || x > box.right || y < box.top || y > box.bottom) return;
    const above = k % 2 === 0 ? -7 : 15, wide = 8 * String(k).length + 4;
    if (taken.some(([ox, oy]) => Math.abs(x - ox) < wide && Math.abs(y + above - oy) < 11)) return;
    taken.push([x, y + above]);
    labels.push([k, text(parent, x, y + above, String(k), { "text-anchor": "middle" })]);
  });
  return labels;
}

function arrowPath([ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  if (!(length > 1)) return "";
  const head = Math.min(9, length / 2), ux = (bx - ax) / length, uy = (by - ay) / length;
  const wing = (side) => `${near(bx - head * (ux - 0.5 * side * uy))} ${near(by - head * (uy + 0.5 * side * ux))}`;
  return `M${ax} ${ay}L${bx} ${by}M${wing(1)}L${bx} ${by}L${wing(-1)}`;
}

function drawGhost(place, curve, runs, floor) {
  // The last run, grey, to compare with.
  place.ghost.replaceChildren();
  curve.ghost.replaceChildren();
  for (const run of runs) {
    const { lane: whole, fall } = paths(run, place, curve, floor), lane = whole.slice(0, run.drawn);
    node("polyline", { class: "ghost", points: lane.join(" ") }, place.ghost);
    node("path", { class: "ghost dots", d: lane.map(([x, y]) => `M${x} ${y}h0`).join("") }, place.ghost);
    node("polyline", { class: "ghost", points: fall.join(" ") }, curve.ghost);
  }
}
