// How far edges and contents of clips go, and what the timeline looks like then. Pure; the engine has the last word.
import type { Ticks } from "@/engine/engine";
import { endOf, type Asset, type Clip, type Place } from "@/state/project";
import { companyOf } from "@/state/timeline_moves";

export type Edge = "start" | "end";

/** What happens beside the edge: a gap, everything behind follows, or the neighbour gives way. */
export type TrimMode = "trim" | "ripple-trim" | "roll";

/** From the least to the most that something goes. */
export interface Limits {
  least: Ticks;
  most: Ticks;
}

const FREE: Limits = { least: -Infinity, most: Infinity };

const both = (one: Limits, other: Limits): Limits => ({
  least: Math.max(one.least, other.least),
  most: Math.min(one.most, other.most),
});

export const within = (by: Ticks, { least, most }: Limits): Ticks =>
  Math.round(Math.max(Math.min(least, 0), Math.min(Math.max(most, 0), by)));

/** How much more source there is before and behind what [clip] shows, in ticks of the timeline. */
export function sourceRoom(
  clip: Clip,
  assets: ReadonlyMap<string, Asset>,
): { before: Ticks; behind: Ticks } {
  const asset = clip.asset ? assets.get(clip.asset) : undefined;
  const speed = clip.speed ?? 1;
  if (clip.kind !== "media" || asset?.duration === 0 || speed === 0)
    return { before: Infinity, behind: Infinity };
  const pace = Math.abs(speed);
  const first = (clip.source_start ?? 0) / pace;
  const length = asset?.duration;
  const rest =
    length === undefined
      ? Infinity
      : Math.max(0, length / pace - first - clip.duration);
  return speed > 0
    ? { before: first, behind: rest }
    : { before: rest, behind: first };
}

function neighbours({ clip, track }: Place) {
  const place = track.clips.findIndex(({ id }) => id === clip.id);
  return { before: track.clips[place - 1], behind: track.clips[place + 1] };
}

/** The clip that touches this edge. */
export function touching(place: Place, edge: Edge): Clip | null {
  const { before, behind } = neighbours(place);
  if (edge === "start")
    return before && endOf(before) === place.clip.start ? before : null;
  return behind && behind.start === endOf(place.clip) ? behind : null;
}

/** How far one edge goes as far as its own clip is concerned. */
function ownLimits(
  clip: Clip,
  edge: Edge,
  frame: Ticks,
  assets: ReadonlyMap<string, Asset>,
): Limits {
  const room = sourceRoom(clip, assets);
  const shortest = Math.max(0, clip.duration - frame);
  return edge === "start"
    ? { least: -room.before, most: shortest }
    : { least: -shortest, most: room.behind };
}

function limitsOfOne(
  place: Place,
  edge: Edge,
  mode: TrimMode,
  frame: Ticks,
  assets: ReadonlyMap<string, Asset>,
): Limits {
  const { clip } = place;
  const own = ownLimits(clip, edge, frame, assets);
  const other = touching(place, edge);
  if (mode === "ripple-trim") return own;
  if (mode === "roll" && other)
    return both(
      own,
      ownLimits(other, edge === "start" ? "end" : "start", frame, assets),
    );
  const { before, behind } = neighbours(place);
  const gap: Limits =
    edge === "start"
      ? { least: (before ? endOf(before) : 0) - clip.start, most: Infinity }
      : {
          least: -Infinity,
          most: behind ? behind.start - endOf(clip) : Infinity,
        };
  return both(own, gap);
}

/** How far the edge of [places], the clip and those that are linked to it, goes. */
export function trimLimits(
  places: readonly Place[],
  edge: Edge,
  mode: TrimMode,
  frame: Ticks,
  assets: ReadonlyMap<string, Asset>,
): Limits {
  return places
    .filter(({ track }) => !track.locked)
    .map((place) => limitsOfOne(place, edge, mode, frame, assets))
    .reduce(both, FREE);
}

/** How far contents of [places] go, in ticks of the source: by that much later a part is shown. */
export function slipLimits(
  places: readonly Place[],
  assets: ReadonlyMap<string, Asset>,
): Limits {
  return places
    .filter(({ clip, track }) => clip.kind === "media" && !track.locked)
    .map(({ clip }) => {
      const room = sourceRoom(clip, assets);
      const pace = Math.abs(clip.speed ?? 1);
      const [less, more] =
        (clip.speed ?? 1) < 0
          ? [room.behind, room.before]
          : [room.before, room.behind];
      return { least: -less * pace, most: more * pace };
    })
    .reduce(both, FREE);
}

/** How far [place] goes between its neighbours, which give way. */
export function slideLimits(
  place: Place,
  frame: Ticks,
  assets: ReadonlyMap<string, Asset>,
): Limits {
  const { before, behind } = neighbours(place);
  const { clip } = place;
  const left = touching(place, "start");
  const right = touching(place, "end");
  const beforeLimits = left
    ? ownLimits(left, "end", frame, assets)
    : { least: (before ? endOf(before) : 0) - clip.start, most: Infinity };
  const behindLimits = right
    ? ownLimits(right, "start", frame, assets)
    : {
        least: -Infinity,
        most: behind ? behind.start - endOf(clip) : Infinity,
      };
  return both(beforeLimits, behindLimits);
}

/** A clip as it would be. */
export interface Shown {
  start: Ticks;
  duration: Ticks;
  source_start: Ticks;
  track: string;
}

export const shownAs = ({ clip, track }: Place): Shown => ({
  start: clip.start,
  duration: clip.duration,
  source_start: clip.source_start ?? 0,
  track: track.id,
});

const sourceBy = (clip: Clip, by: Ticks) =>
  (clip.source_start ?? 0) +
  ((clip.speed ?? 1) > 0 ? by * (clip.speed ?? 1) : 0);

function trimmed(place: Place, edge: Edge, by: Ticks): Shown {
  const shown = shownAs(place);
  if (edge === "end") return { ...shown, duration: shown.duration + by };
  return {
    ...shown,
    start: shown.start + by,
    duration: shown.duration - by,
    source_start: sourceBy(place.clip, by),
  };
}

function rippled(
  place: Place,
  edge: Edge,
  by: Ticks,
  into: Map<string, Shown>,
) {
  const { clip, track } = place;
  const shown = trimmed(place, edge, by);
  into.set(clip.id, edge === "start" ? { ...shown, start: clip.start } : shown);
  const shift = edge === "start" ? -by : by;
  for (const other of track.clips)
    if (other.start >= endOf(clip))
      into.set(other.id, {
        ...shownAs({ clip: other, track }),
        start: other.start + shift,
      });
}

/** What the clips look like when the edge of [places] goes by [by]. */
export function shownTrim(
  places: readonly Place[],
  edge: Edge,
  mode: TrimMode,
  by: Ticks,
): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const place of places) {
    if (place.track.locked) continue;
    if (mode === "ripple-trim") {
      rippled(place, edge, by, shown);
      continue;
    }
    const other = mode === "roll" ? touching(place, edge) : null;
    shown.set(place.clip.id, trimmed(place, edge, by));
    if (other)
      shown.set(
        other.id,
        trimmed(
          { clip: other, track: place.track },
          edge === "start" ? "end" : "start",
          by,
        ),
      );
  }
  return shown;
}

export function shownSlip(
  places: readonly Place[],
  by: Ticks,
): Map<string, Shown> {
  return new Map(
    places
      .filter(({ clip, track }) => clip.kind === "media" && !track.locked)
      .map((place) => {
        const shown = shownAs(place);
        return [
          place.clip.id,
          { ...shown, source_start: shown.source_start + by },
        ];
      }),
  );
}

export function shownSlide(place: Place, by: Ticks): Map<string, Shown> {
  const { track } = place;
  const left = touching(place, "start");
  const right = touching(place, "end");
  const shown = shownAs(place);
  const map = new Map([[place.clip.id, { ...shown, start: shown.start + by }]]);
  if (left) map.set(left.id, trimmed({ clip: left, track }, "end", by));
  if (right) map.set(right.id, trimmed({ clip: right, track }, "start", by));
  return map;
}

/** The clip and what the engine edits together with it. */
export const linkedOf = (
  state: Parameters<typeof companyOf>[0],
  id: string,
  isAlone: boolean,
): Place[] => {
  const place = state.places.get(id);
  if (!place) return [];
  return isAlone ? [place] : companyOf(state, [id], false);
};
