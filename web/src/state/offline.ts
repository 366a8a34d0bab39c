import { create } from "zustand";

/** What the service worker made of this page. */
export interface Offline {
  /** Everything works without the network: the page and the engine are kept. */
  isReady: boolean;
  /** Why not, where the browser or the host does not let it. */
  why: string;
  /**
   * "waiting": a new version is here, and the one that runs goes on until it is wished. "elsewhere": another
   * tab began with it. "threads": a page loaded again would have threads.
   */
  news: "none" | "waiting" | "elsewhere" | "threads";
}

/** Written by src/offline only. */
export const useOffline = create<Offline>(() => ({
  isReady: false,
  why: "",
  news: "none",
}));
