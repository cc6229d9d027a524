// What is shown at each moment of playing: numbers are those of the last kept step, the picture is interpolated.

const PACE = 8; // kept steps a second
const SCALES = { gap: 1000, point_units: 32767 };

function runOf(model) {
  // A training as arrays, one after each kept step; and the points that it was for.
  const told = model.get("run"), scene = model.get("scene"), hidden = told.hidden;
  const bytes = (name) => { const view = model.get(name); return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength); };
  const cut = (array) => { const each = array.length / told.steps.length; return told.steps.map((_, k) => array.subarray(k * each, (k + 1) * each)); };
  const params = cut(new Float64Array(bytes("weights"))).map((row) => ({
    lines: Array.from({ length: hidden }, (_, h) => [row[h], row[hidden + h], row[2 * hidden + h]]),
    v: Array.from(row.subarray(3 * hidden, 4 * hidden)),
    b: row[4 * hidden],
  }));
  return { ...told, scene, params, gap: cut(new Int16Array(bytes("gap"))), units: cut(new Int8Array(bytes("units"))),
    pointGap: cut(new Float32Array(bytes("point_gap"))), pointUnits: cut(new Int16Array(bytes("point_units"))),
    losses: new Float64Array(bytes("losses")) };
}

function mixed(a, b, share, into) {
  for (let k = 0; k < a.length; k++) into[k] = a[k] + share * (b[k] - a[k]);
  return into;
}

function between(run, time) {
  // The maps and weights at a moment between two kept steps.
  const k = Math.min(Math.floor(time), run.steps.length - 1), next = Math.min(k + 1, run.steps.length - 1), share = next > k ? time - k : 0;
  const gap = mixed(run.gap[k], run.gap[next], share, new Float32Array(run.gap[k].length));
  for (let n = 0; n < gap.length; n++) gap[n] /= SCALES.gap;
  const [p, q] = [run.params[k], run.params[next]], go = (a, b) => a.map((value, n) => value + share * (b[n] - value));
  return { gap, units: share ? mixed(run.units[k], run.units[next], share, new Int8Array(run.units[k].length)) : run.units[k],
    lines: p.lines.map((line, h) => go(line, q.lines[h])), v: go(p.v, q.v) };
}

const percent = (share) => `${Number((100 * share).toFixed(1))} %`;
const signed = (value) => `${value < 0 ? " − " : " + "}${told(Math.abs(value), 3)}`;
const settingWords = ({ data, hidden, lr, seed, equal }) =>
  `${data}, ${hidden} hidden unit${hidden > 1 ? "s" : ""}${equal ? ", equal at the start" : ""}, learning rate ${told(lr)}, seed ${seed}`;

class Watched extends Playback {
  get last() {
    return this.run.steps.length - 1;
  }

  get kept() {
    return Math.min(Math.floor(this.time), this.last);
  }

  get step() {
    return this.run.steps[this.kept];
  }

  after(start, seconds) {
    return start + PACE * seconds;
  }

  show() {
    const { run, kept, step } = this, now = between(run, this.time);
    this.field.draw(now, run.pointGap[kept], run.off, this.lit);
    this.field.pick(this.picked);
    this.field.plane.title.textContent = `step ${step}: ${percent(run.right[kept] / run.scene.y.length)} right`;
    this.units.draw(now, run.scene.reach, run.off, this.open);
    this.curve.draw(run.losses, this.between(step));
    this.beside();
    this.transport.time.show(step);
    if (this.shown === run && this.shownAt === kept) return;
    Object.assign(this, { shown: run, shownAt: kept });
    const bias = told(run.params[kept].b, 3);
    this.told.textContent = `Above: a, what each unit says. Below: v·a. The sum of all v·a, and ${bias}, is the big map. A click unplugs a unit.`;
    this.formula.textContent = this.formulas();
    this.units.name();
  }

  between(step) {
    // The step as a number that moves on evenly between two kept ones.
    const next = this.run.steps[Math.min(this.kept + 1, this.last)];
    return step + (this.time - this.kept) * (next - step);
  }

  beside() {
    // The last run at the same kept step; on the big map only its boundary, in grey.
    if (!this.ghost) return;
    const old = this.ghost, time = Math.min(this.time, old.steps.length - 1), now = between(old, time), k = Math.floor(time);
    this.lastField.draw(now, old.pointGap[k], old.off);
    this.lastField.plane.title.textContent = `last run, step ${old.steps[k]}: ${percent(old.right[k] / old.scene.y.length)} right`;
    this.field.ghost(old.scene.name === this.run.scene.name ? now.gap : null);
  }

  formulas() {
    // The sum with the numbers of the ringed point.
    const { run, kept, picked } = this, { v, b } = run.params[kept], label = run.scene.y[picked], hidden = v.length;
    const own = run.pointUnits[kept].subarray(picked * hidden, (picked + 1) * hidden), short = (value) => told(value, 3);
    const terms = v.map((weight, h) => (run.off.includes(h) ? " + 0" : `${signed(weight)}·(${short(own[h] / SCALES.point_units)})`)).join("");
    const sum = run.pointGap[kept][picked], found = sum > 0 ? 1 : 0, [x1, x2] = run.scene.x[picked];
    return `Ringed point (${short(x1)}, ${short(x2)}), class ${label}: Σ v·a + b = ${terms.replace(/^ \+ /, "").replace(/^ − /, "−")}${signed(b)} = ${short(sum)}, ` +
      `${found ? "above" : "not above"} 0: class ${found}, ${found === label ? "right" : "wrong"}. p = ${short(1 / (1 + Math.exp(-sum)))}`;
  }

  tell() {
    // One sentence of state; while a slider is dragged only the last one is announced.
    const { run, kept, step } = this, all = run.scene.y.length, lines = run.lines[kept];
    let words = `Step ${step} of ${run.steps.at(-1)}: ${settingWords(run)}. Loss ${run.losses[step].toFixed(4)}, ` +
      `${percent(run.right[kept] / all)} of ${all} points right, ${lines} different line${lines > 1 ? "s" : ""}.`;
    if (run.off.length) words += ` Unplugged: unit ${run.off.map((h) => h + 1).join(", ")}; the loss is that of all units.`;
    if (this.open && kept >= this.last) words += ` ${run.fate}${this.verdict()}`;
    this.say(words);
  }

  verdict() {
    if (typeof this.guess !== "number") return "";
    return ` You guessed ${told(this.guess)} %; it is ${percent(this.run.right.at(-1) / this.run.scene.y.length)}.`;
  }

  say(words) {
    this.sentence.setAttribute("aria-busy", "true");
    this.sentence.textContent = words;
    this.field.svg.setAttribute("aria-label", `The boundary over the points. ${words}`);
    this.curve.svg.setAttribute("aria-label", `Loss by step, with a logarithmic scale. ${words}`);
    const old = this.ghost && `The last run. ${settingWords(this.ghost)}. ${this.lastField.plane.title.textContent}.`;
    this.lastField.svg.setAttribute("aria-label", old ?? "No last run yet.");
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.sentence.setAttribute("aria-busy", "false"), 300);
  }
}
