// Settings go to the kernel and its answer comes back, one at a time; settings made meanwhile wait and are sent together.

const PATIENCE = 4000; // milliseconds

class Exchange {
  constructor(model, unanswered) {
    Object.assign(this, { model, unanswered, sent: 0, wish: {}, busy: false });
  }

  ask(kept, changes) {
    this.wish = { ...kept, ...this.wish, ...changes };
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
      this.unanswered();
    }, PATIENCE);
  }

  waits(name) {
    // Whether this setting has been moved on since the wish that is answered now.
    return this.busy && name in this.wish;
  }

  received() {
    // Whether that was all; otherwise the next wish is on its way.
    clearTimeout(this.waiting);
    this.busy = false;
    const all = !Object.keys(this.wish).length;
    if (!all) this.send();
    return all;
  }

  leave() {
    clearTimeout(this.waiting);
  }
}
