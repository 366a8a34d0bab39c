// Files of the browser's storage that are being written.
//
// Opening an access handle is asynchronous and C cannot wait, so a few empty parts with open handles
// lie ready in a folder of this engine's own. A commit writes one line into the journal beside them
// and flushes: from there on the file is complete, whatever happens. Putting it in its place is
// asynchronous again and follows; until then this engine reads it through the handle. A lock is held
// for as long as the engine lives; whoever starts takes the folders without one, puts what was
// committed in its place, and sweeps away the rest.

addToLibrary({
  $CR_PARTS__deps: ["$CR_FAULT", "$CR_STATUS", "$CR_ACTIVITY", "$CR_LOG", "$CR_MEMORY"],
  $CR_PARTS: {
    /** Files that can be begun between two turns of the worker's events. */
    SPARE: 12,

    /** A file up to this size can be read without a pause while it is put in its place. */
    HELD_MAX: 32 << 20,

    LOCK: "cutroom-parts-",
    JOURNAL: "journal",

    /**
     * @typedef {{name: string, handle: FileSystemFileHandle, access: FileSystemSyncAccessHandle}} CrPart
     * @typedef {{
     *   path: string, part: CrPart, size: number, readers: number,
     *   state: "open" | "queued" | "moving" | "failed", held: ?Uint8Array,
     * }} CrPending
     */

    /** This engine's own. @type {?FileSystemDirectoryHandle} */
    folder: null,
    /** @type {?FileSystemSyncAccessHandle} */
    journal: null,
    /** @type {CrPart[]} */
    spare: [],
    lastNumber: 0,

    /** Committed and not yet in place, by path. Made by the line after this object. @type {Map<string, CrPending>} */
    pending: null,

    /** What is done one after the other in the background. @type {?Promise<void>} */
    queue: null,

    /** @param {FileSystemDirectoryHandle} own */
    begin: async (own) => {
      const all = await own.getDirectoryHandle("parts", { create: true });
      const session = crypto.randomUUID();
      // The lock comes first: a folder without one is swept away.
      await new Promise((held) => {
        navigator.locks.request(CR_PARTS.LOCK + session, () => {
          held(undefined);
          return new Promise(() => {});
        });
      });
      await CR_PARTS.sweep(all);
      CR_PARTS.folder = await all.getDirectoryHandle(session, { create: true });
      const journal = await CR_PARTS.folder.getFileHandle(CR_PARTS.JOURNAL, { create: true });
      CR_PARTS.journal = await journal.createSyncAccessHandle();
      await CR_PARTS.fill();
    },

    /** What engines left that are no more. @param {FileSystemDirectoryHandle} all */
    sweep: async (all) => {
      const sessions = [];
      for await (const name of all.keys()) sessions.push(name);
      for (const session of sessions) {
        await navigator.locks.request(CR_PARTS.LOCK + session, { ifAvailable: true }, async (lock) => {
          if (!lock) return;
          try {
            await CR_PARTS.recover(await all.getDirectoryHandle(session));
            await all.removeEntry(session, { recursive: true });
          } catch (error) {
            // The browser may hold a dead worker's files for a moment; the next start sweeps again.
            CR_LOG.write(2, `storage: a former session stays: ${CR_FAULT.sentenceOf(error)}`);
          }
        });
      }
    },

    /** Puts in place what [folder]'s journal says is complete. @param {FileSystemDirectoryHandle} folder */
    recover: async (folder) => {
      const journal = await folder.getFileHandle(CR_PARTS.JOURNAL).catch(() => null);
      if (!journal) return;
      for (const line of (await (await journal.getFile()).text()).split("\n")) {
        const entry = CR_PARTS.parse(line);
        const handle = entry && (await folder.getFileHandle(entry.part).catch(() => null));
        if (!entry || !handle || (await handle.getFile()).size !== entry.size) continue;
        await CR_PARTS.place(handle, entry.path);
      }
    },

    /** @param {string} line @returns {?{part: string, path: string, size: number}} */
    parse(line) {
      try {
        const entry = JSON.parse(line);
        return typeof entry.part === "string" && typeof entry.path === "string" ? entry : null;
      } catch {
        return null; // the last line, cut short
      }
    },

    fill: async () => {
      const folder = /** @type {FileSystemDirectoryHandle} */ (CR_PARTS.folder);
      while (CR_PARTS.spare.length < CR_PARTS.SPARE) {
        const name = String(++CR_PARTS.lastNumber);
        const handle = await folder.getFileHandle(name, { create: true });
        CR_PARTS.spare.push({ name, handle, access: await handle.createSyncAccessHandle() });
      }
    },

    /** After all that is waiting, and whether or not it failed. @param {() => Promise<void>} work */
    later(work) {
      const next = (CR_PARTS.queue ?? Promise.resolve()).then(work).catch((error) => {
        CR_LOG.write(1, `storage: ${CR_FAULT.sentenceOf(error)}`);
      });
      CR_PARTS.queue = next;
      next.then(() => CR_ACTIVITY.moved());
    },

    /**
     * Resolves when everything that was committed and is not being read is in its place, and parts
     * lie ready again.
     */
    settled: async () => {
      for (let seen = null; seen !== CR_PARTS.queue; ) {
        seen = CR_PARTS.queue;
        await seen;
      }
    },

    /** @param {string} path @returns {CrSink} */
    create(path) {
      const part = CR_PARTS.spare.pop();
      CR_PARTS.later(CR_PARTS.fill);
      if (!part) {
        throw CR_FAULT.make(CR_STATUS.BUSY, `more than ${CR_PARTS.SPARE} files are begun at once`);
      }
      /** @type {?CrPending} */
      let committed = null;
      return {
        write: (offset, data) => CR_PARTS.write(part, offset, data),
        read: (offset, target) => part.access.read(target, { at: offset }),
        commit: () => {
          committed = CR_PARTS.commit(part, path);
        },
        close: () => (committed ? CR_PARTS.release(committed) : CR_PARTS.discard(part)),
      };
    },

    /** @param {CrPart} part @param {number} offset @param {Uint8Array} data */
    write(part, offset, data) {
      for (let done = 0; done < data.length; ) {
        const put = part.access.write(data.subarray(done), { at: offset + done });
        if (put === 0) throw CR_FAULT.make(CR_STATUS.NOSPACE, "the storage takes no more");
        done += put;
      }
    },

    /** @param {CrPart} part @param {string} path @returns {CrPending} */
    commit(part, path) {
      const journal = /** @type {FileSystemSyncAccessHandle} */ (CR_PARTS.journal);
      part.access.flush();
      const size = part.access.getSize();
      const line = JSON.stringify({ part: part.name, path, size }) + "\n";
      const end = journal.getSize();
      const bytes = new TextEncoder().encode(line);
      if (journal.write(bytes, { at: end }) !== bytes.length) {
        journal.truncate(end);
        throw CR_FAULT.make(CR_STATUS.NOSPACE, "the storage takes no more");
      }
      journal.flush();
      /** @type {CrPending} */
      const entry = { path, part, size, readers: 1, state: "open", held: null };
      CR_PARTS.pending.set(path, entry);
      return entry;
    },

    /** Emptied, for the next file. @param {CrPart} part */
    discard(part) {
      part.access.truncate(0);
      CR_PARTS.spare.push(part);
    },

    /** One user less; after the last it is put in its place. @param {CrPending} entry */
    release(entry) {
      entry.readers--;
      if (entry.readers > 0 || entry.state !== "open") return;
      entry.state = "queued";
      CR_PARTS.later(() => CR_PARTS.move(entry));
    },

    /** @param {CrPending} entry @returns {CrSource} */
    source(entry) {
      if (entry.state === "moving") {
        if (entry.held) return CR_PARTS.heldSource(entry.held);
        throw CR_FAULT.make(CR_STATUS.BUSY, "it is being put in its place: ask again in a moment");
      }
      entry.readers++;
      return {
        size: entry.size,
        read: (offset, target) => entry.part.access.read(target, { at: offset }),
        close: () => CR_PARTS.release(entry),
      };
    },

    /** @param {Uint8Array} bytes @returns {CrSource} */
    heldSource(bytes) {
      return {
        size: bytes.length,
        read: (offset, target) => CR_MEMORY.copy(bytes, bytes.length, offset, target),
        close: () => {},
      };
    },

    /** @param {CrPending} entry */
    move: async (entry) => {
      entry.state = "open";
      if (entry.readers > 0) return; // opened meanwhile: its last reader brings us back
      if (entry.size <= CR_PARTS.HELD_MAX) {
        entry.held = new Uint8Array(entry.size);
        entry.part.access.read(entry.held, { at: 0 });
      }
      entry.state = "moving";
      entry.part.access.close();
      try {
        const file = await CR_PARTS.place(entry.part.handle, entry.path);
        if (CR_PARTS.pending.get(entry.path) === entry) CR_PARTS.pending.delete(entry.path);
        CR_OPFS.index.set(entry.path, file);
        CR_OPFS.channel?.postMessage(entry.path);
      } catch (error) {
        // Complete all the same: it stays readable here, and the next start tries again.
        entry.part.access = await entry.part.handle.createSyncAccessHandle();
        entry.state = "failed";
        throw CR_FAULT.make(CR_STATUS.IO, `${entry.path}: ${CR_FAULT.sentenceOf(error)}`);
      } finally {
        entry.held = null;
      }
    },

    /** [handle]'s file to [path], over what is there. @param {FileSystemFileHandle} handle @param {string} path */
    place: async (handle, path) => {
      const { folder, name } = await CR_OPFS.place(path, true);
      if (handle.move) await handle.move(folder, name);
      else await CR_PARTS.copy(handle, await folder.getFileHandle(name, { create: true }));
      return (await folder.getFileHandle(name)).getFile();
    },

    /** For a browser without move; when it is cut short the next start does it again. */
    copy: async (from, to) => {
      const source = await from.getFile();
      const target = await to.createSyncAccessHandle();
      try {
        target.truncate(0);
        const step = 4 << 20;
        for (let at = 0; at < source.size; at += step) {
          const bytes = await source.slice(at, at + step).arrayBuffer();
          if (target.write(new Uint8Array(bytes), { at }) !== bytes.byteLength) {
            throw CR_FAULT.make(CR_STATUS.NOSPACE, "the storage takes no more");
          }
        }
        target.flush();
      } finally {
        target.close();
      }
      await from.remove?.();
    },
  },
  $CR_PARTS__postset: "CR_PARTS.pending = new Map();",
});
