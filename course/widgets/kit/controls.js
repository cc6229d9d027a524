// Controls: native elements, each with a label; the keyboard works as it does in any form.

const FACTOR = 1.1;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const key in attributes) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), attributes[key]);
    else if (key in made && key !== "list" && key !== "form") made[key] = attributes[key];
    else made.setAttribute(key, attributes[key]);
  }
  made.append(...children);
  return made;
}

class Slider {
  // A labelled slider with the number beside it, which can also be typed. `moved(value, done)` is called on every
  // move, and with done = true when it ends.
  constructor(name, moved) {
    this.name = name;
    this.moved = moved;
    this.range = element("input", { type: "range", "aria-label": name });
    this.typed = element("input", { type: "number", step: "any", "aria-label": `${name}, typed` });
    this.root = element("label", { className: "slider" }, element("span", {}, name), this.range, this.typed);
    this.range.addEventListener("input", () => this.send(this.fromRange(Number(this.range.value)), false));
    this.range.addEventListener("change", () => this.send(this.fromRange(Number(this.range.value)), true));
    this.typed.addEventListener("change", () => {
      const value = this.typed.valueAsNumber;
      if (Number.isFinite(value) && this.allowed(value)) this.send(value, true, true);
      else this.show(this.value);
    });
  }

  allowed() {
    return true;
  }

  send(value, done, typed = false) {
    this.value = value;
    if (typed) this.show(value);
    else this.say(value);
    this.moved(value, done);
  }

  say(value) {
    this.typed.value = String(value);
    this.range.setAttribute("aria-valuetext", told(value));
  }
}

class EvenSlider extends Slider {
  limit(low, high, step) {
    Object.assign(this.range, { min: String(low), max: String(high), step: String(step) });
  }

  fromRange(position) {
    return Number(position.toPrecision(6));
  }

  show(value) {
    this.value = value;
    this.range.value = String(value);
    this.say(value);
  }
}

class FactorSlider extends Slider {
  // Each step multiplies by 1.1, from the value that was set or typed last.
  limit(low, high, whole = false) {
    Object.assign(this, { low, high, whole });
    this.range.step = "1";
  }

  allowed(value) {
    return value > 0;
  }

  fromRange(position) {
    const value = this.base * FACTOR ** position;
    return this.whole ? Math.round(value) : Number(value.toPrecision(4));
  }

  show(value) {
    this.value = value;
    if (this.base === undefined || Math.abs(this.fromRange(Number(this.range.value)) / value - 1) > 1e-3) {
      this.base = value;
      const reach = (end) => Math.log(end / value) / Math.log(FACTOR);
      this.range.min = String(Math.min(0, Math.ceil(reach(this.low) - 1e-6)));
      this.range.max = String(Math.max(0, Math.floor(reach(this.high) + 1e-6)));
      this.range.value = "0";
    }
    this.say(value);
  }
}

function button(words, pressed) {
  return element("button", { type: "button", textContent: words, onclick: pressed });
}

function transport(act, { back = "◀ Step back", forward = "Step ▶", time = new EvenSlider("step", (value) => act.seek(value)) } = {}) {
  // Play, pause, one step, one step back, rewind, and the time slider.
  const parts = {
    rewind: button("|◀ Rewind", act.rewind),
    back: button(back, () => act.step(-1)),
    play: button("▶ Play", act.play),
    forward: button(forward, () => act.step(1)),
    time,
  };
  parts.root = element("div", { className: "transport", role: "group", "aria-label": "Play" },
    parts.rewind, parts.back, parts.play, parts.forward, parts.time.root);
  return parts;
}

function settings(model, act) {
  // At most three of these at a time, beside the time slider: those of the step, or those of the start.
  const parts = {
    lr: new FactorSlider("learning rate", (value, done) => act.set({ lr: value }, done)),
    momentum: new EvenSlider("momentum", (value, done) => act.set({ momentum: value }, done)),
    steps: new FactorSlider("number of steps", (value, done) => act.set({ steps: value }, done)),
    x: new EvenSlider("start x", (value, done) => act.set({ x: value }, done)),
    y: new EvenSlider("start y", (value, done) => act.set({ y: value }, done)),
    surface: element("select", { "aria-label": "surface", onchange: (event) => act.surface(event.target.value) }),
  };
  for (const name of model.get("surfaces")) parts.surface.append(element("option", { value: name }, name));
  parts.momentum.limit(0, 0.95, 0.05);
  parts.momentum.allowed = (value) => value >= 0 && value < 1;
  parts.momentum.root.hidden = !model.get("with_momentum");
  parts.steps.limit(5, 3000, true);
  const menu = element("label", { className: "slider" }, element("span", {}, "surface"), parts.surface);
  const step = element("div", {}, parts.lr.root, parts.momentum.root, parts.steps.root);
  const start = element("div", { hidden: true }, menu, parts.x.root, parts.y.root,
    element("p", { className: "hint" }, "Or click on the picture; or move the cross there with the arrow keys, and press Enter."));
  parts.root = element("div", { className: "settings" }, chooser([["the step", step], ["the start", start]]), step, start);
  return parts;
}

function chooser(choices) {
  const group = unique("descent-choice");
  const root = element("div", { role: "radiogroup", "aria-label": "Controls for", className: "chooser" }, "Controls for");
  for (const [words, shown] of choices) {
    const radio = element("input", { type: "radio", name: group, checked: !shown.hidden, onchange: () => {
      for (const [, part] of choices) part.hidden = part !== shown;
    } });
    root.append(element("label", {}, radio, ` ${words}`));
  }
  return root;
}

function limits(parts, scene) {
  // What the sliders reach on this surface.
  const [x0, x1, y0, y1] = scene.view;
  const fine = (span) => Number((10 ** Math.round(Math.log10(span / 100))).toPrecision(1));
  parts.lr.limit(scene.rates[0], scene.rates[1]);
  parts.lr.base = undefined;
  parts.x.limit(x0, x1, fine(x1 - x0));
  parts.y.limit(y0, y1, fine(y1 - y0));
  for (const [slider, axis] of [[parts.x, scene.axes[0]], [parts.y, scene.axes[1]]]) {
    slider.root.querySelector("span").textContent = `start ${axis}`;
    slider.range.setAttribute("aria-label", `start ${axis}`);
    slider.typed.setAttribute("aria-label", `start ${axis}, typed`);
  }
}

function gate(opened, ...more) {
  // A guess before the first Play; "Show me" is one press away.
  const question = element("span", {});
  const guess = element("input", { type: "number", min: "0", step: "1" });
  const answered = () => guess.value !== "" && opened(guess.valueAsNumber);
  const root = element("div", { className: "gate", role: "group", "aria-label": "Guess first" }, element("label", {}, question, guess),
    button("That is my guess", answered), button("Show me", () => opened(null)), ...more);
  guess.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || guess.value === "") return;
    event.preventDefault(); // else the same key press would also pause
    answered();
  });
  return { root, ask: (words) => (question.textContent = words) };
}

function marking(act) {
  // Three dots may be marked before the first Play.
  const marks = element("input", { type: "checkbox", onchange: () => act.marking(marks.checked) });
  return element("label", { className: "marks" }, marks, " first mark where you think dots 1, 2 and 3 will be, by clicking on the picture");
}
