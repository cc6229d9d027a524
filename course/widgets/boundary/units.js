// The hidden units side by side: each unit's activation, and below it that activation times its output weight. A click switches one off.

const COARSE = 30;
const STRIP = { width: 796, height: 206 };
const LARGEST = 84, TITLE = 15, BETWEEN = 18;
const FAINT = 0.2, SMALL = 0.05; // a sign stands in the middle of its side, if that is not too faint or too small
const MOVED = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

class Units {
  constructor(parent, act) {
    this.act = act;
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.canvas.style.cssText = `width: ${STRIP.width}px; height: ${STRIP.height}px`;
    this.sharp = Math.max(1, window.devicePixelRatio || 1);
    Object.assign(this.canvas, { width: STRIP.width * this.sharp, height: STRIP.height * this.sharp });
    this.pen = this.canvas.getContext("2d");
    this.tile = element("canvas", { width: COARSE, height: COARSE });
    this.small = this.tile.getContext("2d");
    this.image = this.small.createImageData(COARSE, COARSE);
    this.image.data.fill(255);
    this.values = new Float32Array(COARSE * COARSE);
    this.plugs = element("div", { className: "plugs", role: "toolbar", "aria-label": "Hidden units: arrow keys move, Enter unplugs one or plugs it in again" });
    this.plugs.addEventListener("keydown", (event) => this.moved(event));
    this.root = element("div", { className: "strip" }, this.canvas, this.plugs);
    this.buttons = [];
    this.stop = 0;
    parent.append(this.root);
  }

  stage(hidden) {
    // As many columns as there are units.
    if (this.buttons.length === hidden) return;
    this.wide = Math.min(LARGEST + 12, STRIP.width / hidden);
    this.side = Math.floor(Math.min(LARGEST, this.wide - 4));
    this.tops = [TITLE, TITLE + this.side + BETWEEN];
    this.stop = Math.min(this.stop, hidden - 1);
    this.buttons = Array.from({ length: hidden }, (_, h) => {
      const made = element("button", { type: "button", onclick: () => { this.stop = h; this.act.plug(h); } });
      made.style.cssText = `left: ${h * this.wide}px; width: ${this.wide - 2}px; height: ${this.tops[1] + this.side + 2}px`;
      for (const type of ["pointerenter", "focus"]) made.addEventListener(type, () => this.act.light(h));
      for (const type of ["pointerleave", "blur"]) made.addEventListener(type, () => this.act.light(-1));
      return made;
    });
    this.plugs.replaceChildren(...this.buttons);
  }

  moved(event) {
    const last = this.buttons.length - 1, to = event.key === "Home" ? 0 : event.key === "End" ? last : this.stop + MOVED[event.key];
    if (!(to >= 0 && to <= last)) return;
    event.preventDefault();
    this.stop = to;
    this.name();
    this.buttons[to].focus();
  }

  name() {
    // What each unit's button is called, and which one the Tab key reaches.
    this.buttons.forEach((button, h) => {
      button.tabIndex = h === this.stop ? 0 : -1;
      button.disabled = !this.open;
      button.setAttribute("aria-pressed", String(this.off.includes(h)));
      button.setAttribute("aria-label", `Unplug unit ${h + 1}, weight ${told(this.weights[h], 3)}`);
    });
  }

  draw(now, reach, off, open) {
    const { pen, side, wide, sharp } = this;
    Object.assign(this, { off, open, weights: now.v });
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, STRIP.width, STRIP.height);
    pen.textAlign = "center";
    const cells = COARSE * COARSE, narrow = side < 70;
    for (let h = 0; h < now.v.length; h++) {
      const left = h * wide + 1, own = now.units.subarray(h * cells, (h + 1) * cells), out = off.includes(h);
      this.write(narrow ? String(h + 1) : `unit ${h + 1}`, left + side / 2, TITLE - 4);
      this.map(own, (a) => a / 127, left, this.tops[0], now.lines[h], reach);
      this.write(out ? "× 0" : `× ${told(now.v[h], narrow ? 2 : 3)}`, left + side / 2, this.tops[1] - 5);
      this.map(own, (a) => Math.tanh(((out ? 0 : now.v[h]) * a) / 254), left, this.tops[1], out ? null : now.lines[h], reach);
      if (out) this.cross(left, this.tops[1]);
    }
  }

  map(own, value, left, top, line, reach) {
    const { pen, side, values } = this;
    for (let k = 0; k < own.length; k++) values[k] = value(own[k]);
    shade(this.image.data, values, COARSE);
    this.small.putImageData(this.image, 0, 0);
    pen.drawImage(this.tile, left, top, side, side);
    const x = (at) => left + ((at + reach) / (2 * reach)) * side, y = (at) => top + ((reach - at) / (2 * reach)) * side;
    const ends = line && unitLine(line, reach);
    if (ends) {
      pen.lineWidth = 2.2;
      pen.strokeStyle = "#000";
      pen.beginPath();
      ends.forEach(([px, py], n) => pen[n ? "lineTo" : "moveTo"](x(px), y(py)));
      pen.stroke();
    }
    for (const [sign, way] of [["+", 1], ["−", -1]]) this.sign(sign, way, left, top);
    pen.lineWidth = 1;
    pen.strokeStyle = "#888";
    pen.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
  }

  sign(sign, way, left, top) {
    const { values, side } = this;
    let count = 0, across = 0, up = 0;
    for (let k = 0; k < values.length; k++) {
      if (way * values[k] < FAINT) continue;
      count += 1;
      across += k % COARSE;
      up += Math.floor(k / COARSE);
    }
    if (count < SMALL * values.length) return;
    const at = (sum) => ((sum / count + 0.5) / COARSE) * side;
    this.write(sign, left + at(across), top + side - at(up) + 6, 18);
  }

  cross(left, top) {
    const { pen, side } = this;
    pen.strokeStyle = "#000";
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const [from, to] of [[left, left + side], [left + side, left]]) {
      pen.moveTo(from, top);
      pen.lineTo(to, top + side);
    }
    pen.stroke();
  }

  write(words, x, y, size = 12) {
    this.pen.font = `${size}px sans-serif`;
    this.pen.fillStyle = "#000";
    this.pen.fillText(words, x, y);
  }
}
