// Files in memory, "memory:<name>": what an export leaves for a download, and what a page puts there
// to be read. The bytes are JavaScript's, so that they leave without a copy and the engine's own
// memory does not grow by them.

addToLibrary({
  $CR_MEMORY__deps: ["$CR_FAULT", "$CR_STATUS"],
  $CR_MEMORY: {
    FIRST_ROOM: 1 << 16,

    /** Committed, by name. Made by the line after this object. @type {Map<string, Uint8Array>} */
    all: null,

    /** @param {string} uri */
    nameOf(uri) {
      return uri.slice("memory:".length);
    },

    /** Keeps [bytes] as they are: they must not change while they are there. @param {string} name @param {Uint8Array} bytes */
    put(name, bytes) {
      CR_MEMORY.all.set(name, bytes);
      return `memory:${name}`;
    },

    /** Gives what was committed under [name], which is then gone. @param {string} name @returns {?Uint8Array} */
    take(name) {
      const bytes = CR_MEMORY.all.get(name) ?? null;
      CR_MEMORY.all.delete(name);
      return bytes;
    },

    /** @param {string} uri @returns {CrSource} */
    open(uri) {
      const bytes = CR_MEMORY.all.get(CR_MEMORY.nameOf(uri));
      if (!bytes) throw CR_FAULT.make(CR_STATUS.NOTFOUND, "No such file in memory");
      return {
        size: bytes.length,
        read: (offset, target) => CR_MEMORY.copy(bytes, bytes.length, offset, target),
        close: () => {},
      };
    },

    /** @param {Uint8Array} bytes @param {number} size @param {number} offset @param {Uint8Array} target */
    copy(bytes, size, offset, target) {
      if (offset >= size) return 0;
      const piece = bytes.subarray(offset, Math.min(size, offset + target.length));
      target.set(piece);
      return piece.length;
    },

    /** At least twice the room, so that appending costs what it should. @param {Uint8Array} bytes @param {number} end */
    grown(bytes, end) {
      if (end <= bytes.length) return bytes;
      try {
        const larger = new Uint8Array(Math.max(end, 2 * bytes.length, CR_MEMORY.FIRST_ROOM));
        larger.set(bytes);
        return larger;
      } catch {
        throw CR_FAULT.make(CR_STATUS.NOSPACE, "there is not enough memory for this file");
      }
    },

    /** @param {string} uri @returns {CrSink} */
    create(uri) {
      const name = CR_MEMORY.nameOf(uri);
      if (!name) throw CR_FAULT.make(CR_STATUS.INVALID, "a file to write has no name");
      let bytes = new Uint8Array(0);
      let size = 0;
      return {
        write: (offset, data) => {
          bytes = CR_MEMORY.grown(bytes, offset + data.length);
          bytes.set(data, offset);
          size = Math.max(size, offset + data.length);
        },
        read: (offset, target) => CR_MEMORY.copy(bytes, size, offset, target),
        commit: () => CR_MEMORY.all.set(name, bytes.subarray(0, size)),
        close: () => {},
      };
    },
  },
  $CR_MEMORY__postset:
    "CR_MEMORY.all = new Map();" +
    'Module["crMemory"] = { put: (name, bytes) => CR_MEMORY.put(name, bytes), take: (name) => CR_MEMORY.take(name) };',
});
