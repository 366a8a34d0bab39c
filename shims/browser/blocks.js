// Reading in blocks: a demuxer asks for a few bytes at a time and a browser answers every question
// with a round trip, so each source keeps the blocks that it was last asked for.

addToLibrary({
  $CR_BLOCKS: {
    /**
     * A read costs about 1 ms and 2 ms for each MiB (Chromium, FileReaderSync): in order this gives 200
     * MB/s, and a seek hardly costs more than the least it can.
     */
    SIZE: 256 << 10,

    /** Where the pictures are read, where the sound is, the index, and what was just before. */
    KEPT_MAX: 8,

    /** Blocks that are read at once where one is read after the other. */
    AHEAD_MAX: 4,

    /**
     * A read function over [size] bytes that [load] gets.
     * @param {number} size
     * @param {(begin: number, end: number) => Uint8Array} load
     * @returns {(offset: number, target: Uint8Array) => number}
     */
    reader(size, load) {
      /** By number, the one used last at the end. @type {Map<number, Uint8Array>} */
      const kept = new Map();
      /** The block behind those that were read last, and how many these were. */
      let next = -1;
      let count = 1;
      /** @param {number} number @param {Uint8Array} bytes */
      const keep = (number, bytes) => {
        kept.delete(number);
        kept.set(number, bytes);
        if (kept.size > CR_BLOCKS.KEPT_MAX) kept.delete(kept.keys().next().value);
      };
      /** @param {number} number */
      const fetch = (number) => {
        count = number === next ? Math.min(2 * count, CR_BLOCKS.AHEAD_MAX) : 1;
        const begin = number * CR_BLOCKS.SIZE;
        const bytes = load(begin, Math.min(begin + count * CR_BLOCKS.SIZE, size));
        for (let i = count - 1; i >= 0; i--) {
          const piece = bytes.subarray(i * CR_BLOCKS.SIZE, (i + 1) * CR_BLOCKS.SIZE);
          if (piece.length > 0) keep(number + i, piece);
        }
        next = number + count;
        return kept.get(number) ?? bytes;
      };
      /** @param {number} number */
      const block = (number) => {
        const found = kept.get(number);
        if (!found) return fetch(number);
        keep(number, found);
        return found;
      };
      return (offset, target) => {
        if (offset >= size) return 0;
        const end = Math.min(offset + target.length, size);
        // Whoever asks for this much keeps it too.
        if (end - offset >= CR_BLOCKS.SIZE) {
          target.set(load(offset, end));
          return end - offset;
        }
        let at = offset;
        while (at < end) {
          const number = Math.floor(at / CR_BLOCKS.SIZE);
          const bytes = block(number);
          const from = at - number * CR_BLOCKS.SIZE;
          const piece = bytes.subarray(from, Math.min(bytes.length, from + end - at));
          if (piece.length === 0) break;
          target.set(piece, at - offset);
          at += piece.length;
        }
        return at - offset;
      };
    },
  },
});
