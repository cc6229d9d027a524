// What is shown at each moment of playing: the counts, the formula and the sentence.

const LONGEST = 9; // seconds that a whole run plays: from step 1 to 10 as long as from 10 to 100
const FIRST = 1;

function runOf(model) {
  // The numbers of a run as arrays: the weights, the losses, and the probabilities of all rows after each step.
  const told = model.get("run"), scene = model.get("scene");
  const bytes = (name) => { const view = model.get(name); return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength); };
  const table = new Float64Array(bytes("table")), p = new Float32Array(bytes("p")), rows = scene.y.length;
  const each = Array.from({ length: told.length }, (_, k) => table.slice(4 * k, 4 * k + 4));
  const labels = scene.y.map((label, n) => (told.flipped.includes(n) ? 1 - label : label));
  return { ...told, labels, weights: each.map((row) => [row[0], row[1], row[2]]), losses: each.map((row) => row[3]),
    p: each.map((_, k) => p.subarray(rows * k, rows * (k + 1))) };
}

function counted(p, labels, threshold) {
  const counts = { found: 0, missed: 0, alarms: 0, cleared: 0 };
  labels.forEach((label, n) => {
    if (p[n] >= threshold) counts[label ? "found" : "alarms"] += 1;
    else counts[label ? "missed" : "cleared"] += 1;
  });
  return counts;
}

function leastCost(p, labels, miss) {
  const costs = Array.from({ length: 99 }, (_, k) => counted(p, labels, (k + 1) / 100));
  return Math.min(...costs.map(({ missed, alarms }) => miss * missed + alarms));
}

function between(run, time) {
  // Weights and probabilities at a moment between two steps: what moves on the screen; numbers are those of the step.
  const k = Math.min(Math.floor(time), run.length - 1), share = time - k;
  if (!(share > 0) || k + 1 >= run.length) return { w: run.weights[k], p: run.p[k] };
  const [p, q] = [run.p[k], run.p[k + 1]];
  return { w: run.weights[k].map((w, n) => w + share * (run.weights[k + 1][n] - w)), p: p.map((value, n) => value + share * (q[n] - value)) };
}

function lossOf(p, label) {
  return -Math.log(label === 1 ? p : 1 - p);
}

class Watched {
  // ---- time

  get step() {
    return Math.floor(this.time);
  }

  play() {
    const last = this.run.length - 1;
    if (this.time >= last) this.time = 0;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const pace = Math.log(1 + last) / LONGEST;
    let before = null, exact = Math.log(1 + this.time);
    const frame = (now) => {
      // The first frame has no frame before it; a page that was hidden goes on where it stood.
      exact += before === null ? 0 : Math.min(0.25, (now - before) / 1000) * pace;
      before = now;
      const time = Math.min(this.run.length - 1, Math.exp(exact) - 1);
      this.time = still ? Math.floor(time) : time;
      this.show();
      if (time < this.run.length - 1) this.playing = requestAnimationFrame(frame);
      else this.pause(true);
    };
    this.playing = requestAnimationFrame(frame);
    this.transport.play.textContent = "⏸ Pause";
  }

  pause(stay = false) {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    this.transport.play.textContent = "▶ Play";
    if (!stay) return;
    // Pausing between two steps ends on the one that was begun.
    this.time = Math.min(Math.ceil(this.time), this.run.length - 1);
    this.show();
    this.tell();
  }

  seek(time) {
    this.pause();
    this.time = Math.max(0, Math.min(time, this.run.length - 1));
    this.show();
    this.tell();
  }

  // ---- pictures and words

  show() {
    const { run, step, threshold, miss } = this, now = between(run, this.time);
    const old = this.ghost && this.ghost.weights[Math.min(step, this.ghost.length - 1)];
    this.field.draw(now, run.labels, threshold, step > FIRST ? run.weights[FIRST] : null, old);
    this.field.pick(this.picked);
    this.strip.draw(now.p, run.labels, threshold, miss, this.picked);
    this.curves.draw(run, step);
    this.counts = counted(run.p[step], run.labels, threshold);
    const asked = `${step} ${miss} ${run.serial}`;
    if (this.leastOf !== asked) Object.assign(this, { leastOf: asked, least: leastCost(run.p[step], run.labels, miss) });
    this.areas.draw(this.counts, this.scene.classes, miss, this.least);
    this.transport.time.show(step);
    this.formula.textContent = this.formulas();
  }

  formulas() {
    // The formula with the numbers of the picked row.
    const { run, picked, step } = this, [w1, w2, b] = run.weights[step], [x1, x2] = this.scene.x[picked];
    const p = run.p[step][picked], label = run.labels[picked], z = w1 * x1 + w2 * x2 + b, short = (value) => told(value, 3);
    const q = label ? "p" : "(1 − p)";
    return `Row ${picked}, ${this.scene.classes[label]}: z = ${short(w1)}·(${short(x1)}) + ${short(w2)}·(${short(x2)}) + (${short(b)}) = ${short(z)}; ` +
      `p = σ(z) = ${short(p)}; loss −ln ${q} = ${short(lossOf(p, label))}`;
  }

  tell() {
    // One sentence of state; while a slider is dragged only the last one is announced.
    const { run, step, counts, miss, threshold } = this, [none, some] = this.scene.classes, last = run.length - 1;
    const cost = miss * counts.missed + counts.alarms;
    let words = `Step ${step} of ${last}, learning rate ${told(run.lr)}: loss ${run.losses[step].toFixed(4)}, length of w ` +
      `${Math.hypot(run.weights[step][0], run.weights[step][1]).toFixed(2)}. At threshold ${told(threshold)}, ${counts.found + counts.cleared} of ` +
      `${run.labels.length} are right: ${counts.found} ${some} found, ${counts.missed} missed, ${counts.alarms} false alarms, ${counts.cleared} ${none} let go.`;
    if (!this.open) return this.say(words);
    words += ` If a miss costs ${told(miss)}, that is ${told(miss)} · ${counts.missed} + ${counts.alarms} = ${told(cost)}; the least here is ${told(this.least)}.`;
    if (step >= last) words += ` ${run.fate}${this.verdict()}`;
    if (run.flipped.length) words += ` Labels flipped: ${run.flipped.length}.`;
    this.say(words);
  }

  verdict() {
    if (typeof this.guess !== "number") return "";
    const { found, cleared } = counted(this.run.p.at(-1), this.run.labels, this.scene.threshold);
    return ` You guessed ${this.guess}; it is ${found + cleared}.`;
  }

  say(words) {
    this.sentence.setAttribute("aria-busy", "true");
    this.sentence.textContent = words;
    for (const [part, name] of [[this.field, "The rows in the plane"], [this.strip, "The rows by p"], [this.curves, "Loss and share right by step"], [this.areas, "Right and wrong"]])
      part.svg.setAttribute("aria-label", `${name}. ${words}`);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.sentence.setAttribute("aria-busy", "false"), 300);
  }
}
