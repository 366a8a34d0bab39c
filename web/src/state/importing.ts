import { create } from "zustand";

/** Files that are being taken in; 0: none. */
export const useImporting = create<{ total: number; since: number }>(() => ({
  total: 0,
  since: 0,
}));
