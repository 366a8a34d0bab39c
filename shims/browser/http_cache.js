// Blocks of files on servers, kept in the browser's storage beyond a reload: one file of slots, one of
// records (which block is in which slot), and one of the files that the records speak of.
//
// An access handle is exclusive, so one engine of an origin has the cache, the one that came first;
// the others do without. A record is written after its block and carries a sum over it: what a crash
// left half written is not found again.

addToLibrary({
  $CR_HTTP_CACHE__deps: ["$CR_LOG", "$CR_FAULT"],
  $CR_HTTP_CACHE: {
    BLOCK: 256 << 10,
    RECORD: 20,
    LOCK: "cutroom-http-cache",

    /** Bytes at most; less where the browser gives little. Set before the storage is started. */
    limit: 512 << 20,
    /** Of what the browser gives this origin. */
    SHARE: 0.1,

    /** @type {?FileSystemSyncAccessHandle} */
    blocks: null,
    /** @type {?FileSystemSyncAccessHandle} */
    records: null,
    /** @type {?FileSystemSyncAccessHandle} */
    names: null,

    slotsMax: 0,
    /** Slots that were ever used. */
    top: 0,
    clock: 0,

    /** Number by identity. Made by the lines after this object. @type {Map<string, number>} */
    files: null,
    /** Slot by "file block", the one used last at the end. @type {Map<string, number>} */
    slots: null,
    /** @type {number[]} */
    free: null,

    /** @param {FileSystemDirectoryHandle} own */
    begin: async (own) => {
      const isOurs = await new Promise((resolve) => {
        navigator.locks.request(CR_HTTP_CACHE.LOCK, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock ? new Promise(() => {}) : null;
        });
      });
      if (!isOurs || CR_HTTP_CACHE.limit <= 0) return;
      try {
        await CR_HTTP_CACHE.openAll(own);
      } catch (error) {
        CR_HTTP_CACHE.giveUp(error);
      }
    },

    /** @param {FileSystemDirectoryHandle} own */
    openAll: async (own) => {
      const folder = await own.getDirectoryHandle("http", { create: true });
      const open = async (name) => {
        const handle = await folder.getFileHandle(name, { create: true });
        return handle.createSyncAccessHandle();
      };
      const blocks = await open("blocks");
      CR_HTTP_CACHE.records = await open("records");
      CR_HTTP_CACHE.names = await open("names");
      const { quota } = await navigator.storage.estimate();
      const bytes = Math.min(CR_HTTP_CACHE.limit, (quota ?? 0) * CR_HTTP_CACHE.SHARE);
      CR_HTTP_CACHE.slotsMax = Math.floor(bytes / CR_HTTP_CACHE.BLOCK);
      CR_HTTP_CACHE.restore(blocks);
      CR_HTTP_CACHE.blocks = blocks;
    },

    /** What the last engine left. @param {FileSystemSyncAccessHandle} blocks */
    restore(blocks) {
      const identities = CR_HTTP_CACHE.readNames();
      const found = [];
      const { records, RECORD } = CR_HTTP_CACHE;
      const bytes = new Uint8Array(records.getSize());
      records.read(bytes, { at: 0 });
      const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
      const count = Math.min(Math.floor(bytes.length / RECORD), CR_HTTP_CACHE.slotsMax);
      for (let slot = 0; slot < count; slot++) {
        const [file, block, , , used] = words.subarray((slot * RECORD) / 4);
        if (identities.has(file)) found.push({ slot, file, block, used });
        else CR_HTTP_CACHE.free.push(slot);
      }
      found.sort((a, b) => a.used - b.used);
      for (const { slot, file, block, used } of found) {
        CR_HTTP_CACHE.slots.set(`${file} ${block}`, slot);
        CR_HTTP_CACHE.clock = used;
      }
      // A limit that has become smaller.
      const size = CR_HTTP_CACHE.slotsMax * CR_HTTP_CACHE.BLOCK;
      if (blocks.getSize() > size) blocks.truncate(size);
      CR_HTTP_CACHE.top = count;
      CR_HTTP_CACHE.writeNames(identities, new Set(found.map(({ file }) => file)));
    },

    /** The files' identities by number. */
    readNames() {
      const bytes = new Uint8Array(CR_HTTP_CACHE.names.getSize());
      CR_HTTP_CACHE.names.read(bytes, { at: 0 });
      const identities = new Map();
      for (const line of new TextDecoder().decode(bytes).split("\n")) {
        const found = /^(\d+) (.+)$/.exec(line);
        if (!found) continue;
        identities.set(Number(found[1]), found[2]);
      }
      return identities;
    },

    /** Anew, without those that no block is left of. @param {Map<number, string>} identities @param {Set<number>} used */
    writeNames(identities, used) {
      const lines = [];
      for (const [number, identity] of identities) {
        if (!used.has(number)) continue;
        CR_HTTP_CACHE.files.set(identity, number);
        lines.push(`${number} ${identity}\n`);
      }
      const bytes = new TextEncoder().encode(lines.join(""));
      CR_HTTP_CACHE.names.truncate(0);
      CR_HTTP_CACHE.names.write(bytes, { at: 0 });
      CR_HTTP_CACHE.names.flush();
    },

    /** @param {CrHttpFile} file */
    identityOf(file) {
      return JSON.stringify([file.url, file.tag, file.size]);
    },

    /** 0: nothing is kept of it. @param {CrHttpFile} file */
    numberOf(file) {
      return CR_HTTP_CACHE.files.get(CR_HTTP_CACHE.identityOf(file)) ?? 0;
    },

    /** [file] is being opened: what is there of its address as it was before goes. @param {CrHttpFile} file */
    meet(file) {
      if (!CR_HTTP_CACHE.blocks || !file.tag) return;
      const identity = CR_HTTP_CACHE.identityOf(file);
      const before = JSON.stringify([file.url]).slice(0, -1) + ",";
      for (const [known, number] of CR_HTTP_CACHE.files) {
        if (known !== identity && known.startsWith(before)) CR_HTTP_CACHE.drop(known, number);
      }
      if (CR_HTTP_CACHE.files.has(identity)) return;
      // By chance, so that a record which a crash left behind means no other file than its own.
      const number = crypto.getRandomValues(new Uint32Array(1))[0] || 1;
      CR_HTTP_CACHE.files.set(identity, number);
      const line = new TextEncoder().encode(`${number} ${identity}\n`);
      CR_HTTP_CACHE.guarded(() =>
        CR_HTTP_CACHE.names.write(line, { at: CR_HTTP_CACHE.names.getSize() }),
      );
    },

    /** @param {CrHttpFile} file */
    forget(file) {
      const number = CR_HTTP_CACHE.numberOf(file);
      if (number) CR_HTTP_CACHE.drop(CR_HTTP_CACHE.identityOf(file), number);
    },

    /** @param {string} identity @param {number} number */
    drop(identity, number) {
      CR_HTTP_CACHE.files.delete(identity);
      for (const [key, slot] of CR_HTTP_CACHE.slots) {
        if (key.startsWith(`${number} `)) CR_HTTP_CACHE.clear(key, slot);
      }
    },

    /** @param {string} key @param {number} slot */
    clear(key, slot) {
      CR_HTTP_CACHE.slots.delete(key);
      CR_HTTP_CACHE.free.push(slot);
      CR_HTTP_CACHE.guarded(() => CR_HTTP_CACHE.record(slot, [0, 0, 0, 0, 0]));
    },

    /** @param {number} slot @param {number[]} words file, block, length, sum, used */
    record(slot, words) {
      const at = slot * CR_HTTP_CACHE.RECORD;
      CR_HTTP_CACHE.records.write(Uint32Array.from(words), { at });
    },

    /** @param {CrHttpFile} file @param {number} block */
    has(file, block) {
      if (!CR_HTTP_CACHE.blocks) return false;
      return CR_HTTP_CACHE.slots.has(`${CR_HTTP_CACHE.numberOf(file)} ${block}`);
    },

    /** @param {CrHttpFile} file @param {number} block @returns {?Uint8Array} */
    read(file, block) {
      if (!CR_HTTP_CACHE.has(file, block)) return null;
      const number = CR_HTTP_CACHE.numberOf(file);
      const key = `${number} ${block}`;
      const slot = /** @type {number} */ (CR_HTTP_CACHE.slots.get(key));
      const bytes = CR_HTTP_CACHE.guarded(() => CR_HTTP_CACHE.checked(slot, number, block));
      if (!bytes) {
        CR_HTTP_CACHE.clear(key, slot);
        return null;
      }
      CR_HTTP_CACHE.slots.delete(key);
      CR_HTTP_CACHE.slots.set(key, slot);
      return bytes;
    },

    /** What is in [slot], when it is whole. @param {number} slot @param {number} number @param {number} block */
    checked(slot, number, block) {
      const words = new Uint32Array(5);
      CR_HTTP_CACHE.records.read(words, { at: slot * CR_HTTP_CACHE.RECORD });
      const [file, at, length, sum] = words;
      if (file !== number || at !== block || length > CR_HTTP_CACHE.BLOCK) return null;
      const bytes = new Uint8Array(length);
      const got = CR_HTTP_CACHE.blocks.read(bytes, { at: slot * CR_HTTP_CACHE.BLOCK });
      if (got !== length || CR_HTTP_CACHE.sum(bytes) !== sum) return null;
      words[4] = ++CR_HTTP_CACHE.clock;
      CR_HTTP_CACHE.record(slot, [...words]);
      return bytes;
    },

    /** @param {CrHttpFile} file @param {number} block @param {Uint8Array} bytes */
    write(file, block, bytes) {
      const number = CR_HTTP_CACHE.numberOf(file);
      if (!CR_HTTP_CACHE.blocks || !number || CR_HTTP_CACHE.slotsMax === 0) return;
      const key = `${number} ${block}`;
      if (CR_HTTP_CACHE.slots.has(key)) return;
      const slot = CR_HTTP_CACHE.slot();
      CR_HTTP_CACHE.guarded(() => {
        // Whoever was here is no more before the new one is whole.
        CR_HTTP_CACHE.record(slot, [0, 0, 0, 0, 0]);
        CR_HTTP_CACHE.blocks.write(bytes, { at: slot * CR_HTTP_CACHE.BLOCK });
        const sum = CR_HTTP_CACHE.sum(bytes);
        CR_HTTP_CACHE.record(slot, [number, block, bytes.length, sum, ++CR_HTTP_CACHE.clock]);
        CR_HTTP_CACHE.slots.set(key, slot);
      });
    },

    /** A free one, or that of the block that was not used for the longest time. */
    slot() {
      const free = CR_HTTP_CACHE.free.pop();
      if (free !== undefined) return free;
      if (CR_HTTP_CACHE.top < CR_HTTP_CACHE.slotsMax) return CR_HTTP_CACHE.top++;
      const [key, slot] = CR_HTTP_CACHE.slots.entries().next().value;
      CR_HTTP_CACHE.slots.delete(key);
      return slot;
    },

    /** FNV-1a over words; the last few bytes one by one. @param {Uint8Array} bytes */
    sum(bytes) {
      let sum = 0x811c9dc5;
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
      for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i], 0x01000193);
      for (let i = words.length * 4; i < bytes.length; i++) {
        sum = Math.imul(sum ^ bytes[i], 0x01000193);
      }
      return sum >>> 0;
    },

    /** A cache that fails is no cache, and nobody's fault. @template T @param {() => T} work */
    guarded(work) {
      try {
        return CR_HTTP_CACHE.records ? work() : null;
      } catch (error) {
        CR_HTTP_CACHE.giveUp(error);
        return null;
      }
    },

    giveUp(error) {
      CR_LOG.write(2, `the cache of the network is left out: ${CR_FAULT.sentenceOf(error)}`);
      for (const handle of ["blocks", "records", "names"]) {
        CR_HTTP_CACHE[handle]?.close();
        CR_HTTP_CACHE[handle] = null;
      }
      CR_HTTP_CACHE.slots.clear();
      CR_HTTP_CACHE.files.clear();
      CR_HTTP_CACHE.free.length = 0;
    },
  },
  $CR_HTTP_CACHE__postset:
    "CR_HTTP_CACHE.files = new Map(); CR_HTTP_CACHE.slots = new Map(); CR_HTTP_CACHE.free = [];",
});
