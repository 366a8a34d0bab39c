// The word from everything that answers later (codecs, the network, storage, sound, the canvas) to
// whoever steps the core: something has moved, ask again.

addToLibrary({
  $CR_ACTIVITY: {
    /** How often something has moved. */
    count: 0,

    /** Who waits for the next time. @type {(() => void)[]} */
    waiting: [],

    moved() {
      CR_ACTIVITY.count++;
      for (const wake of CR_ACTIVITY.waiting.splice(0)) wake();
    },

    /**
     * Resolves with the new count when more has moved than [seen]; at once when it already has. A
     * caller that hands back what it got misses nothing between two calls.
     * @param {number} [seen]
     * @returns {Promise<number>}
     */
    next: async (seen = CR_ACTIVITY.count) => {
      if (CR_ACTIVITY.count === seen) {
        await new Promise((wake) => CR_ACTIVITY.waiting.push(() => wake(undefined)));
      }
      return CR_ACTIVITY.count;
    },
  },
  $CR_ACTIVITY__postset: 'Module["crActivity"] = (seen) => CR_ACTIVITY.next(seen);',
});
