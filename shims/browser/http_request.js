// One question to a server, asked so that C can wait for it: a synchronous request, which a worker
// may make, tried again where that helps, and a sentence for every way in which it can fail.

addToLibrary({
  $CR_REQUEST__deps: ["$CR_FAULT", "$CR_STATUS"],
  $CR_REQUEST: {
    TIMEOUT_MS: 30000,

    /** Further tries, each after twice the time of the one before. */
    RETRIES: 3,
    FIRST_WAIT_MS: 200,

    /** A server that asks for more patience than this is not waited for. */
    WAIT_MAX_MS: 20000,

    /** "same-origin" or "include": whether other origins get their cookies, too. */
    credentials: "same-origin",

    /**
     * What came back. [status] 0: nothing did.
     * @typedef {{
     *   status: number, body: Uint8Array, isTimeout: boolean, header: (name: string) => ?string,
     * }} CrAnswer
     */

    /** @param {string} url */
    isSameOrigin(url) {
      return new URL(url).origin === globalThis.location.origin;
    },

    /**
     * @param {"HEAD" | "GET"} method @param {string} url @param {Record<string, string>} headers
     * @returns {CrAnswer}
     */
    once(method, url, headers) {
      const request = new XMLHttpRequest();
      let isTimeout = false;
      try {
        request.open(method, url, false);
        request.responseType = "arraybuffer";
        request.timeout = CR_REQUEST.TIMEOUT_MS;
        request.withCredentials = CR_REQUEST.credentials === "include";
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.send();
      } catch (error) {
        isTimeout = /** @type {Error} */ (error).name === "TimeoutError";
      }
      return {
        status: request.status,
        body: new Uint8Array(request.response ?? 0),
        isTimeout,
        header: (name) => request.getResponseHeader(name),
      };
    },

    /**
     * The last answer of as many as it takes.
     * @param {"HEAD" | "GET"} method @param {string} url @param {Record<string, string>} headers
     */
    send(method, url, headers) {
      for (let tries = 0; ; tries++) {
        const answer = CR_REQUEST.once(method, url, headers);
        const wait = CR_REQUEST.waitFor(answer, tries);
        if (tries === CR_REQUEST.RETRIES || wait === null) return answer;
        CR_REQUEST.sleep(wait);
      }
    },

    /** Milliseconds after which it may be better; null: never. @param {CrAnswer} answer @param {number} tries */
    waitFor(answer, tries) {
      const { status, isTimeout } = answer;
      const isPassing = [0, 408, 425, 429, 500, 502, 503, 504].includes(status);
      if (!isPassing || isTimeout || navigator.onLine === false) return null;
      const asked = status === 0 ? null : CR_REQUEST.retryAfter(answer.header("Retry-After"));
      const wait = asked ?? CR_REQUEST.FIRST_WAIT_MS * 2 ** tries;
      return wait <= CR_REQUEST.WAIT_MAX_MS ? wait : null;
    },

    /** Milliseconds, of seconds or a date. @param {?string} text */
    retryAfter(text) {
      if (!text) return null;
      const milliseconds = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
      return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
    },

    /**
     * Shared memory is what a worker can wait at; a page that is not isolated has it under another
     * name, and where it has none at all the next try is made at once.
     * @param {number} milliseconds
     */
    sleep(milliseconds) {
      try {
        const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
        Atomics.wait(new Int32Array(memory.buffer), 0, 0, milliseconds);
      } catch {
        return;
      }
    },

    /** What [answer] is to a person. @param {CrAnswer} answer @param {string} url */
    fault(answer, url) {
      const { status } = answer;
      if (status === 0) return CR_REQUEST.silence(answer, url);
      if (status === 404 || status === 410) {
        return CR_FAULT.make(CR_STATUS.NOTFOUND, `No such file on the server (${status})`);
      }
      if (status === 401 || status === 403) {
        return CR_FAULT.make(
          CR_STATUS.DENIED,
          `the server does not allow it (${status}): sign in, or get a new link`,
        );
      }
      if (status === 412 || status === 416) return CR_REQUEST.changed();
      if (status === 429) {
        return CR_FAULT.make(CR_STATUS.BUSY, "the server has been asked too often (429)");
      }
      const what = status >= 500 ? "the server is in trouble" : "the server does not answer rightly";
      return CR_FAULT.make(CR_STATUS.IO, `${what} (${status})`);
    },

    /** @param {CrAnswer} answer @param {string} url */
    silence(answer, url) {
      if (answer.isTimeout) {
        return CR_FAULT.make(
          CR_STATUS.TIMEOUT,
          `the server has not answered for ${CR_REQUEST.TIMEOUT_MS / 1000} seconds`,
        );
      }
      if (navigator.onLine === false) return CR_FAULT.make(CR_STATUS.IO, "this machine is offline");
      // A browser does not tell a page which of the two it is.
      const orForbidden = CR_REQUEST.isSameOrigin(url)
        ? ""
        : `, or does not let pages of ${globalThis.location.origin} read from it (CORS)`;
      return CR_FAULT.make(CR_STATUS.IO, `the server cannot be reached${orForbidden}`);
    },

    changed() {
      return CR_FAULT.make(
        CR_STATUS.CONFLICT,
        "it was changed on the server while it was open: open it again",
      );
    },
  },
});
