// Playing a run that was computed before: play, pause, seek. A class that extends this has `transport`, and gives `last`,
// the last moment; `halt`, where playing stops; `after`, the moment after so many seconds; `show` and `tell`.

const LONGEST_GAP = 0.25; // seconds between two frames that count: a page that was hidden goes on where it stood

class Playback {
  halt() {
    return this.last;
  }

  play() {
    if (this.time >= this.last) this.time = 0;
    const start = this.time, halt = this.halt();
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    let before = null, seconds = 0;
    const frame = (now) => {
      seconds += before === null ? 0 : Math.min(LONGEST_GAP, (now - before) / 1000); // the first has none before it
      before = now;
      const exact = Math.min(halt, this.after(start, seconds, halt));
      this.time = still ? Math.floor(exact) : exact;
      this.show();
      if (exact < halt) this.playing = requestAnimationFrame(frame);
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
    // Pausing between two moments ends on the one that was begun.
    this.time = Math.min(Math.ceil(this.time), this.last);
    this.show();
    this.tell();
  }

  seek(time) {
    this.pause();
    this.time = Math.max(0, Math.min(time, this.last));
    this.show();
    this.tell();
  }
}
