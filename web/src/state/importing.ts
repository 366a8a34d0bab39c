import { create } from "zustand";

/** Files that are being taken in; 0: none. */
export interface Importing {
  total: number;
  done: number;
  since: number;
  /** How much of the bytes is on the server, in percent; null: they stay in this browser. */
  percent: number | null;
  /** Ends it; null: that is not possible. */
  stop: (() => void) | null;
}

export const NO_IMPORT: Importing = {
  total: 0,
  done: 0,
  since: 0,
  percent: null,
  stop: null,
};

export const useImporting = create<Importing>(() => NO_IMPORT);
