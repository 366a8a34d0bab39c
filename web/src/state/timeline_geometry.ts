// Where things are on the timeline, in CSS pixels: rows of tracks, clips of a stretch, marks of the ruler. Pure.
import type { Rate, Ticks } from "@/engine/engine";
import { endOf, type Clip, type Track } from "@/state/project";
import { frameStart } from "@/state/time";

/** A track where it is drawn. */
export interface Row {
  track: Track;
  top: number;
  height: number;
}

export interface Layout {
  /** From the top down. */
  rows: readonly Row[];
  byTrack: ReadonlyMap<string, Row>;
  height: number;
}

/** Between tracks. */
export const ROW_GAP = 2;

const HEIGHTS: Record<Track["kind"], number> = {
  video: 64,
  audio: 56,
  text: 34,
};

/** Words over pictures over sound, the topmost picture first: as they are seen. */
export function shownOrder(tracks: readonly Track[]): Track[] {
  const upwards = [...tracks].reverse();
  return [
    ...upwards.filter(({ kind }) => kind === "text"),
    ...upwards.filter(({ kind }) => kind === "video"),
    ...tracks.filter(({ kind }) => kind === "audio"),
  ];
}

export function layoutOf(
  tracks: readonly Track[],
  heights: Readonly<Record<string, number>>,
): Layout {
  const rows: Row[] = [];
  let top = 0;
  for (const track of shownOrder(tracks)) {
    const height = heights[track.id] ?? HEIGHTS[track.kind];
    rows.push({ track, top, height });
    top += height + ROW_GAP;
  }
  return {
    rows,
    byTrack: new Map(rows.map((row) => [row.track.id, row])),
    height: top,
  };
}

/** The row at [y]; null between and outside of them. */
export function rowAt({ rows }: Layout, y: number): Row | null {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (!row) return null;
    if (y < row.top) high = middle - 1;
    else if (y >= row.top + row.height) low = middle + 1;
    else return row;
  }
  return null;
}

/** The row nearest to [y]. */
export function nearestRow({ rows }: Layout, y: number): Row | null {
  let best: Row | null = null;
  let least = Infinity;
  for (const row of rows) {
    const away = Math.max(row.top - y, y - row.top - row.height, 0);
    if (away < least) [best, least] = [row, away];
  }
  return best;
}

/** The first clip of a track that ends behind [at]: its place in the list. */
export function firstEndingAfter(clips: readonly Clip[], at: Ticks): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const clip = clips[middle];
    if (clip && endOf(clip) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The clip that is on at [at]. */
export function clipAt(clips: readonly Clip[], at: Ticks): Clip | null {
  const clip = clips[firstEndingAfter(clips, at)];
  return clip && clip.start <= at ? clip : null;
}

/** The clips of which something is seen between [from] and [to]. */
export function clipsBetween(
  clips: readonly Clip[],
  from: Ticks,
  to: Ticks,
): Clip[] {
  const found: Clip[] = [];
  for (let place = firstEndingAfter(clips, from); ; place++) {
    const clip = clips[place];
    if (!clip || clip.start >= to) return found;
    found.push(clip);
  }
}

/** A mark of the ruler. */
export interface Mark {
  at: Ticks;
  /** With its time beside it. */
  isLabelled: boolean;
}

/** What lies between two marks: frames, then seconds. */
const FRAME_STEPS = [1, 2, 5, 10];
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Marks are no closer. */
const MARK_PIXELS = 9;

/** Labels are no closer. */
const LABEL_PIXELS = 104;

function stepOf(perPixel: number, perSecond: number, pixels: number): number {
  const least = perPixel * pixels;
  const steps = [
    ...FRAME_STEPS.filter((step) => step < perSecond),
    ...SECOND_STEPS.map((step) => step * perSecond),
  ];
  return steps.find((step) => step >= least) ?? 7200 * perSecond;
}

/** The marks of the ruler from [left] on, over [width] pixels of [scale] ticks each. */
export function ruler(
  left: Ticks,
  width: number,
  scale: number,
  rate: Rate,
): Mark[] {
  const frame = frameStart(1, rate);
  const perSecond = Math.max(1, Math.round(rate.num / rate.den));
  const label = stepOf(scale / frame, perSecond, LABEL_PIXELS);
  const fine = stepOf(scale / frame, perSecond, MARK_PIXELS);
  const step = label % fine === 0 ? fine : label;
  const marks: Mark[] = [];
  const first = Math.floor(left / frame / label) * label;
  const last = (left + width * scale) / frame;
  for (let number = first; number <= last; number += step)
    marks.push({
      at: frameStart(number, rate),
      isLabelled: number % label === 0,
    });
  return marks;
}
