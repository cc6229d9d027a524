// The curves by epoch, the table of true digit against answer, and the row of images with their probabilities.

const LEAST_LOSS = 1e-4, MOST_LOSS = 1e6;
const NAMES = ["training", "validation"];

class Curves {
  // Loss and share right, in training and validation, as far as the run has been watched; the mouse chooses an epoch.
  constructor(parent, sought) {
    this.loss = new Plane(parent, { width: 404, height: 176, title: "loss:  — training   - - validation   ··· a guess" });
    this.share = new Plane(parent, { width: 404, height: 150, title: "% right:  — training   - - validation" });
    this.planes = [this.loss, this.share];
    this.parts = this.planes.map((plane) => {
      const line = (name, layer) => node("polyline", { class: name }, layer);
      const now = node("line", { class: "now" }, plane.ground);
      const ghosts = NAMES.map((_, n) => line(`ghost line${n}`, plane.ghost));
      const lines = NAMES.map((_, n) => line(`line${n}`, plane.layer));
      const dots = [node("circle", { class: "dot0", r: 4.5 }, plane.layer), node("path", { class: "dot1" }, plane.layer)];
      return { now, ghosts, lines, dots };
    });
    this.guess = node("line", { class: "guess" }, this.loss.ground);
    this.guessed = text(this.loss.svg, 0, 0, "", { class: "guessed", "text-anchor": "end" });
    for (const plane of this.planes) this.taken(plane, sought);
  }

  taken(plane, sought) {
    const seek = (event, done) => sought(plane.at(event)[0], done);
    plane.svg.addEventListener("pointerdown", (event) => {
      plane.svg.setPointerCapture(event.pointerId);
      seek(event, false);
    });
    plane.svg.addEventListener("pointermove", (event) => plane.svg.hasPointerCapture(event.pointerId) && seek(event, false));
    plane.svg.addEventListener("pointerup", (event) => seek(event, true));
  }

  scale(runs, epochs, classes) {
    const losses = runs.flatMap((run) => run.rows.flatMap(({ loss }) => loss)).filter((value) => Number.isFinite(value) && value > 0);
    const guess = Math.log(classes), kept = [...losses, guess].map((value) => Math.min(MOST_LOSS, Math.max(LEAST_LOSS, value)));
    const low = Math.floor(Math.log10(Math.min(...kept))), high = Math.ceil(Math.log10(Math.max(...kept)) + 0.01);
    const reach = [-0.02 * epochs, 1.02 * epochs];
    this.loss.scale([...reach, low, high], ["", ""], true);
    this.share.scale([...reach, 0, 103], ["epoch", ""]);
    const y = this.loss.y(guess), { left, right } = this.loss.box;
    for (const [key, value] of Object.entries({ x1: left, x2: right, y1: y, y2: y })) this.guess.setAttribute(key, value);
    this.guessed.textContent = `a guess: ln ${classes} = ${guess.toFixed(3)}`;
    this.guessed.setAttribute("x", right - 18);
    this.guessed.setAttribute("y", y < this.loss.box.top + 16 ? y + 14 : y - 5);
  }

  places(plane, run, n, until) {
    // The points of a line, the last one between two epochs.
    const points = [];
    const at = (time) => {
      const value = plane === this.loss ? logMean(run, time, n) : mean(run, time, n);
      if (Number.isFinite(value)) points.push(`${plane.x(time)},${plane.y(value)}`);
    };
    for (let k = 0; k <= until; k++) at(k);
    if (!Number.isInteger(until)) at(until);
    return points.join(" ");
  }

  old(run) {
    this.planes.forEach((plane, m) => this.parts[m].ghosts.forEach((line, n) =>
      line.setAttribute("points", run ? this.places(plane, run, n, run.rows.length - 1) : "")));
  }

  draw(run, time, seen) {
    this.planes.forEach((plane, m) => {
      const { now, lines, dots } = this.parts[m], x = plane.x(time), { top, bottom } = plane.box;
      for (const [key, value] of Object.entries({ x1: x, x2: x, y1: top, y2: bottom })) now.setAttribute(key, value);
      lines.forEach((line, n) => line.setAttribute("points", this.places(plane, run, n, seen)));
      const ys = NAMES.map((_, n) => plane.y(m ? mean(run, time, n) : logMean(run, time, n)));
      dots[0].setAttribute("cx", x);
      dots[0].setAttribute("cy", ys[0]);
      dots[1].setAttribute("d", `M${x - 4} ${ys[1] - 4}h8v8h-8z`);
    });
  }
}

class Roving {
  // Elements of which one has the Tab key's stop; arrow keys, Home and End move it, Enter and Space choose.
  constructor(root, columns, chosen) {
    Object.assign(this, { root, columns, chosen, stop: 0, items: [] });
    root.addEventListener("keydown", (event) => this.pressed(event));
  }

  hold(items) {
    this.items = items;
    items.forEach((item, n) => item.addEventListener("click", () => this.choose(n)));
    this.rest(0);
  }

  get reach() {
    return this.items.filter((item) => !item.hidden).length;
  }

  rest(n) {
    this.stop = Math.max(0, Math.min(n, this.reach - 1));
    this.items.forEach((item, k) => (item.tabIndex = k === this.stop ? 0 : -1));
  }

  choose(n) {
    this.rest(n);
    this.items[n].focus({ preventScroll: true });
    this.chosen(n);
  }

  pressed(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns }[event.key];
    const to = { Home: 0, End: this.reach - 1, Enter: this.stop, " ": this.stop }[event.key] ?? (by && this.stop + by);
    if (event.key === "Escape") this.chosen(null);
    if (to === undefined) return;
    event.preventDefault();
    const across = by && Math.abs(by) === 1 && Math.floor(to / this.columns) !== Math.floor(this.stop / this.columns);
    if (to >= 0 && to < this.reach && !across) this.choose(to);
  }
}

class Table {
  // Counts of true digit (down) against answer (across); a cell can be chosen.
  constructor(parent, chosen) {
    this.root = element("div", { className: "table", role: "grid", "aria-label": "True digit down, answer across" });
    this.title = element("p", { className: "table-title" }, "true digit ↓   answer →");
    parent.append(this.title, this.root);
    this.roving = new Roving(this.root, 1, chosen);
  }

  stage(classes) {
    const all = Array.from({ length: classes }, (_, k) => k), row = (...cells) => element("div", { role: "row" }, ...cells);
    const head = (words, role) => element("span", { role, className: "head" }, words);
    this.cells = all.map(() => all.map(() => element("div", { role: "gridcell", className: "cell" })));
    this.root.replaceChildren(row(head("", "columnheader"), ...all.map((k) => head(String(k), "columnheader"))),
      ...all.map((k) => row(head(String(k), "rowheader"), ...this.cells[k])));
    this.roving.columns = classes;
    this.roving.hold(this.cells.flat());
    this.classes = classes;
  }

  draw(counts, chosen) {
    this.cells.forEach((row, t) => row.forEach((cell, a) => {
      const count = counts[t][a], words = String(count || "");
      if (cell.textContent !== words) cell.textContent = words;
      cell.style.background = t === a ? "#E3E8EC" : count ? `rgba(213, 94, 0, ${Math.min(0.85, 0.18 + count / 18).toFixed(2)})` : "";
      cell.setAttribute("aria-label", `true ${t}, answered ${a}: ${count}`);
      cell.setAttribute("aria-selected", String(chosen === t * this.classes + a));
    }));
  }
}

class Gallery {
  // Up to twelve images; under each its answer and a bar for every digit's probability.
  constructor(parent, picked) {
    this.root = element("div", { className: "gallery", role: "listbox", "aria-label": "Images", "aria-orientation": "horizontal" });
    this.none = element("p", { className: "hint" });
    parent.append(this.root, this.none);
    this.roving = new Roving(this.root, TILES, picked);
  }

  stage(scene, images) {
    const [high, wide] = scene.shape;
    Object.assign(this, { scene, images, high, wide });
    this.tiles = Array.from({ length: TILES }, () => this.tile(high, wide, scene.classes));
    this.root.replaceChildren(...this.tiles.map(({ root }) => root));
    this.roving.hold(this.tiles.map(({ root }) => root));
  }

  tile(high, wide, classes) {
    const paper = element("canvas", { width: wide, height: high }), words = element("span", { className: "answer" });
    const svg = node("svg", { width: 60, height: 31, viewBox: "0 0 60 31", "aria-hidden": "true" });
    const bars = Array.from({ length: classes }, (_, k) => node("rect", { x: 0.5 + (k * 60) / classes, width: 60 / classes - 1 }, svg));
    node("path", { d: "M0 24.5H60", class: "foot" }, svg);
    const mark = node("path", { class: "mark" }, svg);
    return { root: element("div", { role: "option", className: "tile" }, paper, words, svg), paper, words, bars, mark };
  }

  draw(shown, run, time, picked, empty) {
    this.none.textContent = shown.length ? "" : empty;
    this.tiles.forEach((tile, place) => {
      const n = shown[place];
      tile.root.hidden = n === undefined;
      if (n !== undefined) this.fill(tile, n, run, time, n === picked);
    });
    if (this.roving.stop >= Math.max(1, shown.length)) this.roving.rest(shown.length - 1);
  }

  fill(tile, n, run, time, picked) {
    if (tile.n !== n) this.paint(tile, n);
    const k = Math.floor(time), answer = run.answers[k][n], label = this.scene.y[n], right = answer === label;
    const p = probabilities(run, time, n), each = 60 / this.scene.classes;
    p.forEach((value, c) => {
      const height = 24 * (Number.isFinite(value) ? value : 0), bar = tile.bars[c];
      bar.setAttribute("y", (24 - height).toFixed(1));
      bar.setAttribute("height", height.toFixed(1));
      bar.setAttribute("class", c === label ? "true" : "other");
    });
    tile.mark.setAttribute("d", `M${(label + 0.5) * each} 25.5l3.5 5h-7z`);
    const sure = probabilities(run, k, n)[answer], short = Number.isFinite(sure) ? sure.toFixed(3).replace(/^0/, "") : "nan";
    tile.words.textContent = `${label} as ${answer < 0 ? "?" : answer} ${right ? "✓" : "✗"}\n${short}`;
    tile.root.className = right ? "tile" : "tile wrong";
    tile.root.setAttribute("aria-selected", String(picked));
    tile.root.setAttribute("aria-label", `image ${n}, a ${label}, read as ${answer < 0 ? "nothing" : answer} with p ${short}`);
  }

  paint(tile, n) {
    tile.n = n;
    const pen = tile.paper.getContext("2d"), size = this.high * this.wide, image = pen.createImageData(this.wide, this.high);
    for (let k = 0; k < size; k++) {
      const grey = 255 - this.images[n * size + k];
      image.data.set([grey, grey, grey, 255], 4 * k);
    }
    pen.putImageData(image, 0, 0);
  }
}
