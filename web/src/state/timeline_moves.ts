// Clips on their way to another place: who comes along, where they land, and what lies there. Pure.
import type { Ticks } from "@/engine/engine";
import {
  endOf,
  type Clip,
  type Place,
  type ProjectState,
  type Sequence,
  type Track,
} from "@/state/project";
import { clipsBetween, shownOrder } from "@/state/timeline_geometry";

/** A stretch of a track. */
export interface Stretch {
  track: string;
  start: Ticks;
  duration: Ticks;
}

/** A clip and where it goes. */
export interface Move {
  clip: Clip;
  from: Track;
  to: Track;
  start: Ticks;
}

export interface Moves {
  moves: readonly Move[];
  /** What of other clips lies where they land. */
  covered: readonly Stretch[];
}

/** [ids] with those that are linked to them and, with [withGroups], grouped with them. */
export function companyOf(
  { places }: Pick<ProjectState, "places">,
  ids: Iterable<string>,
  withGroups = true,
): Place[] {
  const found = new Map<string, Place>();
  const names = new Set<string>();
  const add = (place: Place | undefined) => {
    if (!place || found.has(place.clip.id)) return;
    found.set(place.clip.id, place);
    if (place.clip.link) names.add(`link ${place.clip.link}`);
    if (withGroups && place.clip.group) names.add(`group ${place.clip.group}`);
  };
  for (const id of ids) add(places.get(id));
  // A link may lead to a group, and that to another link: until nobody is new.
  for (let before = -1; names.size > 0 && before !== found.size;) {
    before = found.size;
    for (const place of places.values()) {
      const { link, group } = place.clip;
      const belongs =
        (link && names.has(`link ${link}`)) ||
        (group && names.has(`group ${group}`));
      if (belongs) add(place);
    }
  }
  return [...found.values()];
}

/** Tracks of one kind as they lie one over the other, without those that are locked. */
const ladder = (film: Sequence, kind: Track["kind"]) =>
  shownOrder(film.tracks).filter((track) => track.kind === kind);

/** How many steps down [to] is from [from]; 0 where clips of the one cannot be on the other. */
export function stepsBetween(film: Sequence, from: Track, to: Track): number {
  if (from.kind !== to.kind) return 0;
  const tracks = ladder(film, from.kind).map(({ id }) => id);
  return tracks.indexOf(to.id) - tracks.indexOf(from.id);
}

/** The track [steps] below [from]; null where there is none that takes clips. */
function below(film: Sequence, from: Track, steps: number): Track | null {
  if (steps === 0) return from;
  const tracks = ladder(film, from.kind);
  const place = tracks.findIndex(({ id }) => id === from.id);
  const track = tracks[place + steps];
  return track && !track.locked ? track : null;
}

/** The nearest to [steps] that all of [places] on tracks of [kind] can go. */
function allowedSteps(
  film: Sequence,
  places: readonly Place[],
  kind: Track["kind"],
  steps: number,
): number {
  const tracks = new Map(
    places
      .filter(({ track }) => track.kind === kind)
      .map(({ track }) => [track.id, track]),
  );
  for (let tried = steps; tried !== 0; tried -= Math.sign(steps))
    if ([...tracks.values()].every((track) => below(film, track, tried)))
      return tried;
  return 0;
}

function coveredBy(moves: readonly Move[]): Stretch[] {
  const moving = new Set(moves.map(({ clip }) => clip.id));
  return moves.flatMap(({ clip, to, start }) =>
    clipsBetween(to.clips, start, start + clip.duration)
      .filter(({ id }) => !moving.has(id))
      .map((other) => {
        const from = Math.max(other.start, start);
        const end = Math.min(endOf(other), start + clip.duration);
        return { track: to.id, start: from, duration: end - from };
      }),
  );
}

/** [places] later by [by] and, those on tracks of [kind], [steps] further down; as far as that goes. */
export function movesOf(
  film: Sequence,
  places: readonly Place[],
  by: Ticks,
  kind: Track["kind"],
  steps: number,
): Moves {
  const free = places.filter(({ track }) => !track.locked);
  const first = Math.min(...free.map(({ clip }) => clip.start));
  const shift = Math.max(by, -first);
  const down = allowedSteps(film, free, kind, steps);
  const moves = free.map(({ clip, track }) => ({
    clip,
    from: track,
    to: (track.kind === kind && below(film, track, down)) || track,
    start: clip.start + shift,
  }));
  return { moves, covered: coveredBy(moves) };
}

/** Whether nothing moves. */
export const isStill = ({ moves }: Moves) =>
  moves.every(
    ({ clip, from, to, start }) => clip.start === start && from.id === to.id,
  );
