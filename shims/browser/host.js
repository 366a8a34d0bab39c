// What the host is beside files: a log and a number of threads.

addToLibrary({
  $CR_LOG: {
    /** cr_log_level, in order. */
    METHODS: ["debug", "error", "warn", "info", "debug"],

    /** @param {number} level @param {string} line */
    write(level, line) {
      if (Module["crLog"]) Module["crLog"](level, line);
      else console[CR_LOG.METHODS[level]](line);
    },
  },

  // Takes [line]: the caller does not wait until it is said.
  cr_js_log__deps: ["$CR_LOG", "$UTF8ToString", "free"],
  cr_js_log__proxy: "async",
  cr_js_log: (level, line) => {
    const said = UTF8ToString(line);
    _free(line);
    CR_LOG.write(level, said);
  },

  // Threads that were begun with the module; more would only come to life once C has returned.
#if PTHREADS
  cr_js_thread_count__deps: ["$PThread"],
  cr_js_thread_count: () => PThread.unusedWorkers.length + 1,
#else
  cr_js_thread_count: () => 1,
#endif
});
