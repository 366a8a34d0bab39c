// Files on servers, "http(s)://…": read by byte ranges, in blocks that are kept in memory and in the
// browser's storage (http_cache.js). What is read in order is fetched ahead while C does not run.
//
// A file is known by its address and its validator (a strong ETag, else its date) and size. Every
// answer is held against that: a file that changes while it is open is a fault, never a mix of two.
// (The browser's own cache lies between us and other origins; it holds an answer against If-Range, which
// a server that gives ranges must know.)

addToLibrary({
  $CR_HTTP__deps: ["$CR_REQUEST", "$CR_HTTP_CACHE", "$CR_MEMORY", "$CR_FAULT", "$CR_STATUS", "$CR_ACTIVITY"],
  $CR_HTTP: {
    BLOCK: 256 << 10,

    /** Blocks of one request at most. */
    RUN_MAX: 16,

    /** Of all files together, in memory. */
    KEPT_MAX: 256,

    /** A file of a server without ranges is taken as a whole up to this size. */
    WHOLE_MAX: 64 << 20,

    /** Blocks read in order before the next are fetched ahead. */
    STREAK_MIN: 2,

    /**
     * @typedef {{
     *   url: string,
     *   size: number,
     *   tag: string,
     *   isStrong: boolean,
     *   isChanged: boolean,
     *   last: number,
     *   streak: number,
     *   flight: ?{begin: number, end: number, stop: AbortController},
     *   isAheadAsked: boolean,
     *   body: ?Uint8Array,
     * }} CrHttpFile [tag]: "" when the server says nothing to know it by
     */

    /** The one that an address stands for. Made by the lines after this object. @type {Map<string, CrHttpFile>} */
    files: null,

    /** Blocks by file and number, the one used last at the end. @type {Map<string, Uint8Array>} */
    kept: null,

    /** @param {string} uri @returns {CrSource} */
    open(uri) {
      const url = new URL(uri).href.replace(/#.*$/, "");
      const file = CR_HTTP.look(url);
      return {
        size: file.size,
        name: CR_HTTP.nameOf(url),
        read: (offset, target) => CR_HTTP.read(file, offset, target),
        close: () => {},
      };
    },

    /** @param {string} url */
    nameOf(url) {
      const { pathname, host } = new URL(url);
      const last = pathname.slice(pathname.lastIndexOf("/") + 1);
      try {
        return decodeURIComponent(last) || host;
      } catch {
        return last;
      }
    },

    /** What the server says of [url] now. @param {string} url @returns {CrHttpFile} */
    look(url) {
      const head = CR_REQUEST.send("HEAD", url, {});
      // Links that are signed for reading refuse this question and no other.
      const isAsked = [200, 204].includes(head.status);
      if (!isAsked && ![400, 403, 405, 501].includes(head.status)) {
        throw CR_REQUEST.fault(head, url);
      }
      const length = isAsked ? Number(head.header("Content-Length") ?? NaN) : NaN;
      const isCoded = isAsked && head.header("Content-Encoding") !== null;
      const ranges = isAsked ? head.header("Accept-Ranges") : null;
      const isKnown = Number.isFinite(length) && !isCoded;
      if (isKnown && ranges === "bytes") return CR_HTTP.known(url, length, head);
      const isWithout = ranges === "none" || (isAsked && CR_REQUEST.isSameOrigin(url));
      if (isKnown && isWithout && length > CR_HTTP.WHOLE_MAX) throw CR_HTTP.tooLarge(length);
      return CR_HTTP.lookInside(url, isKnown ? length : NaN);
    },

    /** By reading its beginning. @param {string} url @param {number} length as far as it is known @returns {CrHttpFile} */
    lookInside(url, length) {
      const answer = CR_REQUEST.send("GET", url, { Range: `bytes=0-${CR_HTTP.BLOCK - 1}` });
      if (answer.status === 200) return CR_HTTP.whole(url, answer);
      if (answer.status === 416) return CR_HTTP.known(url, 0, answer);
      if (answer.status !== 206) throw CR_REQUEST.fault(answer, url);
      const range = CR_HTTP.rangeOf(answer);
      // A shorter answer than was asked for is the whole file.
      const isAll = answer.body.length < CR_HTTP.BLOCK;
      const size = range?.total ?? (isAll ? answer.body.length : length);
      if (!Number.isFinite(size)) {
        throw CR_FAULT.make(
          CR_STATUS.UNSUPPORTED,
          "the server does not say how long it is (Content-Range must be exposed by CORS)",
        );
      }
      const file = CR_HTTP.known(url, size, answer);
      CR_HTTP.keep(file, 0, answer.body);
      return file;
    },

    /** @param {string} url @param {CrAnswer} answer */
    whole(url, answer) {
      const size = answer.body.length;
      if (size > CR_HTTP.WHOLE_MAX) throw CR_HTTP.tooLarge(size);
      const file = CR_HTTP.known(url, size, answer);
      // Beside what is kept of others: it can be had only by asking for all of it again.
      file.body = answer.body;
      return file;
    },

    /** @param {number} size */
    tooLarge(size) {
      return CR_FAULT.make(
        CR_STATUS.UNSUPPORTED,
        `the server gives its ${Math.round(size / 1e6)} MB only as a whole, without byte ranges: ` +
          "download it and open the file",
      );
    },

    /**
     * The file as [answer] shows it; the one that is known already when it is the same.
     * @param {string} url @param {number} size @param {CrAnswer} answer @returns {CrHttpFile}
     */
    known(url, size, answer) {
      const { tag, isStrong } = CR_HTTP.tagOf(answer);
      const before = CR_HTTP.files.get(url);
      if (before && !before.isChanged && before.size === size && before.tag === tag && tag) {
        return before;
      }
      if (before) CR_HTTP.forget(before);
      /** @type {CrHttpFile} */
      const file = {
        url,
        size,
        tag,
        isStrong,
        isChanged: false,
        last: -1,
        streak: 0,
        flight: null,
        isAheadAsked: false,
        body: null,
      };
      CR_HTTP.files.set(url, file);
      CR_HTTP_CACHE.meet(file);
      return file;
    },

    /** @param {{header: (name: string) => ?string}} answer */
    tagOf(answer) {
      const etag = answer.header("ETag");
      if (etag && !etag.startsWith("W/")) return { tag: etag, isStrong: true };
      return { tag: answer.header("Last-Modified") ?? "", isStrong: false };
    },

    /** @param {{header: (name: string) => ?string}} answer */
    rangeOf(answer) {
      const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.header("Content-Range") ?? "");
      return found && { begin: Number(found[1]), total: Number(found[3]) };
    },

    /** Nothing of it is used any more. @param {CrHttpFile} file */
    forget(file) {
      file.isChanged = true;
      file.flight?.stop.abort();
      file.flight = null;
      if (CR_HTTP.files.get(file.url) === file) CR_HTTP.files.delete(file.url);
      for (const key of CR_HTTP.kept.keys()) {
        if (key.startsWith(`${file.url} ${file.tag} `)) CR_HTTP.kept.delete(key);
      }
      CR_HTTP_CACHE.forget(file);
    },

    /** @param {CrHttpFile} file @param {number} number */
    keyOf(file, number) {
      return `${file.url} ${file.tag} ${number}`;
    },

    /** @param {CrHttpFile} file @param {number} number @param {Uint8Array} bytes */
    keep(file, number, bytes) {
      const key = CR_HTTP.keyOf(file, number);
      CR_HTTP.kept.delete(key);
      CR_HTTP.kept.set(key, bytes);
      if (CR_HTTP.kept.size > CR_HTTP.KEPT_MAX) {
        CR_HTTP.kept.delete(CR_HTTP.kept.keys().next().value);
      }
    },

    /** Without asking the server. @param {CrHttpFile} file @param {number} number @returns {?Uint8Array} */
    have(file, number) {
      const key = CR_HTTP.keyOf(file, number);
      const kept = CR_HTTP.kept.get(key) ?? CR_HTTP_CACHE.read(file, number);
      if (kept) CR_HTTP.keep(file, number, kept);
      return kept;
    },

    /** @param {CrHttpFile} file @param {number} offset @param {Uint8Array} target */
    read(file, offset, target) {
      if (file.isChanged) throw CR_REQUEST.changed();
      if (offset >= file.size) return 0;
      if (file.body) return CR_MEMORY.copy(file.body, file.size, offset, target);
      const first = Math.floor(offset / CR_HTTP.BLOCK);
      const end = Math.min(offset + target.length, file.size);
      const last = Math.min(Math.ceil(end / CR_HTTP.BLOCK), first + CR_HTTP.RUN_MAX);
      CR_HTTP.follow(file, first, last);
      let at = offset;
      for (let number = first; number < last; number++) {
        const bytes = CR_HTTP.have(file, number) ?? CR_HTTP.load(file, number, last);
        const from = at - number * CR_HTTP.BLOCK;
        const piece = bytes.subarray(from, from + end - at);
        target.set(piece, at - offset);
        at += piece.length;
      }
      return at - offset;
    },

    /** Notices reading in order, and asks for what comes next. @param {CrHttpFile} file @param {number} first @param {number} end */
    follow(file, first, end) {
      const isNext = first === file.last + 1 || (first === file.last && end - 1 > first);
      if (isNext) file.streak++;
      else if (first !== file.last) file.streak = 0;
      file.last = end - 1;
      if (file.streak < CR_HTTP.STREAK_MIN || file.isAheadAsked) return;
      file.isAheadAsked = true;
      // Only once C has returned: as long as it runs, nothing that is fetched could arrive.
      Promise.resolve().then(() => {
        file.isAheadAsked = false;
        if (!file.isChanged) CR_HTTP.ahead(file);
      });
    },

    /** The blocks from [begin] on that are not there, up to [end]. @param {CrHttpFile} file @param {number} begin @param {number} end */
    missing(file, begin, end) {
      const count = Math.ceil(file.size / CR_HTTP.BLOCK);
      const last = Math.min(end, count, begin + CR_HTTP.RUN_MAX);
      let stop = begin;
      while (stop < last && !CR_HTTP.isThere(file, stop)) stop++;
      return stop;
    },

    /** @param {CrHttpFile} file @param {number} number */
    isThere(file, number) {
      return CR_HTTP.kept.has(CR_HTTP.keyOf(file, number)) || CR_HTTP_CACHE.has(file, number);
    },

    /** @param {CrHttpFile} file @param {number} begin @param {number} end */
    rangeHeaders(file, begin, end) {
      const last = Math.min(end * CR_HTTP.BLOCK, file.size) - 1;
      /** @type {Record<string, string>} */
      const headers = { Range: `bytes=${begin * CR_HTTP.BLOCK}-${last}` };
      // To another origin this header would be a question more (a preflight) with every request;
      // there the answer's own ETag is looked at.
      if (file.isStrong && CR_REQUEST.isSameOrigin(file.url)) headers["If-Match"] = file.tag;
      return headers;
    },

    /**
     * Block [number], and those up to [end] or, in order, a few more, by one request.
     * @param {CrHttpFile} file @param {number} number @param {number} end @returns {Uint8Array}
     */
    load(file, number, end) {
      const flight = file.flight;
      if (flight && number < flight.end && end > flight.begin) {
        // It cannot arrive while we wait here.
        flight.stop.abort();
        file.flight = null;
      }
      const wish = file.streak < CR_HTTP.STREAK_MIN ? end : number + 4;
      const stop = Math.max(number + 1, CR_HTTP.missing(file, number, Math.max(end, wish)));
      const headers = CR_HTTP.rangeHeaders(file, number, stop);
      const answer = CR_REQUEST.send("GET", file.url, headers);
      if (answer.status !== 206) {
        const fault = answer.status === 200 ? CR_REQUEST.changed() : CR_REQUEST.fault(answer, file.url);
        if (fault.crStatus === CR_STATUS.CONFLICT) CR_HTTP.forget(file);
        throw fault;
      }
      CR_HTTP.take(file, number, stop, answer);
      return /** @type {Uint8Array} */ (CR_HTTP.kept.get(CR_HTTP.keyOf(file, number)));
    },

    /**
     * Cuts what came into blocks. @param {CrHttpFile} file @param {number} begin @param {number} end
     * @param {{body: Uint8Array, header: (name: string) => ?string}} answer
     */
    take(file, begin, end, answer) {
      const size = Math.min(end * CR_HTTP.BLOCK, file.size) - begin * CR_HTTP.BLOCK;
      if (!CR_HTTP.isSame(file, begin, size, answer)) {
        CR_HTTP.forget(file);
        throw CR_REQUEST.changed();
      }
      for (let number = begin; number < end; number++) {
        const from = (number - begin) * CR_HTTP.BLOCK;
        const bytes = answer.body.slice(from, from + CR_HTTP.BLOCK);
        CR_HTTP.keep(file, number, bytes);
        CR_HTTP_CACHE.write(file, number, bytes);
      }
    },

    /** Whether [answer] is of the file that was opened, as far as it says. */
    isSame(file, begin, size, answer) {
      const range = CR_HTTP.rangeOf(answer);
      const { tag } = CR_HTTP.tagOf(answer);
      const isInPlace = !range || (range.begin === begin * CR_HTTP.BLOCK && range.total === file.size);
      return answer.body.length === size && isInPlace && (!tag || !file.tag || tag === file.tag);
    },

    /** Fetches what comes after the block read last. @param {CrHttpFile} file */
    ahead(file) {
      if (file.flight) return;
      const window = Math.min(CR_HTTP.RUN_MAX, 2 ** file.streak);
      const far = file.last + 1 + window;
      let begin = file.last + 1;
      const count = Math.ceil(file.size / CR_HTTP.BLOCK);
      while (begin < Math.min(far, count) && CR_HTTP.isThere(file, begin)) begin++;
      // Half a window is left: there is time for a larger request.
      if (begin - file.last - 1 > window / 2 || begin >= count) return;
      const end = Math.max(begin + 1, CR_HTTP.missing(file, begin, begin + window));
      const flight = { begin, end, stop: new AbortController() };
      file.flight = flight;
      CR_HTTP.fly(file, flight).then(
        () => CR_HTTP.landed(file, flight),
        // Whoever then reads it asks once more and hears why.
        () => CR_HTTP.landed(file, flight),
      );
    },

    /** @param {CrHttpFile} file @param {{begin: number, end: number, stop: AbortController}} flight */
    fly: async (file, flight) => {
      const response = await fetch(file.url, {
        headers: CR_HTTP.rangeHeaders(file, flight.begin, flight.end),
        credentials: CR_REQUEST.credentials,
        cache: "no-store",
        signal: flight.stop.signal,
      });
      if (response.status !== 206) {
        flight.stop.abort();
        return;
      }
      const body = new Uint8Array(await response.arrayBuffer());
      if (file.flight !== flight || file.isChanged) return;
      CR_HTTP.take(file, flight.begin, flight.end, {
        body,
        header: (name) => response.headers.get(name),
      });
    },

    landed(file, flight) {
      if (file.flight === flight) file.flight = null;
      CR_ACTIVITY.moved();
    },

    /** @param {{credentials?: "same-origin" | "include", cacheBytes?: number}} options */
    configure(options) {
      if (options.credentials) CR_REQUEST.credentials = options.credentials;
      if (options.cacheBytes !== undefined) CR_HTTP_CACHE.limit = options.cacheBytes;
    },
  },
  $CR_HTTP__postset:
    "CR_HTTP.files = new Map(); CR_HTTP.kept = new Map();" +
    'Module["crHttp"] = { configure: (options) => CR_HTTP.configure(options) };',
});
