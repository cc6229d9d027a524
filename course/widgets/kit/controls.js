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

function chooser(choices) {
  const group = unique("course-choice");
  const root = element("div", { role: "radiogroup", "aria-label": "Controls for", className: "chooser" }, "Controls for");
  for (const [words, shown] of choices) {
    const radio = element("input", { type: "radio", name: group, checked: !shown.hidden, onchange: () => {
      for (const [, part] of choices) part.hidden = part !== shown;
    } });
    root.append(element("label", {}, radio, ` ${words}`));
  }
  return root;
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
