// The figure: its parts, the exchange of settings for trainings with the kernel, and the guess that comes first.

const KEPT = ["data", "hidden", "lr", "seed", "equal", "off"];

class StepSlider extends Slider {
  // Moves along the kept steps; a step that is typed goes to the kept one nearest to it.
  limit(steps) {
    this.steps = steps;
    Object.assign(this.range, { min: "0", max: String(steps.length - 1), step: "1" });
  }

  fromRange(position) {
    return this.steps[position];
  }

  place(step) {
    const away = this.steps.map((each) => Math.abs(each - step));
    return away.indexOf(Math.min(...away));
  }

  show(step) {
    this.value = this.steps[this.place(step)];
    this.range.value = String(this.place(step));
    this.say(this.value);
  }
}

class BoundaryFigure extends Watched {
  constructor(model, el) {
    super();
    Object.assign(this, { model, time: 0, playing: 0, ghost: null, guess: null, lit: -1 });
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
    clearTimeout(this.quiet);
    this.model.off("change:run", this.heard);
    this.model.off("change:trouble", this.troubled);
  }

  // ---- the parts

  build(el) {
    const time = new StepSlider("step", (step) => this.seek(time.place(step)));
    this.transport = transport({
      rewind: () => this.seek(0),
      step: (by) => this.seek(Math.round(this.time) + by),
      play: () => (this.playing ? this.pause(true) : this.play()),
    }, { time, back: "◀ Earlier", forward: "Later ▶" });
    this.gate = gate((guess) => this.unlock(guess));
    this.badge = element("p", { className: "badge" });
    this.sentence = element("p", { className: "sentence", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.alarm = element("p", { className: "trouble", role: "alert", hidden: true });
    this.formula = element("p", { className: "formula" });
    this.told = element("p", { className: "hint" });
    this.root = element("div", { className: "course-figure boundary course-panel", role: "group", "aria-label": "A network of two layers, step by step",
      "data-lm-suppress-shortcuts": "true" }, this.badge, this.pictures(), this.gate.root, this.transport.root, this.settings(),
      this.sentence, this.alarm, this.formula);
    this.root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab has shortcuts of its own
    el.append(this.root);
  }

  pictures() {
    this.ground = element("div", { className: "field", tabIndex: 0, role: "application",
      "aria-label": "The points. Left and right arrow: ring the point with the next lower or higher sum." });
    const old = element("div", { className: "field old" }), strip = element("div", {});
    const both = element("div", { className: "pictures" }, this.ground, old);
    this.field = new Field(this.ground, 330, 3);
    this.lastField = new Field(old, 240, 2);
    this.waiting = element("p", { className: "hint waiting" }, "Here the last run will stand beside the one that you change it to: at the same step.");
    old.append(this.waiting, element("p", { className: "hint" },
      "● class 0, ■ class 1, × wrong.  Dotted: where the network says 1.  Bold: its boundary.  Dashed: where a unit is 0.  Grey: the last run."));
    this.curve = new Curve(both, { width: 214, height: 330 });
    this.units = new Units(strip, { plug: (h) => this.plug(h), light: (h) => { this.lit = h; this.show(); } });
    this.ground.addEventListener("click", (event) => this.pick(this.field.nearest(event)));
    this.ground.addEventListener("keydown", (event) => this.walked(event));
    return element("div", {}, both, this.told, strip);
  }

  settings() {
    const set = (name) => (value, done) => this.set({ [name]: value }, done);
    this.hidden = new EvenSlider("hidden units", set("hidden"));
    this.lr = new FactorSlider("learning rate", set("lr"));
    this.seed = new EvenSlider("seed", set("seed"));
    this.seed.limit(0, 20, 1);
    this.seed.allowed = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 31;
    this.data = element("select", { "aria-label": "data", onchange: () => this.set({ data: this.data.value }, true) });
    this.equal = element("input", { type: "checkbox", onchange: () => this.set({ equal: this.equal.checked }, true) });
    const menu = element("label", { className: "slider" }, element("span", {}, "data"), this.data);
    const net = element("div", {}, this.hidden.root, this.lr.root);
    const begin = element("div", { hidden: true }, menu, this.seed.root, element("label", {}, this.equal, " all units start equal to the first"));
    this.controls = element("div", { className: "settings" }, chooser([["the network", net], ["data and start", begin]]), net, begin);
    return this.controls;
  }

  stage(scene) {
    // Other points, or the first ones.
    if (this.scene === scene) return;
    this.scene = scene;
    this.picked = scene.x.map(([a, b]) => Math.hypot(a, b)).reduce((best, r, n, all) => (r < all[best] ? n : best), 0);
    this.field.stage(scene);
    this.hidden.limit(1, scene.most_hidden, 1);
    this.hidden.allowed = (value) => Number.isInteger(value) && value >= 1 && value <= scene.most_hidden;
    this.lr.limit(...scene.rates);
    this.data.replaceChildren(...scene.menu.map((name) => element("option", { value: name }, name)));
  }

  // ---- settings go to the kernel, trainings come back

  set(changes, done) {
    if (!this.dragging) this.ghost = this.run;
    this.dragging = !done;
    this.guess = null; // it was about another run
    const kept = Object.fromEntries(KEPT.map((name) => [name, this.run[name]]));
    const others = "off" in changes ? {} : { off: [] }; // another training has all its units plugged in
    this.exchange.ask(kept, { ...others, ...changes });
  }

  plug(h) {
    if (!this.open) return;
    const off = this.exchange.wish.off ?? this.run.off;
    this.set({ off: off.includes(h) ? off.filter((unit) => unit !== h) : [...off, h] }, true);
  }

  receive() {
    const atEnd = this.run && this.open && !this.playing && this.kept >= this.last;
    this.run = runOf(this.model);
    this.stage(this.run.scene);
    this.time = atEnd ? this.last : Math.min(this.time, this.last);
    this.badge.textContent = this.run.badge;
    for (const name of ["hidden", "lr", "seed"]) if (!this.exchange.waits(name)) this[name].show(this.run[name]);
    this.data.value = this.run.data;
    this.equal.checked = this.run.equal;
    this.transport.time.limit(this.run.steps);
    this.units.stage(this.run.hidden);
    this.waiting.hidden = Boolean(this.ghost);
    this.lastField.svg.style.visibility = this.lastField.canvas.style.visibility = this.ghost ? "visible" : "hidden";
    if (this.ghost) this.lastField.stage(this.ghost.scene);
    this.curve.scale(this.run, this.ghost);
    const share = percent(this.run.right[0] / this.scene.y.length);
    this.gate.ask(`Before the first step ${share} of the points are right. What percentage after step ${this.run.steps.at(-1)}? `);
    this.lock();
    this.trouble();
    this.show();
    if (this.exchange.received()) this.tell();
  }

  trouble() {
    this.alarm.textContent = this.model.get("trouble");
    this.alarm.hidden = !this.model.get("trouble");
  }

  lock() {
    this.gate.root.hidden = this.open;
    for (const part of [this.transport.root, this.controls, this.formula]) part.hidden = !this.open;
  }

  unlock(guess) {
    Object.assign(this, { open: true, guess });
    this.lock();
    this.transport.play.focus();
    this.play();
  }

  // ---- the point that is looked at

  pick(n) {
    if (!this.open) return;
    this.picked = n;
    this.shown = null;
    this.show();
    this.say(this.formula.textContent);
  }

  walked(event) {
    const sums = this.run.pointGap[this.kept], order = Array.from(sums.keys()).sort((a, b) => sums[a] - sums[b]), here = order.indexOf(this.picked);
    const to = { ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1, Home: 0, End: sums.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.pick(order[Math.max(0, Math.min(to, sums.length - 1))]);
  }
}

export default {
  render({ model, el }) {
    const figure = new BoundaryFigure(model, el);
    return () => figure.leave();
  },
};
