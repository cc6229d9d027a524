// The figure: its parts, the exchange of settings for trainings with the kernel, and the guess that comes first.

const PATIENCE = 6000;

class StopSlider extends Slider {
  // A slider over a few values; others can be typed.
  stops(values, allowed) {
    Object.assign(this, { values, allowed });
    Object.assign(this.range, { min: "0", max: String(values.length - 1), step: "1" });
  }

  fromRange(position) {
    return this.values[position];
  }

  show(value) {
    this.value = value;
    const away = this.values.map((stop) => Math.abs(Math.log((stop + 1e-9) / (value + 1e-9))));
    this.range.value = String(away.indexOf(Math.min(...away)));
    this.say(value);
  }
}

class TrainingFigure extends Film {
  constructor(model, el) {
    super();
    Object.assign(this, { model, time: 0, seen: 0, playing: 0, sent: 0, wish: {}, ghost: null, guess: null, mode: "hard", cell: 0, picked: null });
    this.open = !model.get("guess_first");
    this.reactions = { run: () => this.receive(), trouble: () => this.trouble(), progress: () => this.progressed() };
    this.build(el);
    for (const name in this.reactions) model.on(`change:${name}`, this.reactions[name]);
    this.stage(model.get("scene"));
    this.receive();
  }

  leave() {
    this.pause();
    clearTimeout(this.waiting);
    clearTimeout(this.quiet);
    for (const name in this.reactions) this.model.off(`change:${name}`, this.reactions[name]);
  }

  // ---- the parts

  build(el) {
    this.transport = transport({
      rewind: () => this.seek(0),
      step: (by) => this.seek(this.epoch + by),
      seek: (time) => this.seek(time),
      play: () => (this.playing ? this.pause(true) : this.play()),
    });
    this.relabel();
    this.badge = element("p", { className: "badge" });
    this.sentence = element("p", { className: "sentence", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    this.alarm = element("p", { className: "trouble", role: "alert", hidden: true });
    this.formula = element("p", { className: "formula" });
    this.root = element("div", { className: "course-figure digits_training course-panel", role: "group", "aria-label": "A network learns digits, epoch by epoch",
      "data-lm-suppress-shortcuts": "true" }, this.badge, this.pictures(), this.gate(), this.transport.root, this.controls(),
      this.sentence, this.alarm, this.formula);
    this.root.addEventListener("keydown", (event) => event.stopPropagation()); // JupyterLab has shortcuts of its own
    el.append(this.root);
  }

  relabel() {
    const { time } = this.transport;
    time.root.querySelector("span").textContent = "epoch";
    time.range.setAttribute("aria-label", "epoch");
    time.typed.setAttribute("aria-label", "epoch, typed");
  }

  pictures() {
    const left = element("div", { className: "curves" }), right = element("div", {}), below = element("div", {});
    this.curves = new Curves(left, (time, done) => this.sought(time, done));
    this.table = new Table(right, (cell) => this.chosen(cell));
    this.gallery = new Gallery(below, (place) => this.picking(place));
    this.kinds = this.kindsOf();
    return element("div", {}, element("div", { className: "pictures" }, left, right), this.kinds.root, below);
  }

  kindsOf() {
    const group = unique("digits-kind"), radios = {}, names = {};
    const root = element("div", { role: "radiogroup", "aria-label": "Images shown", className: "chooser" }, "Images:");
    for (const kind of ["hard", "mistakes", "cell"]) {
      radios[kind] = element("input", { type: "radio", name: group, onchange: () => this.look(kind) });
      names[kind] = element("span", {});
      root.append(element("label", {}, radios[kind], " ", names[kind]));
    }
    root.append(element("span", { className: "hint" }, "bars: p; ▴ true"));
    return { root, radios, names };
  }

  controls() {
    const set = (name) => (value, done) => done && this.set({ [name]: value });
    this.lr = new StopSlider("learning rate", set("lr"));
    this.batch = new StopSlider("batch size", set("batch"));
    this.scale = new StopSlider("first weights ×", set("scale"));
    this.network = element("select", { "aria-label": "network", onchange: () => this.set({ hidden: this.scene.networks[this.network.value] }) });
    const menu = element("label", { className: "slider" }, element("span", {}, "network"), this.network);
    const training = element("div", { className: "pair" }, this.lr.root, this.batch.root);
    const start = element("div", { className: "pair", hidden: true }, menu, this.scale.root);
    this.settings = element("div", { className: "settings" }, chooser([["the training", training], ["the network", start]]), training, start);
    return this.settings;
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
    this.scene = scene;
    this.table.stage(scene.classes);
    this.gallery.stage(scene, new Uint8Array(bytesOf(this.model, "images")));
    this.lr.stops(scene.rates, (value) => value > 0);
    this.batch.stops(scene.batches, (value) => Number.isInteger(value) && value >= 1 && value <= scene.rows);
    this.scale.stops(scene.scales, (value) => value >= 0);
    this.network.append(...Object.keys(scene.networks).map((name) => element("option", { value: name }, name)));
    this.question.textContent = `After which epoch are ${scene.asked} of the ${scene.y.length} validation images read right for the first time? 0 for never. `;
  }

  // ---- settings go to the kernel, trainings come back

  set(changes) {
    this.pause();
    this.ghost = this.run;
    this.guess = null; // it was about another run
    const { lr, hidden, batch, scale } = this.run;
    this.wish = { lr, hidden, batch, scale, ...this.wish, ...changes };
    if (!this.busy) this.send();
  }

  send() {
    this.busy = true;
    this.sent += 1;
    this.model.set("wish", { ...this.wish, serial: this.sent });
    this.wish = {};
    this.say("Training starts …");
    this.model.save_changes();
    this.wait();
  }

  wait() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.busy = false;
      this.say("The kernel does not answer: run the cell again to train with other settings. All else still works.");
    }, PATIENCE);
  }

  progressed() {
    if (!this.busy) return;
    this.sentence.setAttribute("aria-busy", "true");
    this.sentence.textContent = `Training: epoch ${this.model.get("progress")} of ${this.scene.epochs} is done …`;
    this.wait();
  }

  receive() {
    const atEnd = this.run && this.time >= this.last;
    this.run = runOf(this.model);
    this.time = atEnd ? this.last : Math.min(this.time, this.last);
    this.seen = atEnd ? this.last : this.time;
    this.badge.textContent = this.run.badge;
    for (const name of ["lr", "batch", "scale"]) if (!(name in this.wish)) this[name].show(this.run[name]);
    const network = Object.entries(this.scene.networks).find(([, hidden]) => String(hidden) === String(this.run.hidden));
    if (!("hidden" in this.wish)) this.network.value = network[0];
    this.transport.time.limit(0, this.last, 1);
    this.curves.scale([this.run, ...(this.ghost ? [this.ghost] : [])], this.scene.epochs, this.scene.classes);
    this.curves.old(this.ghost);
    this.trouble();
    this.lock();
    this.show();
    clearTimeout(this.waiting);
    this.busy = false;
    if (Object.keys(this.wish).length) this.send();
    else this.tell();
  }

  trouble() {
    this.alarm.hidden = !(this.alarm.textContent = this.model.get("trouble"));
  }

  lock() {
    // The guess comes first; until then there is the untrained network.
    this.asked.hidden = this.open;
    for (const part of [this.transport.root, this.settings, this.kinds.root]) part.hidden = !this.open;
  }

  unlock(guess) {
    Object.assign(this, { open: true, guess });
    this.lock();
    this.naming();
    this.transport.play.focus();
    this.play();
  }

  // ---- what is looked at

  sought(time, done) {
    // A place on a curve: the same hard digits at that epoch.
    if (!this.open) return;
    this.pause();
    this.mode = "hard";
    this.time = Math.max(0, Math.min(time, this.last));
    if (done) this.settle(Math.round(this.time));
    else this.show();
  }

  chosen(cell) {
    if (!this.open) return;
    if (cell !== null) this.cell = cell;
    this.look(cell === null ? "mistakes" : "cell");
  }

  look(kind) {
    this.mode = kind;
    this.show();
    if (!this.playing) this.tell();
  }

  picking(place) {
    if (!this.open || place === null) return;
    this.picked = this.shown[place];
    this.show();
    this.say(this.formula.textContent);
  }

  naming() {
    const { scene, cell, names = this.kinds.names } = this, count = this.shown.length, most = count > TILES ? `, ${TILES} of ${count}` : "";
    names.hard.textContent = `the same ${scene.hard.length} hard digits`;
    names.mistakes.textContent = `mistakes, surest first${this.mode === "mistakes" ? most : ""}`;
    names.cell.textContent = `true ${Math.floor(cell / scene.classes)} answered ${cell % scene.classes}${this.mode === "cell" ? most : ""}`;
    this.kinds.radios[this.mode].checked = true;
  }
}

export default {
  render({ model, el }) {
    const figure = new TrainingFigure(model, el);
    return () => figure.leave();
  },
};
