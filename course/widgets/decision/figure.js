// The figure: its parts, the exchange of settings for runs with the kernel, and the guess that comes first.

const PATIENCE = 4000;

class DecisionFigure extends Watched {
  constructor(model, el) {
    super();
    Object.assign(this, { model, time: FIRST, playing: 0, sent: 0, wish: {}, ghost: null, threshold: 0.5, miss: 1, guess: null });
    this.open = !model.get("guess_first");
    this.build(el);
    this.heard = () => this.receive();
    this.troubled = () => this.trouble();
    model.on("change:run", this.heard);
    model.on("change:trouble", this.troubled);
    this.stage(model.get("scene"));
    this.receive();
  }

  leave() {
    this.pause();
    clearTimeout(this.waiting);
    clearTimeout(this.quiet);
    this.model.off("change:run", this.heard);
    this.model.off("change:trouble", this.troubled);
  }

  // ---- the parts

  build(el) {
    this.transport = transport({
      rewind: () => this.seek(0),
      step: (by) => this.seek(Math.round(this.time + by)),
      seek: (time) => this.seek(Math.round(time)),
      play: () => (this.playing ? this.pause(true) : this.play()),
    });
    this.controls();
    this.badge = element("p", { className: "badge" });
    this.sentence = element("p", { className: "sentence", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.alarm = element("p", { className: "trouble", role: "alert", hidden: true });
    this.formula = element("p", { className: "formula" });
    const pictures = this.pictures();
    this.root = element("div", { className: "course-figure decision course-panel", role: "group", "aria-label": "One neuron decides, step by step",
      "data-lm-suppress-shortcuts": "true" }, this.badge, pictures, this.gate(), this.transport.root, this.settings,
      this.sentence, this.alarm, this.formula);
    this.root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab has shortcuts of its own
    el.append(this.root);
  }

  controls() {
    this.flip = button("Flip the ringed row's label", () => this.flipped());
    this.lr = new FactorSlider("learning rate", (value, done) => this.set({ lr: value }, done));
    this.cut = new EvenSlider("threshold t", (value) => this.cutAt(value));
    this.cut.limit(0.01, 0.99, 0.01);
    this.cut.allowed = (value) => value > 0 && value < 1;
    this.price = new EvenSlider("a miss costs", (value) => { this.miss = value; this.show(); this.tell(); });
    this.price.limit(1, 10, 1);
    this.price.allowed = (value) => value > 0 && value <= 1000;
    const unit = element("span", { className: "unit" }, "false alarms");
    this.price.root.append(unit);
    this.settings = element("div", { className: "settings" }, this.cut.root, this.price.root, this.lr.root, this.flip);
    this.cut.show(this.threshold);
    this.price.show(this.miss);
  }

  pictures() {
    this.ground = element("div", { className: "field", tabIndex: 0, role: "application",
      "aria-label": "The rows. Left and right arrow: the row with the next lower or higher p. Enter: flip its label." });
    const side = element("div", {}), both = element("div", { className: "pictures" }, this.ground, side);
    this.field = new Field(this.ground, { width: 436, height: 306 });
    this.curves = new Curves(side, { width: 350, height: 162 });
    this.areas = new Areas(side, { width: 350, height: 142 });
    const below = element("div", { className: "below" });
    this.strip = new Strip(below, { width: 796, height: 122 }, (value) => this.open && this.cutAt(value));
    this.legend = element("p", { className: "hint" });
    this.ground.addEventListener("click", (event) => this.pick(this.field.nearest(event)));
    this.ground.addEventListener("keydown", (event) => this.walked(event));
    return element("div", {}, both, below, this.legend);
  }

  gate() {
    this.question = element("span", {});
    const guess = element("input", { type: "number", min: "0", step: "1" });
    const answered = () => guess.value !== "" && this.unlock(guess.valueAsNumber);
    this.asked = element("div", { className: "gate", role: "group", "aria-label": "Guess first" },
      element("label", {}, this.question, guess), " ", button("That is my guess", answered), button("Show me", () => this.unlock(null)));
    guess.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // else the same key press would also pause
      answered();
    });
    return this.asked;
  }

  stage(scene) {
    const [none, some] = scene.classes;
    this.scene = scene;
    this.threshold = scene.threshold;
    this.field.stage(scene);
    this.strip.stage(scene);
    this.lr.limit(...scene.rates);
    this.legend.textContent = `○ ${none}  ▲ ${some}.  Lines: solid, p = t; dotted, p = 0.1 and 0.9; dashed, p = t after step 1; grey, the last run.  ` +
      "Stem: the loss of a row on the wrong side.  ▴ in the strip: t = 1/(1 + cost of a miss).";
  }

  // ---- settings go to the kernel, runs come back

  set(changes, done) {
    if (!this.dragging) this.ghost = this.run;
    this.dragging = !done;
    this.guess = null; // it was about another run
    const { lr, flipped } = this.model.get("run");
    this.wish = { lr, flipped, ...this.wish, ...changes };
    if (!this.busy) this.send();
  }

  send() {
    this.busy = true;
    this.sent += 1;
    this.model.set("wish", { ...this.wish, serial: this.sent });
    this.wish = {};
    this.model.save_changes();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.busy = false;
      this.say("The kernel does not answer: run the cell again to change the rate or a label. All else still works.");
    }, PATIENCE);
  }

  receive() {
    const flipped = String(this.run?.flipped);
    this.run = runOf(this.model);
    this.time = Math.min(this.time, this.run.length - 1);
    this.badge.textContent = this.run.badge;
    if (!this.busy || !("lr" in this.wish)) this.lr.show(this.run.lr);
    this.transport.time.limit(0, this.run.length - 1, 1);
    if (flipped !== String(this.run.flipped)) this.field.label(this.run.labels);
    this.picked ??= this.dearest();
    this.curves.scale([this.run, ...(this.ghost ? [this.ghost] : [])]);
    this.share();
    this.trouble();
    this.lock();
    this.show();
    clearTimeout(this.waiting);
    this.busy = false;
    if (Object.keys(this.wish).length) this.send();
    else this.tell();
  }

  dearest() {
    // The row with the largest loss after the last step.
    const losses = Array.from(this.run.p.at(-1), (p, n) => lossOf(p, this.run.labels[n]));
    return Math.max(0, losses.indexOf(Math.max(...losses)));
  }

  trouble() {
    this.alarm.textContent = this.model.get("trouble");
    this.alarm.hidden = !this.model.get("trouble");
  }

  lock() {
    // The guess comes first; until then there is step 1 and nothing to move.
    const all = this.run.labels.length, { found, cleared } = counted(this.run.p[this.step], this.run.labels, this.threshold);
    this.question.textContent = `After step ${this.step}, ${found + cleared} of ${all} rows are right. How many after step ${this.run.length - 1}? `;
    this.asked.hidden = this.open;
    for (const part of [this.transport.root, this.settings, this.formula]) part.hidden = !this.open;
  }

  unlock(guess) {
    Object.assign(this, { open: true, guess });
    this.lock();
    this.transport.play.focus();
    this.play();
  }

  // ---- the threshold, and the row that is looked at

  cutAt(value) {
    Object.assign(this, { threshold: value, guess: null });
    this.cut.show(value);
    this.share();
    this.show();
    this.tell();
  }

  share() {
    for (const run of [this.run, this.ghost]) {
      if (!run) continue;
      run.shares = run.p.map((p) => {
        const { found, cleared } = counted(p, run.labels, this.threshold);
        return (found + cleared) / run.labels.length;
      });
    }
    this.curves.old(this.ghost);
  }

  pick(n) {
    if (!this.open) return;
    this.picked = n;
    this.show();
    this.say(this.formulas());
  }

  walked(event) {
    const p = this.run.p[this.step], order = Array.from(p.keys()).sort((a, b) => p[a] - p[b]), here = order.indexOf(this.picked);
    const to = { ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1, Home: 0, End: p.length - 1 }[event.key];
    if (to === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (to === undefined) this.flipped();
    else this.pick(order[Math.max(0, Math.min(to, p.length - 1))]);
  }

  flipped() {
    if (!this.open) return;
    const before = this.wish.flipped ?? this.run.flipped;
    this.set({ flipped: before.includes(this.picked) ? before.filter((n) => n !== this.picked) : [...before, this.picked] }, true);
  }
}

export default {
  render({ model, el }) {
    const figure = new DecisionFigure(model, el);
    return () => figure.leave();
  },
};
