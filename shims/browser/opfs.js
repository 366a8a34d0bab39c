// Files of the browser's own storage (the origin private file system), "opfs:/<path>".
//
// C wants answers at once and this file system gives hardly any: only reading and writing through an
// access handle, and reading a File, are synchronous. So what is there is kept as an index of File
// snapshots by path, which any number of workers and tabs can read at the same time; what is being
// written has access handles of its own (opfs_parts.js). Every engine tells the others what it has
// put in place or removed. Whoever cannot wait for that word (a worker that joins what others have
// just written) awaits prepare() first.

addToLibrary({
  $CR_OPFS__deps: [
    "$CR_FAULT",
    "$CR_STATUS",
    "$CR_FILES",
    "$CR_PARTS",
    "$CR_HTTP_CACHE",
    "$CR_ACTIVITY",
    "$CR_LOG",
  ],
  $CR_OPFS: {
    /** Ours at the root: parts of files, and what the network gave. Nobody's path begins with it. */
    OWN: ".cutroom",

    /** @type {?FileSystemDirectoryHandle} */
    root: null,

    /** @type {?Promise<void>} */
    started: null,

    /** By path. Made by the line after this object. @type {Map<string, File>} */
    index: null,

    /** Between engines of this origin. @type {?BroadcastChannel} */
    channel: null,

    /** Must have resolved before C opens anything here. Rejects with a sentence. */
    start() {
      CR_OPFS.started ??= CR_OPFS.begin();
      return CR_OPFS.started;
    },

    begin: async () => {
      if (!navigator.storage?.getDirectory || !navigator.locks) {
        throw CR_FAULT.make(CR_STATUS.UNSUPPORTED, "This browser gives pages no files of their own");
      }
      const root = await navigator.storage.getDirectory();
      const own = await root.getDirectoryHandle(CR_OPFS.OWN, { create: true });
      CR_OPFS.root = root;
      await CR_PARTS.begin(own);
      await CR_HTTP_CACHE.begin(own);
      await CR_OPFS.refresh("");
      CR_OPFS.channel = new BroadcastChannel("cutroom-opfs");
      CR_OPFS.channel.onmessage = ({ data }) => {
        CR_OPFS.refresh(data).catch((error) =>
          CR_LOG.write(2, `storage: ${data}: ${CR_FAULT.sentenceOf(error)}`),
        );
      };
    },

    /**
     * The parts of an "opfs:/a/b" or "/a/b" or "a/b", joined by "/".
     * @param {string} uri @returns {string}
     */
    pathOf(uri) {
      const parts = uri.replace(/^opfs:/, "").split("/").filter((part) => part !== "");
      const isBad = parts.some((part) => part === "." || part === "..");
      if (isBad || parts[0] === CR_OPFS.OWN) {
        throw CR_FAULT.make(CR_STATUS.INVALID, "this is not a path of the browser's storage");
      }
      return parts.join("/");
    },

    /** @param {string} path */
    isFolder(path) {
      for (const known of [...CR_OPFS.index.keys(), ...CR_PARTS.pending.keys()]) {
        if (known.startsWith(`${path}/`)) return true;
      }
      return false;
    },

    /** @param {string} uri @returns {CrSource} */
    open(uri) {
      const path = CR_OPFS.pathOf(uri);
      const pending = CR_PARTS.pending.get(path);
      if (pending) return CR_PARTS.source(pending);
      const file = CR_OPFS.index.get(path);
      if (file) return CR_FILES.source(file);
      if (!CR_OPFS.root) throw CR_FAULT.make(CR_STATUS.BUSY, "the browser's storage is not open yet");
      if (path === "" || CR_OPFS.isFolder(path)) throw CR_FAULT.make(CR_STATUS.IO, "Is a folder");
      throw CR_FAULT.make(CR_STATUS.NOTFOUND, "No such file in the browser's storage");
    },

    /** @param {string} uri @returns {CrSink} */
    create(uri) {
      const path = CR_OPFS.pathOf(uri);
      if (path === "") throw CR_FAULT.make(CR_STATUS.INVALID, "a file to write has no name");
      if (!CR_OPFS.root) throw CR_FAULT.make(CR_STATUS.BUSY, "the browser's storage is not open yet");
      if (CR_OPFS.isFolder(path)) throw CR_FAULT.make(CR_STATUS.IO, "Is a folder");
      return CR_PARTS.create(path);
    },

    /**
     * The folder of [path] and its last name. NotFoundError when a folder is not there and not
     * to be made.
     * @param {string} path @param {boolean} isMade
     */
    place: async (path, isMade) => {
      const parts = path.split("/");
      const name = /** @type {string} */ (parts.pop());
      let folder = /** @type {FileSystemDirectoryHandle} */ (CR_OPFS.root);
      for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: isMade });
      return { folder, name };
    },

    /** What is at [path] now: a file, a folder, or null. @param {string} path */
    handle: async (path) => {
      if (path === "") return CR_OPFS.root;
      try {
        const { folder, name } = await CR_OPFS.place(path, false);
        return await folder.getFileHandle(name).catch((error) => {
          if (error.name !== "TypeMismatchError") throw error;
          return folder.getDirectoryHandle(name);
        });
      } catch (error) {
        if (/** @type {Error} */ (error).name === "NotFoundError") return null;
        throw error;
      }
    },

    /** Sees what is at [path] and below it anew. @param {string} path */
    refresh: async (path) => {
      const found = new Map();
      const handle = await CR_OPFS.handle(path);
      if (handle) await CR_OPFS.gather(handle, path, found);
      for (const known of CR_OPFS.index.keys()) {
        const isBelow = path === "" || known === path || known.startsWith(`${path}/`);
        if (isBelow && !found.has(known)) CR_OPFS.index.delete(known);
      }
      for (const [known, file] of found) CR_OPFS.index.set(known, file);
      CR_ACTIVITY.moved();
    },

    /** @param {FileSystemHandle} handle @param {string} path @param {Map<string, File>} found */
    gather: async (handle, path, found) => {
      if (handle.kind === "file") {
        // A file that goes away while we look was never there.
        const file = await handle.getFile().catch(() => null);
        if (file) found.set(path, file);
        return;
      }
      const below = [];
      for await (const [name, child] of handle.entries()) {
        if (path === "" && name === CR_OPFS.OWN) continue;
        below.push(CR_OPFS.gather(child, path === "" ? name : `${path}/${name}`, found));
      }
      await Promise.all(below);
    },

    /**
     * Resolves when every file and folder of [paths] can be opened as it is now, whoever wrote it.
     * @param {string[]} paths
     */
    prepare: async (paths) => {
      await CR_OPFS.start();
      await CR_PARTS.settled();
      for (const path of paths) await CR_OPFS.refresh(CR_OPFS.pathOf(path));
    },

    /**
     * What is at [path] and below, "" for everything.
     * @param {string} [path] @returns {Promise<{path: string, size: number, modified: number}[]>}
     */
    list: async (path = "") => {
      await CR_OPFS.prepare([path]);
      const wanted = CR_OPFS.pathOf(path);
      return [...CR_OPFS.index]
        .filter(([at]) => wanted === "" || at === wanted || at.startsWith(`${wanted}/`))
        .map(([at, file]) => ({ path: at, size: file.size, modified: file.lastModified }))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },

    /** The file itself, for a download. @param {string} path @returns {Promise<?File>} */
    file: async (path) => {
      await CR_OPFS.prepare([path]);
      return CR_OPFS.index.get(CR_OPFS.pathOf(path)) ?? null;
    },

    /** A file, or a folder and all in it. What is not there is no fault. @param {string} uri */
    remove: async (uri) => {
      const path = CR_OPFS.pathOf(uri);
      if (path === "") throw CR_FAULT.make(CR_STATUS.INVALID, "the whole storage is not removed");
      await CR_OPFS.prepare([]);
      const handle = await CR_OPFS.handle(path);
      if (handle) {
        const { folder, name } = await CR_OPFS.place(path, false);
        await folder.removeEntry(name, { recursive: true });
      }
      await CR_OPFS.refresh(path);
      CR_OPFS.channel?.postMessage(path);
    },

    /** Bytes that this origin uses and may use. @returns {Promise<{used: number, quota: number}>} */
    usage: async () => {
      const { usage, quota } = await navigator.storage.estimate();
      return { used: usage ?? 0, quota: quota ?? 0 };
    },
  },
  $CR_OPFS__postset:
    "CR_OPFS.index = new Map();" +
    'Module["crOpfs"] = {' +
    "start: () => CR_OPFS.start()," +
    "prepare: (paths) => CR_OPFS.prepare(paths)," +
    "settled: () => CR_PARTS.settled()," +
    "list: (path) => CR_OPFS.list(path)," +
    "file: (path) => CR_OPFS.file(path)," +
    "remove: (path) => CR_OPFS.remove(path)," +
    "usage: () => CR_OPFS.usage() };",
});
