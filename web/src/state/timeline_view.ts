// What of the film the timeline shows: how large, from where, with which tool. Not part of the film.
import { create } from "zustand";
import { TICKS_PER_SECOND, type Rate, type Ticks } from "@/engine/engine";
import { lengthOf, type Project } from "@/state/project";

/** What the pointer does. */
export type Tool = "select" | "trim" | "blade" | "slip" | "slide";

export interface View {
  /** Ticks in a CSS pixel. */
  scale: number;
  /** The time at the left edge of the lanes. */
  left: Ticks;
  /** Of the lanes, in CSS pixels. */
  width: number;
  /** All of the film is shown, and stays so when the room for it changes. */
  isFitted: boolean;
  tool: Tool;
  isSnapping: boolean;
  /** The view goes along with the playhead. */
  isFollowing: boolean;
  /** Heights that the user gave to tracks, by id. */
  heights: Readonly<Record<string, number>>;
}

/** A frame is never wider. */
const FRAME_PIXELS_MAX = 96;

/** How much of the view stays empty behind the film's end, when all of it is shown. */
const FIT_PART = 0.94;

/** What is shown where there is no film. */
const EMPTY_SECONDS = 60;

/** Zoomed out the furthest, the film still has this part of the view. */
const SMALLEST_PART = 0.25;

export const useView = create<View>(() => ({
  scale: TICKS_PER_SECOND / 100,
  left: 0,
  width: 0,
  isFitted: false,
  tool: "select",
  isSnapping: true,
  isFollowing: true,
  heights: {},
}));

/** The view now. */
export const viewNow = useView.getState;

const set = useView.setState;

/** What the film's length and rate allow. */
export interface Bounds {
  duration: Ticks;
  rate: Rate;
}

export const boundsOf = (project: Project | null, rate: Rate): Bounds => ({
  duration: project ? lengthOf(project) : 0,
  rate,
});

/** The scale nearest to [scale] that [bounds] allow in a view of [width] pixels. */
export function allowedScale(
  scale: number,
  width: number,
  { duration, rate }: Bounds,
) {
  const smallest = (TICKS_PER_SECOND * rate.den) / rate.num / FRAME_PIXELS_MAX;
  const shown = Math.max(duration, EMPTY_SECONDS * TICKS_PER_SECOND);
  const largest = shown / Math.max(1, width) / SMALLEST_PART;
  return Math.max(smallest, Math.min(largest, scale));
}

/** Half a view behind the film's end, the scrolling ends. */
export function allowedLeft(
  left: Ticks,
  scale: number,
  width: number,
  { duration }: Bounds,
): Ticks {
  const most = Math.max(0, duration - (width * scale) / 2);
  return Math.max(0, Math.min(most, left));
}

/** The view takes [factor] times as much film, what is at [x] pixels stays there. */
export function zoomAt(x: number, factor: number, bounds: Bounds) {
  const { scale, left, width } = viewNow();
  const next = allowedScale(scale * factor, width, bounds);
  const at = left + x * scale;
  set({
    scale: next,
    left: allowedLeft(at - x * next, next, width, bounds),
    isFitted: false,
  });
}

/** All of the film, or the stretch. */
export function fitView(
  bounds: Bounds,
  stretch?: { start: Ticks; duration: Ticks },
) {
  const { width } = viewNow();
  const { start, duration } = stretch ?? {
    start: 0,
    duration: bounds.duration || EMPTY_SECONDS * TICKS_PER_SECOND,
  };
  const scale = allowedScale(
    duration / Math.max(1, width * FIT_PART),
    width,
    bounds,
  );
  const margin = stretch ? (width * scale - duration) / 2 : 0;
  set({
    scale,
    left: allowedLeft(start - margin, scale, width, bounds),
    isFitted: !stretch,
  });
}

export function scrollTo(left: Ticks, bounds: Bounds) {
  const view = viewNow();
  set({
    left: allowedLeft(left, view.scale, view.width, bounds),
    isFitted: false,
  });
}

/** Brings [at] into sight, with some of what is around it; nothing where it is. */
export function reveal(at: Ticks, bounds: Bounds) {
  const { left, width, scale } = viewNow();
  const x = (at - left) / scale;
  if (x >= 0 && x <= width) return;
  scrollTo(at - (x < 0 ? 0.2 : 0.8) * width * scale, bounds);
}

export const setWidth = (width: number) => set({ width });
export const chooseTool = (tool: Tool) => set({ tool });
export const toggleSnapping = () =>
  set(({ isSnapping }) => ({ isSnapping: !isSnapping }));
export const toggleFollowing = () =>
  set(({ isFollowing }) => ({ isFollowing: !isFollowing }));

/** A track's height, within what can be drawn. */
export const setHeight = (track: string, height: number) =>
  set(({ heights }) => ({
    heights: {
      ...heights,
      [track]: Math.max(HEIGHT_MIN, Math.min(HEIGHT_MAX, Math.round(height))),
    },
  }));

export const HEIGHT_MIN = 26;
export const HEIGHT_MAX = 220;

/** Another film: from its beginning, all of it. */
export const resetView = () => set({ left: 0, heights: {} });
