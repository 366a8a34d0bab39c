import { create } from "zustand";

/** Whether the open film is kept in this browser. */
export interface Saving {
  /** Of the library; null: nothing of it is kept yet. */
  id: string | null;
  /** "off": nobody changed it, it is where it came from. "elsewhere": another tab keeps it. */
  state:
    | "off"
    | "saving"
    | "saved"
    | "failed"
    | "elsewhere"
    /** A film of the server: it has all edits, or some wait for the connection. */
    | "shared"
    | "waiting";
  /** Why it failed. */
  reason: string;
  /** Media that are being copied: so many of so many. */
  keeping: { done: number; total: number } | null;
  /** Edits that the server has yet to decide. */
  waiting: number;
}

export const NOT_SAVED: Saving = {
  id: null,
  state: "off",
  reason: "",
  keeping: null,
  waiting: 0,
};

/** Written by actions/save_film only. */
export const useSaving = create<Saving>(() => NOT_SAVED);
