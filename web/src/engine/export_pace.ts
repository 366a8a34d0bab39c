// How fast an export is, and when it will be done.

const WINDOW_MS = 5000;

/** Measures over the last seconds, so that a slow scene or a pause does not colour the whole. */
export class Pace {
  #samples: { at: number; frames: number }[] = [];

  /** `frames` are done by now. */
  add(frames: number, at = performance.now()): void {
    this.#samples.push({ at, frames });
    while (this.#samples.length > 2 && at - this.#samples[0]!.at > WINDOW_MS)
      this.#samples.shift();
  }

  /** After a pause nothing before counts. */
  restart(): void {
    this.#samples = [];
  }

  /** Frames a second; 0 until known. */
  get rate(): number {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return ((last.frames - first.frames) * 1000) / (last.at - first.at);
  }

  /** Seconds until `frames` are done; null until known. */
  secondsTo(frames: number): number | null {
    const last = this.#samples.at(-1);
    const rate = this.rate;
    if (!last || rate <= 0) return null;
    return Math.max(0, frames - last.frames) / rate;
  }
}
