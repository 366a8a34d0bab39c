// What a decoder of H.264 must know first (ISO/IEC 14496-15's configuration record), from a key frame
// that carries its own parameter sets. Firefox's encoder puts them there, and describes them wrongly.

addToLibrary({
  $CR_AVC: {
    SEQUENCE: 7,
    PICTURE: 8,
    LENGTH_BYTES: 4,

    /** Parts of a coded frame, each with a length of four bytes before it. @param {Uint8Array} frame */
    parts(frame) {
      const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
      const parts = [];
      for (let at = 0; at + CR_AVC.LENGTH_BYTES < frame.length;) {
        const size = view.getUint32(at);
        at += CR_AVC.LENGTH_BYTES;
        if (size === 0 || size > frame.length - at) return [];
        parts.push(frame.subarray(at, at + size));
        at += size;
      }
      return parts;
    },

    /** The record, or null where [frame] carries no parameter sets. @param {Uint8Array} frame */
    describe(frame) {
      const parts = CR_AVC.parts(frame);
      const sequence = parts.find((part) => (part[0] & 31) === CR_AVC.SEQUENCE);
      const picture = parts.find((part) => (part[0] & 31) === CR_AVC.PICTURE);
      if (!sequence || !picture || sequence.length < 4) return null;
      const [, profile, constraints, level] = sequence;
      const two = (/** @type {number} */ size) => [size >> 8, size & 255];
      // From High on, the kind of samples: always 4:2:0 of eight bits here.
      const samples = profile >= 100 ? [0xfd, 0xf8, 0xf8, 0] : [];
      return new Uint8Array([
        ...[1, profile, constraints, level, 0xfc | (CR_AVC.LENGTH_BYTES - 1)],
        ...[0xe1, ...two(sequence.length), ...sequence],
        ...[1, ...two(picture.length), ...picture],
        ...samples,
      ]);
    },
  },
});
