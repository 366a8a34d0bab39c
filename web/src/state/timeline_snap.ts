// What edges stick to. Pure.
import type { Ticks } from "@/engine/engine";
import { endOf, type Sequence } from "@/state/project";

/** Edges come this near, in CSS pixels, before they stick. */
export const SNAP_PIXELS = 9;

/** What there is to stick to, by time. */
export type Targets = readonly Ticks[];

/** The edges of [sequence] without those of the clips in [moving], its markers, and [others]. */
export function targetsOf(
  sequence: Sequence,
  moving: ReadonlySet<string>,
  others: readonly (Ticks | null)[],
): Targets {
  const found = new Set<Ticks>([0]);
  for (const at of others) if (at !== null) found.add(at);
  for (const { start, duration = 0 } of sequence.markers)
    found.add(start).add(start + duration);
  for (const track of sequence.tracks)
    for (const clip of track.clips)
      if (!moving.has(clip.id)) found.add(clip.start).add(endOf(clip));
  return [...found].sort((one, other) => one - other);
}

/** The target nearest to [at]; null without any. */
export function nearest(targets: Targets, at: Ticks): Ticks | null {
  let low = 0;
  let high = targets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((targets[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const behind = targets[low];
  const before = targets[low - 1];
  if (behind === undefined) return before ?? null;
  if (before === undefined) return behind;
  return at - before <= behind - at ? before : behind;
}

/** What comes of snapping. */
export interface Snap {
  by: Ticks;
  /** What was stuck to: where the guide is drawn. */
  guide: Ticks | null;
}

/** [by], or nearby what brings one of [edges] onto a target less than [reach] away. */
export function snap(
  edges: readonly Ticks[],
  by: Ticks,
  targets: Targets,
  reach: Ticks,
): Snap {
  let best: Snap = { by, guide: null };
  let least = reach;
  for (const edge of edges) {
    const target = nearest(targets, edge + by);
    if (target === null) continue;
    const away = Math.abs(target - edge - by);
    if (away < least) {
      least = away;
      best = { by: target - edge, guide: target };
    }
  }
  return best;
}
