// What is shown at each moment of playing: the table, the formula and the sentence.

const ROWS = 6;
const SLOWEST = 4; // steps a second
const LONGEST = 10; // seconds that a whole run may take

class Player extends Playback {
  get last() {
    return this.length;
  }

  halt() {
    const until = Math.max(...this.runs.map((run) => run.until));
    return this.time < until ? until : this.length;
  }

  after(start, seconds, halt) {
    return start + seconds * Math.max(SLOWEST, (halt - start) / LONGEST);
  }

  show() {
    const { lr, momentum } = this.used;
    for (const walker of this.walkers) walker.draw(this.time, lr, momentum);
    const k = Math.floor(this.time);
    if (k === this.shown?.k && this.runs === this.shown.runs) return;
    this.shown = { k, runs: this.runs };
    this.transport.time.show(k);
    this.tabulate(k);
    this.formula.textContent = this.formulas(k);
  }

  tabulate(k) {
    const run = this.runs[0], [a, b] = this.scene.axes;
    const head = element("tr", {}, ...["step", a, b, `slope in ${a}`, `slope in ${b}`, "step's length", "loss"].map((name) =>
      element("th", { scope: "col" }, name)));
    const last = Math.min(k, run.length - 1), rows = [];
    for (let i = Math.max(0, last - ROWS + 1); i <= last; i++) {
      const length = i ? told(Math.hypot(run.x[i] - run.x[i - 1], run.y[i] - run.y[i - 1])) : "–";
      const numbers = [run.x[i], run.y[i], run.gx[i], run.gy[i]].map((value) => told(value));
      const cells = [String(i), ...numbers, length, told(run.losses[i])].map((value) => element("td", {}, value));
      rows.push(element("tr", { className: i === last ? "now" : "" }, ...cells));
    }
    const caption = element("caption", {}, this.runs.length > 1 ? "start 1, step by step" : "step by step");
    this.table.replaceChildren(caption, head, ...rows);
  }

  formulas(k) {
    // The rule with its numbers, and what the function made of it.
    const run = this.runs[0], { lr, momentum } = this.used;
    if (k >= run.length - 1) return "";
    const lines = [["x", "gx", "vx"], ["y", "gy", "vy"]].map(([p, g, v], axis) => {
      const speed = momentum * run[v][k] + run[g][k];
      const rolled = `v = ${told(momentum)}·(${told(run[v][k])}) + (${told(run[g][k])}) = ${told(speed)};  `;
      const to = run[p][k] - lr * speed, got = run[p][k + 1];
      const off = Math.abs(got - to) > 1e-6 * Math.max(1, Math.abs(to)) ? `, but the function went to ${told(got)}` : "";
      return `next ${this.scene.axes[axis]}:  ${momentum > 0 ? rolled : ""}${told(run[p][k])} − ${told(lr)}·(${told(speed)}) = ${told(to)}${off}`;
    });
    return lines.join("\n");
  }

  tell() {
    // One sentence of state; while a slider is dragged only the last one is announced.
    const k = Math.floor(this.time), run = this.runs[0], last = Math.min(k, run.length - 1);
    const [a, b] = this.scene.axes, { lr, momentum } = this.used;
    const rolling = momentum > 0 ? `, momentum ${told(momentum)}` : "";
    let words = `Learning rate ${told(lr)}${rolling}. Step ${last} of ${this.length}: ${a} ${told(run.x[last])}, ` +
      `${b} ${told(run.y[last])}, loss ${told(run.losses[last])}.`;
    this.runs.forEach((each, index) => {
      if (k < each.until || !this.open) return;
      words += (this.runs.length > 1 ? ` Start ${index + 1}: ` : " ") + each.fate;
    });
    if (k >= run.until && this.open) words += this.verdict(run);
    this.say(words);
  }

  verdict(run) {
    // What became of the guess.
    let words = "";
    if (typeof this.guess === "number") {
      const was = run.for_good ?? run.first;
      words += ` You guessed ${this.guess || "never"}; it was ${was ?? "never"}.`;
    }
    const gaps = this.guesses.map(([x, y], k) => Math.hypot(run.x[k + 1] - x, run.y[k + 1] - y)).filter(Number.isFinite);
    if (gaps.length) words += ` Your dots are ${gaps.map((gap) => told(gap, 2)).join(", ")} away from the path's.`;
    return words;
  }

  say(words) {
    this.sentence.setAttribute("aria-busy", "true");
    this.sentence.textContent = words;
    this.place.svg.setAttribute("aria-label", words);
    this.curve.svg.setAttribute("aria-label", `Loss after each step, with a logarithmic scale. ${words}`);
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.sentence.setAttribute("aria-busy", "false"), 300);
  }
}
