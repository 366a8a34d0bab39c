// What a drag on the timeline would do, while it lasts: to be drawn, and to be told.
import { create } from "zustand";
import type { Ticks } from "@/engine/engine";
import type { Stretch } from "@/state/timeline_moves";
import type { Shown } from "@/state/timeline_trims";

/** Something that would be put onto a track. */
export interface Ghost extends Stretch {
  name: string;
}

export interface Drag {
  /** Clips in the place that they would have. */
  shown: ReadonlyMap<string, Shown>;
  /** They float over the others, half seen through. */
  isLifted: boolean;
  ghosts: readonly Ghost[];
  /** What would be overwritten. */
  covered: readonly Stretch[];
  /** Where everything would make room; null: nowhere. */
  room: Ticks | null;
  /** What an edge sticks to. */
  guide: Ticks | null;
  /** In a few words, beside the pointer. */
  note: string;
  noteAt: { x: number; y: number } | null;
  /** New values that are shown before they are true. */
  fades: { clip: string; in: Ticks; out: Ticks } | null;
  gain: { clip: string; gain: number } | null;
  transition: { id: string; start: Ticks; duration: Ticks } | null;
  keys: { clip: string; from: Ticks; to: Ticks } | null;
  marker: { id: string; start: Ticks } | null;
  /** Times and pixels of a selecting rectangle. */
  marquee: { from: Ticks; to: Ticks; top: number; bottom: number } | null;
}

export const NO_DRAG: Drag = {
  shown: new Map(),
  isLifted: false,
  ghosts: [],
  covered: [],
  room: null,
  guide: null,
  note: "",
  noteAt: null,
  fades: null,
  gain: null,
  transition: null,
  keys: null,
  marker: null,
  marquee: null,
};

export const useDrag = create<Drag>(() => NO_DRAG);

export const dragNow = useDrag.getState;

/** What is dragged now, and nothing of what was before. */
export const showDrag = (part: Partial<Drag>) =>
  useDrag.setState({ ...NO_DRAG, ...part }, true);

export const endDrag = () => useDrag.setState(NO_DRAG, true);
