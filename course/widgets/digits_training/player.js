// What is shown at each moment of playing: numbers between epochs, the formula and the sentence.

const PACE = 2.5; // epochs a second
const TILES = 12;

function bytesOf(model, name) {
  const view = model.get(name);
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

function runOf(model) {
  // Losses, counts and probabilities as arrays, and what each image is read as after each epoch.
  const run = model.get("run"), { y, classes } = model.get("scene"), size = y.length * classes;
  const table = new Float64Array(bytesOf(model, "curves")), p = new Float32Array(bytesOf(model, "p"));
  const epochs = Array.from({ length: run.length }, (_, k) => k);
  const rows = epochs.map((k) => ({ loss: [table[4 * k], table[4 * k + 1]], right: [table[4 * k + 2], table[4 * k + 3]] }));
  const each = epochs.map((k) => p.subarray(size * k, size * (k + 1)));
  const answers = each.map((values) => y.map((_, n) => likeliest(values.subarray(n * classes, (n + 1) * classes))));
  return { ...run, rows, p: each, answers, classes, counts: [model.get("scene").rows, y.length] };
}

function likeliest(values) {
  // The class with the largest probability; -1 where they are no numbers.
  let best = 0;
  for (let c = 0; c < values.length; c++) {
    if (!Number.isFinite(values[c])) return -1;
    if (values[c] > values[best]) best = c;
  }
  return best;
}

function between(run, time, value) {
  const k = Math.min(Math.floor(time), run.rows.length - 1), share = time - k, here = value(k);
  return share > 0 && k + 1 < run.rows.length ? here + share * (value(k + 1) - here) : here;
}

const mean = (run, time, n) => between(run, time, (k) => (100 * run.rows[k].right[n]) / run.counts[n]);
const logMean = (run, time, n) => 10 ** between(run, time, (k) => Math.log10(run.rows[k].loss[n]));

function probabilities(run, time, n) {
  return Array.from({ length: run.classes }, (_, c) => between(run, time, (k) => run.p[k][n * run.classes + c]));
}

class Film {
  // ---- time

  get epoch() {
    return Math.floor(this.time);
  }

  get last() {
    return this.run.length - 1;
  }

  play() {
    if (this.time >= this.last) this.time = 0;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let before = null, exact = this.time;
    const frame = (now) => {
      // The first frame has no frame before it; a page that was hidden goes on where it stood.
      exact = Math.min(this.last, exact + (before === null ? 0 : Math.min(0.25, (now - before) / 1000) * PACE));
      before = now;
      this.time = still ? Math.floor(exact) : exact;
      this.show();
      if (this.time < this.last) this.playing = requestAnimationFrame(frame);
      else this.pause(true);
    };
    this.playing = requestAnimationFrame(frame);
    this.transport.play.textContent = "⏸ Pause";
  }

  pause(stay = false) {
    cancelAnimationFrame(this.playing);
    this.playing = 0;
    this.transport.play.textContent = "▶ Play";
    if (stay) this.settle(Math.ceil(this.time)); // pausing between two epochs ends on the one that was begun
  }

  seek(time) {
    this.pause();
    this.settle(Math.round(time));
  }

  settle(time) {
    this.time = Math.max(0, Math.min(time, this.last));
    this.show();
    this.tell();
  }

  // ---- pictures

  show() {
    const { run, time, epoch } = this;
    this.seen = Math.max(this.seen, time);
    this.curves.draw(run, time, this.seen);
    const asked = `${run.serial} ${epoch} ${this.mode} ${this.cell}`;
    if (this.drawn !== asked) {
      Object.assign(this, { drawn: asked, shown: this.listed() });
      this.table.draw(this.tally(), this.mode === "cell" ? this.cell : null);
      this.transport.time.show(epoch);
      this.naming();
    }
    const none = run.answers[epoch].every((answer) => answer < 0) ? "No answers: p is no number." : "No such image at this epoch.";
    this.gallery.draw(this.shown.slice(0, TILES), run, time, this.picked, none);
    this.formula.textContent = this.formulas();
  }

  tally() {
    const { classes, y } = this.scene, counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
    this.run.answers[this.epoch].forEach((answer, n) => answer >= 0 && (counts[y[n]][answer] += 1));
    return counts;
  }

  listed() {
    // The images of the gallery: the same hard ones, or the mistakes or a cell's images, surest first.
    const { scene, run, epoch, cell } = this, answers = run.answers[epoch];
    if (this.mode === "hard") return scene.hard;
    const [label, answer] = [Math.floor(cell / scene.classes), cell % scene.classes];
    const wanted = this.mode === "cell" ? (n) => scene.y[n] === label && answers[n] === answer : (n) => answers[n] >= 0 && answers[n] !== scene.y[n];
    const sure = (n) => run.p[epoch][n * scene.classes + answers[n]];
    return scene.y.map((_, n) => n).filter(wanted).sort((a, b) => sure(b) - sure(a));
  }

  // ---- words

  formulas() {
    // The loss of one image with its numbers.
    const { run, epoch, scene } = this, n = this.shown.includes(this.picked) ? this.picked : this.shown[0];
    if (n === undefined) return "";
    const label = scene.y[n], p = run.p[epoch][n * scene.classes + label], answer = run.answers[epoch][n];
    const read = answer < 0 ? "" : ` Answer ${answer}: p = ${told(run.p[epoch][n * scene.classes + answer], 3)}.`;
    return `Image ${n}, a ${label}: loss −ln p(${label}) = −ln ${told(p, 3)} = ${told(-Math.log(p), 3)}.${read}\n` +
      `Mean of ${scene.y.length} validation images: ${told(run.rows[epoch].loss[1])}.  A guess: −ln(1/${scene.classes}) = ln ${scene.classes} = ${Math.log(scene.classes).toFixed(3)}.`;
  }

  tell() {
    // One sentence of state, after playing or moving.
    const { run, epoch, scene, last } = this, { loss, right } = run.rows[epoch], [rows, all] = run.counts;
    let words = `Epoch ${epoch} of ${last}, ${run.told}: loss ${told(loss[0])} in training, ${right[0].toLocaleString("en")} of ${rows.toLocaleString("en")} right; ` +
      `${told(loss[1])} in validation, ${right[1]} of ${all} right.`;
    if (this.open && this.mode === "hard") {
      const learned = scene.hard.filter((n) => run.answers[epoch][n] === scene.y[n]).length;
      words += ` Of the ${scene.hard.length} hard digits, ${learned} are read right.`;
    } else if (this.open && this.mode === "cell") {
      const count = this.shown.length;
      words += ` True ${Math.floor(this.cell / scene.classes)}, answered ${this.cell % scene.classes}: ${count} image${count === 1 ? "" : "s"}.`;
    } else if (this.open && this.shown.length) {
      const n = this.shown[0], answer = run.answers[epoch][n];
      words += ` Surest mistake: a ${scene.y[n]} read as ${answer} with p = ${run.p[epoch][n * scene.classes + answer].toFixed(3)}.`;
    }
    if (this.open && (epoch >= last || Number.isNaN(loss[0]))) words += ` ${run.fate}${this.verdict()}`;
    this.say(words);
  }

  verdict() {
    if (typeof this.guess !== "number") return "";
    const was = this.run.reached === null ? "never" : `epoch ${this.run.reached}`;
    return ` You guessed ${this.guess ? `epoch ${this.guess}` : "never"}; it is ${was}.`;
  }

  say(words) {
    this.sentence.setAttribute("aria-busy", "true");
    this.sentence.textContent = words;
    this.curves.loss.svg.setAttribute("aria-label", `Loss by epoch. ${words}`);
    this.curves.share.svg.setAttribute("aria-label", `Share right by epoch. ${words}`);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.sentence.setAttribute("aria-busy", "false"), 300);
  }
}
