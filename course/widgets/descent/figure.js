// The figure: its parts, the exchange of settings for traces with the kernel, and the guess that comes first.

const COLUMNS = 7;

function runsOf(model) {
  // The traces as arrays: for each start x, y, slopes, velocities and losses.
  const view = model.get("trace");
  const table = new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  let row = 0;
  return model.get("run").runs.map((told) => {
    const column = (c) => Array.from({ length: told.length }, (_, k) => table[(row + k) * COLUMNS + c]);
    const run = { ...told, x: column(0), y: column(1), gx: column(2), gy: column(3), vx: column(4), vy: column(5) };
    run.losses = column(6);
    row += told.length;
    return run;
  });
}

class Figure extends Player {
  constructor(model, el) {
    super();
    Object.assign(this, { model, time: 0, playing: 0, ghost: [], walkers: [], guesses: [] });
    this.open = !model.get("guess_first");
    this.exchange = new Exchange(model, () =>
      this.say("The kernel does not answer: run the cell again to change settings. Playing still works."));
    this.build(el);
    this.heard = () => this.receive();
    this.troubled = () => this.trouble();
    model.on("change:run", this.heard);
    model.on("change:trouble", this.troubled);
    this.receive();
  }

  leave() {
    this.pause();
    this.exchange.leave();
    this.model.off("change:run", this.heard);
    this.model.off("change:trouble", this.troubled);
  }

  acts() {
    // What the controls do.
    return {
      rewind: () => this.seek(0),
      step: (by) => this.seek(Math.round(this.time + by)),
      seek: (time) => this.seek(time),
      play: () => (this.playing ? this.pause(true) : this.play()),
      set: (changes, done) => this.set(changes, done),
      surface: (name) => this.set({ surface: name }, true),
      marking: (on) => (this.marking = on),
      open: (guess) => this.unlock(guess),
    };
  }

  build(el) {
    const act = this.acts();
    this.transport = transport(act);
    this.settings = settings(this.model, act);
    this.gate = gate(act.open, marking(act));
    this.badge = element("p", { className: "badge" });
    this.sentence = element("p", { className: "sentence", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.alarm = element("p", { className: "trouble", role: "alert", hidden: true });
    this.formula = element("div", { className: "formula" });
    this.table = element("table", {});
    this.root = element("div", { className: "course-figure descent course-panel", role: "group",
      "aria-label": "Gradient descent, step by step", "data-lm-suppress-shortcuts": "true" }, this.badge, this.pictures(),
      this.gate.root, this.transport.root, this.settings.root, this.sentence, this.alarm, this.formula, this.table);
    this.root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab has shortcuts of its own
    el.append(this.root);
  }

  pictures() {
    const both = element("div", { className: "pictures" });
    this.ground = element("div", { className: "place", tabIndex: 0, role: "application",
      "aria-label": "The surface. Arrow keys move a cross, Enter puts the start there." });
    both.append(this.ground);
    this.place = new Plane(this.ground, { width: 440, height: 350, title: "" });
    this.curve = new Plane(both, { width: 340, height: 350, title: "loss after each step" });
    this.ground.addEventListener("click", (event) => this.pointed(this.place.at(event)));
    this.ground.addEventListener("keydown", (event) => this.crossed(event));
    return both;
  }

  // ---- settings go to the kernel, traces come back

  set(changes, done) {
    if (!this.dragging) {
      this.ghost = this.time > 0 ? this.runs : this.ghost;
      this.dragging = true;
    }
    if (done) this.dragging = false;
    if (this.open) Object.assign(this, { guess: null, guesses: [] }); // they were about another run
    const { surface, x, y, lr, momentum, steps } = this.model.get("run");
    const kept = changes.surface ? { momentum } : { surface, x, y, lr, momentum, steps };
    this.exchange.ask(kept, changes);
  }

  receive() {
    const run = this.model.get("run"), scene = this.model.get("scene");
    const another = scene.name !== this.scene?.name;
    const atEnd = !another && this.time >= this.length;
    this.runs = runsOf(this.model);
    this.length = Math.max(...this.runs.map((each) => each.length)) - 1;
    if (another) this.stage(scene);
    this.time = this.open && atEnd ? this.length : Math.min(this.time, this.length);
    this.badge.textContent = run.badge;
    this.settings.surface.value = run.surface;
    for (const name of ["lr", "momentum", "steps", "x", "y"]) {
      if (!this.exchange.waits(name)) this.settings[name].show(run[name]);
    }
    this.transport.time.limit(0, this.length, 1);
    lossScale(this.curve, scene, [...this.runs, ...this.ghost], Math.max(this.length, run.steps));
    drawGhost(this.place, this.curve, this.ghost, scene.floor);
    this.walk(run);
    this.trouble();
    this.show();
    this.lock();
    if (this.exchange.received()) this.tell();
  }

  stage(scene) {
    // Another surface: other contours, another question, no ghost.
    this.pause();
    Object.assign(this, { scene, ghost: [], guesses: [], time: 0 });
    this.open = !this.model.get("guess_first");
    this.guess = null;
    ground(this.place, scene);
    limits(this.settings, scene);
    this.gate.ask(`After how many steps does it get there (${scene.goal})? 0 for never. `);
  }

  walk(run) {
    for (const plane of [this.place, this.curve]) plane.layer.replaceChildren();
    this.walkers = this.runs.map((each, index) => {
      const walker = new Walker(this.place, this.curve, index);
      const name = this.runs.length > 1 ? `start ${index + 1}` : "";
      walker.take(each, paths(each, this.place, this.curve, this.scene.floor), name, index === 0);
      return walker;
    });
    this.used = run;
    this.marked = node("g", { class: "guessed" }, this.place.layer);
    this.cross = node("path", { class: "cross", d: "" }, this.place.layer);
    this.drawGuesses();
  }

  trouble() {
    this.alarm.textContent = this.model.get("trouble");
    this.alarm.hidden = !this.model.get("trouble");
  }

  // ---- the guess comes first

  lock() {
    this.gate.root.hidden = this.open;
    for (const part of ["rewind", "back", "play", "forward"]) this.transport[part].disabled = !this.open;
    for (const input of [this.transport.time.range, this.transport.time.typed]) input.disabled = !this.open;
  }

  unlock(guess) {
    this.open = true;
    this.guess = guess;
    this.lock();
    this.transport.play.focus();
    this.play();
  }

  pointed([x, y]) {
    if (this.marking && !this.open && this.guesses.length < 3) {
      this.guesses.push([x, y]);
      this.drawGuesses();
      return;
    }
    const short = (value) => Number(value.toPrecision(3));
    this.set({ x: short(x), y: short(y) }, true);
  }

  drawGuesses() {
    this.marked.replaceChildren();
    this.guesses.forEach(([x, y], k) => {
      const px = this.place.x(x), py = this.place.y(y);
      node("path", { d: `M${px} ${py - 6}l6 6l-6 6l-6 -6z` }, this.marked);
      text(this.marked, px + 8, py + 4, `guess ${k + 1}`, { stroke: "none" });
    });
  }

  crossed(event) {
    // The keyboard's way of pointing: arrow keys and Enter.
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!by && event.key !== "Enter") return;
    event.preventDefault();
    const [x0, x1, y0, y1] = this.scene.view;
    this.aim ??= [this.used.x, this.used.y];
    if (!by) return this.pointed(this.aim);
    this.aim = [this.aim[0] + (by[0] * (x1 - x0)) / 50, this.aim[1] + (by[1] * (y1 - y0)) / 50];
    const px = this.place.x(this.aim[0]), py = this.place.y(this.aim[1]);
    this.cross.setAttribute("d", `M${px - 8} ${py}h16M${px} ${py - 8}v16`);
    this.say(`Cross at (${told(this.aim[0], 3)}, ${told(this.aim[1], 3)}).`);
  }
}

export default {
  render({ model, el }) {
    const figure = new Figure(model, el);
    return () => figure.leave();
  },
};
