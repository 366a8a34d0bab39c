import { create } from "zustand";

/** The quietest that the slider gives. */
export const VOLUME_MIN = -40;

/** How loud the page plays, in decibels; not part of the film. */
export const useVolume = create<{ gain: number; isMuted: boolean }>(() => ({
  gain: 0,
  isMuted: false,
}));
