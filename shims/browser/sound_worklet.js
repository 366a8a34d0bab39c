// Plays what the engine's worker writes (sound.js), in the page's audio thread. Where the sound breaks
// off, begins or jumps, the step between two samples is taken away by letting it fade within a few
// milliseconds, so that nothing clicks.

const WRITTEN = 0;
const CONSUMED = 1;
const CLEARED = 2;
const SILENT = 3;
const UNDERRUNS = 4;
const HEADER = 8;

/** Of the step that is left after one sample: it is gone after about 10 ms. */
const FADE = Math.exp(-1 / (0.002 * 48000));

/** Quanta between two answers where there is no shared memory. */
const ANSWER_EVERY = 4;

/** The ring in shared memory. */
class Ring {
  /** @param {SharedArrayBuffer} ring */
  constructor(ring) {
    this.header = new Int32Array(ring, 0, HEADER);
    const samples = new Float32Array(ring, 4 * HEADER);
    const capacity = samples.length / 2;
    this.mask = capacity - 1;
    this.channels = [samples.subarray(0, capacity), samples.subarray(capacity)];
    this.cleared = 0;
  }

  /** Skips what was thrown away; whether anything was since the last time. */
  takeClear() {
    const cleared = Atomics.load(this.header, CLEARED);
    if (cleared === this.cleared) return false;
    this.cleared = cleared;
    const consumed = Atomics.load(this.header, CONSUMED);
    if (((cleared - consumed) | 0) > 0)
      Atomics.store(this.header, CONSUMED, cleared);
    return true;
  }

  /** Fills as much of [outputs] as there is; gives how many samples. @param {Float32Array[]} outputs */
  pull(outputs) {
    const consumed = Atomics.load(this.header, CONSUMED);
    const there = (Atomics.load(this.header, WRITTEN) - consumed) | 0;
    const count = Math.min(there, outputs[0].length);
    outputs.forEach((output, c) => {
      for (let i = 0; i < count; i++)
        output[i] = this.channels[c][(consumed + i) & this.mask];
    });
    Atomics.store(this.header, CONSUMED, (consumed + count) | 0);
    return count;
  }

  /** @param {number} silent samples since the last that was played @param {number} underruns */
  tell(silent, underruns) {
    Atomics.store(this.header, SILENT, silent);
    Atomics.store(this.header, UNDERRUNS, underruns);
  }
}

/** Messages, where a page has no shared memory. */
class Queue {
  /** @param {MessagePort} port */
  constructor(port) {
    /** @type {{at: number, samples: Float32Array[]}[]} */
    this.waiting = [];
    this.consumed = 0;
    this.hasClear = false;
    this.quanta = 0;
    this.port = port;
    port.onmessage = ({ data }) => {
      if (data.samples) this.waiting.push(data);
      else this.clear(data.cleared);
    };
  }

  /** Messages keep their order: all that waits was written before. @param {number} at */
  clear(at) {
    this.waiting.length = 0;
    this.consumed = at;
    this.hasClear = true;
  }

  takeClear() {
    const hasClear = this.hasClear;
    this.hasClear = false;
    return hasClear;
  }

  /** @param {Float32Array[]} outputs */
  pull(outputs) {
    let count = 0;
    while (this.waiting.length > 0 && count < outputs[0].length) {
      const { at, samples } = this.waiting[0];
      const from = (this.consumed - at) | 0;
      const size = Math.min(
        samples[0].length - from,
        outputs[0].length - count,
      );
      outputs.forEach((output, c) =>
        output.set(samples[c].subarray(from, from + size), count),
      );
      count += size;
      this.consumed = (this.consumed + size) | 0;
      if (from + size === samples[0].length) this.waiting.shift();
    }
    return count;
  }

  /** @param {number} silent @param {number} underruns */
  tell(silent, underruns) {
    if (++this.quanta % ANSWER_EVERY !== 0) return;
    this.port.postMessage([
      [CONSUMED, this.consumed],
      [SILENT, silent],
      [UNDERRUNS, underruns],
    ]);
  }
}

class CutroomSound extends AudioWorkletProcessor {
  constructor() {
    super();
    /** @type {?(Ring | Queue)} */
    this.source = null;
    this.isEnded = false;
    this.last = [0, 0];
    this.step = [0, 0];
    this.isSilent = true;
    this.silent = 0;
    this.underruns = 0;
    this.port.onmessage = ({ data }) => {
      if (data.end) this.isEnded = true;
      else this.source = data.ring ? new Ring(data.ring) : new Queue(data.port);
    };
  }

  /** The sound goes on at [at] with another value than it had: the difference fades. */
  join(outputs, at) {
    outputs.forEach((output, c) => {
      this.step[c] = (at > 0 ? output[at - 1] : this.last[c]) - output[at];
    });
  }

  /** Adds what is left of the step to [from, to). */
  smooth(outputs, from, to) {
    outputs.forEach((output, c) => {
      for (let i = from; i < to; i++) {
        output[i] += this.step[c];
        this.step[c] *= FADE;
      }
      if (Math.abs(this.step[c]) < 1e-6) this.step[c] = 0;
    });
  }

  process(_inputs, [outputs]) {
    if (!this.source) return !this.isEnded;
    const size = outputs[0].length;
    const isCleared = this.source.takeClear();
    const count = this.source.pull(outputs);
    if (count > 0) {
      if (isCleared || this.isSilent) this.join(outputs, 0);
      this.smooth(outputs, 0, count);
      this.isSilent = false;
      this.silent = 0;
    }
    if (count < size) {
      if (!this.isSilent) {
        this.join(outputs, count);
        // What was thrown away is not missing.
        if (!isCleared) this.underruns++;
      }
      this.smooth(outputs, count, size);
      this.isSilent = true;
      this.silent += size - count;
    }
    this.last = outputs.map((output) => output[size - 1]);
    this.source.tell(this.silent, this.underruns);
    return !this.isEnded;
  }
}

registerProcessor("cutroom-sound", CutroomSound);
