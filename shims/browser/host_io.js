// Sources and sinks by uri. All of them live in the worker that made the module: a call from another
// thread travels there ("proxy") and waits, which works also while that worker itself waits for its
// threads, as Emscripten serves such calls in every wait.

addToLibrary({
  $CR_IO__deps: ["$CR_FAULT", "$CR_STATUS", "$CR_FILES", "$CR_MEMORY", "$CR_OPFS", "$CR_HTTP"],
  $CR_IO: {
    /**
     * Both throw a CR_FAULT or a DOMException. A read may be short.
     * @typedef {{
     *   size: number,
     *   name?: string,
     *   read: (offset: number, target: Uint8Array) => number,
     *   close: () => void,
     * }} CrSource
     * @typedef {{
     *   write: (offset: number, data: Uint8Array) => void,
     *   read: (offset: number, target: Uint8Array) => number,
     *   commit: () => void,
     *   close: () => void,
     * }} CrSink
     */

    lastId: 0,

    /** Open, by id. Made by the lines after this object. @type {Map<number, CrSource>} */
    sources: null,
    /** @type {Map<number, CrSink>} */
    sinks: null,

    /** @param {string} uri */
    schemeOf(uri) {
      return /^([a-z]+):/.exec(uri)?.[1] ?? "";
    },

    /** @param {string} uri @returns {CrSource} */
    openSource(uri) {
      switch (CR_IO.schemeOf(uri)) {
        case "file":
          return CR_FILES.open(uri);
        case "memory":
          return CR_MEMORY.open(uri);
        case "opfs":
          return CR_OPFS.open(uri);
        case "http":
        case "https":
          return CR_HTTP.open(uri);
        default:
          throw CR_FAULT.make(
            CR_STATUS.NOTFOUND,
            "No such file: a browser reads file:, opfs:, memory: and http(s): only",
          );
      }
    },

    /** @param {string} uri @returns {CrSink} */
    openSink(uri) {
      switch (CR_IO.schemeOf(uri)) {
        case "memory":
          return CR_MEMORY.create(uri);
        case "opfs":
          return CR_OPFS.create(uri);
        default:
          throw CR_FAULT.make(CR_STATUS.INVALID, "a browser writes to opfs: and memory: only");
      }
    },

    /** @param {string} uri */
    lastPart(uri) {
      const path = uri.replace(/[?#].*$/, "");
      return path.slice(path.lastIndexOf("/") + 1) || path;
    },

    /**
     * Runs [call] for C: its number, or the status and the sentence of what it throws.
     * @param {() => number | void} call @param {number} text @param {number} size
     */
    answer(call, text, size) {
      try {
        return call() ?? CR_STATUS.OK;
      } catch (error) {
        return CR_FAULT.tell(error, text, size);
      }
    },

    /** C's memory, as it is now. @param {number} data @param {number} size */
    memory(data, size) {
      const begin = data >>> 0;
      return HEAPU8.subarray(begin, begin + size);
    },

    /** @template T @param {Map<number, T>} all @param {number} id @returns {T} */
    of(all, id) {
      const found = all.get(id);
      if (!found) throw CR_FAULT.make(CR_STATUS.INVALID, "it is not open any more");
      return found;
    },
  },
  $CR_IO__postset: "CR_IO.sources = new Map(); CR_IO.sinks = new Map();",

  cr_js_source_open__deps: ["$CR_IO", "$UTF8ToString", "$stringToUTF8"],
  cr_js_source_open__proxy: "sync",
  cr_js_source_open: (uri, bytes, name, nameSize, text, textSize) =>
    CR_IO.answer(
      () => {
        const address = UTF8ToString(uri);
        const source = CR_IO.openSource(address);
        const id = ++CR_IO.lastId;
        CR_IO.sources.set(id, source);
        HEAPF64[bytes >>> 3] = source.size;
        stringToUTF8(source.name ?? CR_IO.lastPart(address), name, nameSize);
        return id;
      },
      text,
      textSize,
    ),

  cr_js_source_read__deps: ["$CR_IO"],
  cr_js_source_read__proxy: "sync",
  cr_js_source_read: (id, offset, data, size, text, textSize) =>
    CR_IO.answer(
      () => CR_IO.of(CR_IO.sources, id).read(offset, CR_IO.memory(data, size)),
      text,
      textSize,
    ),

  cr_js_source_close__deps: ["$CR_IO"],
  cr_js_source_close__proxy: "sync",
  cr_js_source_close: (id) => {
    CR_IO.sources.get(id)?.close();
    CR_IO.sources.delete(id);
  },

  cr_js_sink_open__deps: ["$CR_IO", "$UTF8ToString"],
  cr_js_sink_open__proxy: "sync",
  cr_js_sink_open: (uri, text, textSize) =>
    CR_IO.answer(
      () => {
        const sink = CR_IO.openSink(UTF8ToString(uri));
        const id = ++CR_IO.lastId;
        CR_IO.sinks.set(id, sink);
        return id;
      },
      text,
      textSize,
    ),

  cr_js_sink_write__deps: ["$CR_IO"],
  cr_js_sink_write__proxy: "sync",
  cr_js_sink_write: (id, offset, data, size, text, textSize) =>
    CR_IO.answer(
      () => CR_IO.of(CR_IO.sinks, id).write(offset, CR_IO.memory(data, size)),
      text,
      textSize,
    ),

  cr_js_sink_read__deps: ["$CR_IO"],
  cr_js_sink_read__proxy: "sync",
  cr_js_sink_read: (id, offset, data, size, text, textSize) =>
    CR_IO.answer(
      () => CR_IO.of(CR_IO.sinks, id).read(offset, CR_IO.memory(data, size)),
      text,
      textSize,
    ),

  cr_js_sink_commit__deps: ["$CR_IO"],
  cr_js_sink_commit__proxy: "sync",
  cr_js_sink_commit: (id, text, textSize) =>
    CR_IO.answer(() => void CR_IO.of(CR_IO.sinks, id).commit(), text, textSize),

  cr_js_sink_close__deps: ["$CR_IO"],
  cr_js_sink_close__proxy: "sync",
  cr_js_sink_close: (id) => {
    CR_IO.sinks.get(id)?.close();
    CR_IO.sinks.delete(id);
  },
});
