// Where the engine's sound leaves this worker: a ring in shared memory that an AudioWorklet empties,
// or, on a page that is not isolated, messages that it answers. Positions are samples since the link
// was made; they wrap at 2^32 and are only ever subtracted. Names of the ring's header are those of
// sound_worklet.js.

addToLibrary({
  $CR_SOUND__deps: ["$CR_ACTIVITY"],
  $CR_SOUND: {
    /** Samples that the ring holds: a third of a second. A power of two. */
    CAPACITY: 1 << 14,

    /** Words of the header. */
    WRITTEN: 0,
    CONSUMED: 1,
    CLEARED: 2,
    SILENT: 3,
    UNDERRUNS: 4,
    LATENCY: 5,
    RUNNING: 6,
    HEADER: 8,

    /**
     * What sound leaves by. [state] is what the header says, wherever it is.
     * @typedef {{
     *   state: (word: number) => number,
     *   write: (at: number, left: Float32Array, right: Float32Array) => void,
     *   clear: (at: number) => void,
     * }} CrSoundDevice
     */

    /** @type {?CrSoundDevice} */
    device: null,
    written: 0,
    cleared: 0,
    /** What heard() said last: it never falls. */
    told: 0,

    /** Makes the device anew and gives what the page connects it by. */
    link() {
      CR_SOUND.written = 0;
      CR_SOUND.cleared = 0;
      CR_SOUND.told = 0;
      const isShared = typeof SharedArrayBuffer !== "undefined" && globalThis.crossOriginIsolated;
      return isShared ? CR_SOUND.linkRing() : CR_SOUND.linkPort();
    },

    linkRing() {
      const size = 4 * CR_SOUND.HEADER + 8 * CR_SOUND.CAPACITY;
      const ring = new SharedArrayBuffer(size);
      const header = new Int32Array(ring, 0, CR_SOUND.HEADER);
      const samples = new Float32Array(ring, 4 * CR_SOUND.HEADER);
      CR_SOUND.device = {
        state: (word) => Atomics.load(header, word),
        write: (at, left, right) => {
          CR_SOUND.store(samples.subarray(0, CR_SOUND.CAPACITY), at, left);
          CR_SOUND.store(samples.subarray(CR_SOUND.CAPACITY), at, right);
          Atomics.store(header, CR_SOUND.WRITTEN, (at + left.length) | 0);
        },
        clear: (at) => void Atomics.store(header, CR_SOUND.CLEARED, at),
      };
      return { ring };
    },

    /** @param {Float32Array} channel @param {number} at @param {Float32Array} samples */
    store(channel, at, samples) {
      const begin = at & (CR_SOUND.CAPACITY - 1);
      const first = Math.min(samples.length, CR_SOUND.CAPACITY - begin);
      channel.set(samples.subarray(0, first), begin);
      channel.set(samples.subarray(first), 0);
    },

    /** Two ports: one for the worklet, which plays and answers, one for the page's own word. */
    linkPort() {
      const state = new Int32Array(CR_SOUND.HEADER);
      const sound = new MessageChannel();
      const control = new MessageChannel();
      sound.port1.onmessage = control.port1.onmessage = ({ data }) => {
        for (const [word, value] of data) state[word] = value;
        CR_ACTIVITY.moved();
      };
      CR_SOUND.device = {
        state: (word) => state[word],
        write: (at, left, right) => {
          const copies = [left.slice(), right.slice()];
          sound.port1.postMessage({ at, samples: copies }, copies.map((copy) => copy.buffer));
        },
        clear: (at) => sound.port1.postMessage({ cleared: at }),
      };
      return { port: sound.port2, control: control.port2 };
    },

    /** Consumed since the last clear: the worklet may not have seen that yet. @param {CrSoundDevice} device */
    consumed(device) {
      return Math.max(0, (device.state(CR_SOUND.CONSUMED) - CR_SOUND.cleared) | 0);
    },

    room() {
      const device = CR_SOUND.device;
      if (!device) return 0;
      const held = (CR_SOUND.written - device.state(CR_SOUND.CONSUMED)) | 0;
      return CR_SOUND.CAPACITY - held;
    },

    heard() {
      const device = CR_SOUND.device;
      if (!device) return 0;
      const consumed = CR_SOUND.consumed(device);
      // What the device still holds; silence behind the last sample pushes that out, too.
      const behind = device.state(CR_SOUND.LATENCY) - device.state(CR_SOUND.SILENT);
      CR_SOUND.told = Math.max(CR_SOUND.told, consumed - Math.max(0, behind));
      return CR_SOUND.told;
    },

    clear() {
      CR_SOUND.cleared = CR_SOUND.written;
      CR_SOUND.told = 0;
      CR_SOUND.device?.clear(CR_SOUND.cleared);
    },
  },
  $CR_SOUND__postset:
    'Module["crSound"] = { link: () => CR_SOUND.link(), underruns: () => CR_SOUND.device?.state(CR_SOUND.UNDERRUNS) ?? 0 };',

  cr_js_sound_room__deps: ["$CR_SOUND"],
  cr_js_sound_room: () => CR_SOUND.room(),

  cr_js_sound_write__deps: ["$CR_SOUND"],
  cr_js_sound_write: (left, right, count) => {
    const size = Math.min(count, CR_SOUND.room());
    if (!CR_SOUND.device || size <= 0) return;
    CR_SOUND.device.write(
      CR_SOUND.written,
      HEAPF32.subarray(left >>> 2, (left >>> 2) + size),
      HEAPF32.subarray(right >>> 2, (right >>> 2) + size),
    );
    CR_SOUND.written = (CR_SOUND.written + size) | 0;
  },

  cr_js_sound_heard__deps: ["$CR_SOUND"],
  cr_js_sound_heard: () => CR_SOUND.heard(),

  cr_js_sound_clear__deps: ["$CR_SOUND"],
  cr_js_sound_clear: () => CR_SOUND.clear(),

  cr_js_sound_is_running__deps: ["$CR_SOUND"],
  cr_js_sound_is_running: () => CR_SOUND.device?.state(CR_SOUND.RUNNING) ?? 0,
});
