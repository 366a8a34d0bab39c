// How the JavaScript half says that something failed: a status of core/base/status.h and a sentence.

addToLibrary({
  $CR_STATUS: {
    OK: 0,
    INVALID: -3,
    NOMEM: -4,
    IO: -5,
    NOTFOUND: -6,
    UNSUPPORTED: -7,
    LIMIT: -9,
    DENIED: -12,
    CONFLICT: -13,
    NOSPACE: -14,
    TIMEOUT: -15,
    BUSY: -16,
  },

  $CR_FAULT__deps: ["$CR_STATUS", "$stringToUTF8"],
  $CR_FAULT: {
    /**
     * To be thrown. @param {number} status @param {string} sentence
     * @returns {Error & {crStatus: number}}
     */
    make(status, sentence) {
      return Object.assign(new Error(sentence), { crStatus: status });
    },

    /** What [error] is to C. @param {any} error */
    statusOf(error) {
      if (typeof error?.crStatus === "number") return error.crStatus;
      if (error instanceof RangeError) return CR_STATUS.NOMEM;
      const statuses = {
        NotFoundError: CR_STATUS.NOTFOUND,
        TypeMismatchError: CR_STATUS.IO,
        // A File is a picture of a file at one time; what was written since cannot be read by it.
        NotReadableError: CR_STATUS.CONFLICT,
        InvalidStateError: CR_STATUS.CONFLICT,
        NotAllowedError: CR_STATUS.DENIED,
        SecurityError: CR_STATUS.DENIED,
        QuotaExceededError: CR_STATUS.NOSPACE,
        NoModificationAllowedError: CR_STATUS.BUSY,
        TimeoutError: CR_STATUS.TIMEOUT,
      };
      return statuses[error?.name] ?? CR_STATUS.IO;
    },

    /** What a person reads of [error]. @param {any} error @returns {string} */
    sentenceOf(error) {
      if (typeof error?.crStatus === "number") return error.message;
      const sentences = {
        NotFoundError: "it is not there any more",
        NotReadableError: "it was changed, moved or deleted since it was opened",
        NotAllowedError: "the browser does not allow it",
        SecurityError: "the browser does not allow it",
        QuotaExceededError: "the browser gives this page no more space",
        NoModificationAllowedError: "it is open for writing somewhere else",
        TypeMismatchError: "it is a folder where a file is wanted, or the other way round",
      };
      return sentences[error?.name] ?? `the browser says: ${error?.message ?? error}`;
    },

    /**
     * Puts the sentence of [error] into C's memory and returns its status.
     * @param {any} error @param {number} text @param {number} size
     */
    tell(error, text, size) {
      stringToUTF8(CR_FAULT.sentenceOf(error), text, size);
      return CR_FAULT.statusOf(error);
    },
  },
});
