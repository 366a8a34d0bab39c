import { moveClips, type Landing } from "@/actions/edit/move_clips";
import { duplicateTo } from "@/actions/edit/copy_clips";
import { onFrame } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import {
  endOf,
  filmOf,
  projectNow,
  type Place,
  type Sequence,
} from "@/state/project";
import { selectClips, selectionNow } from "@/state/selection";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { nearestRow } from "@/state/timeline_geometry";
import {
  companyOf,
  movesOf,
  stepsBetween,
  type Moves,
} from "@/state/timeline_moves";
import type { Shown } from "@/state/timeline_trims";
import {
  difference,
  noteAt,
  settle,
  snapper,
  type Beginning,
  type Gesture,
  type Pointing,
} from "./gesture";

/** Of more clips only the dragged one's edges stick. */
const SNAPPING_CLIPS_MAX = 24;

const shownOf = ({ moves }: Moves): Map<string, Shown> =>
  new Map(
    moves.map(({ clip, to, start }) => [
      clip.id,
      {
        start,
        duration: clip.duration,
        source_start: clip.source_start ?? 0,
        track: to.id,
      },
    ]),
  );

function edgesOf(places: readonly Place[], { clip }: Place): Ticks[] {
  const few = places.length <= SNAPPING_CLIPS_MAX ? places : [];
  return [clip, ...few.map((place) => place.clip)].flatMap((one) => [
    one.start,
    endOf(one),
  ]);
}

/** Where the clips go for this place of the pointer, and how it is shown. */
function aimer(
  film: Sequence,
  lead: Place,
  { pointing: begun, layout }: Beginning,
) {
  const places = companyOf(projectNow(), selectionNow().clips);
  const snapped = snapper(new Set(places.map(({ clip }) => clip.id)));
  const edges = edgesOf(places, lead);
  return (pointing: Pointing): { moves: Moves; landing: Landing } => {
    const raw = pointing.at - begun.at;
    const framed =
      onFrame(Math.max(0, lead.clip.start + raw)) - lead.clip.start;
    const near = snapped(edges, raw, pointing);
    const by = near.guide === null ? framed : near.by;
    const row = nearestRow(layout, pointing.y);
    const steps = row ? stepsBetween(film, lead.track, row.track) : 0;
    const moves = movesOf(film, places, by, lead.track.kind, steps);
    const landing = pointing.control ? "insert" : "overwrite";
    const first = Math.min(...moves.moves.map(({ start }) => start));
    showDrag({
      shown: shownOf(moves),
      isLifted: true,
      covered: landing === "overwrite" ? moves.covered : [],
      room: landing === "insert" && moves.moves.length > 0 ? first : null,
      guide: near.guide,
      note: difference(by),
      noteAt: noteAt(pointing),
    });
    return { moves, landing };
  };
}

/** A click selects by the modifiers; [isOld]: what was selected before stays until the pointer is let go. */
function selectAt({ clip }: Place, pointing: Pointing): boolean {
  const ids = pointing.alt
    ? [clip.id]
    : companyOf(projectNow(), [clip.id]).map((place) => place.clip.id);
  const { clips, focus } = selectionNow();
  if (pointing.shift) {
    selectClips([...clips, ...rangeTo(focus, clip.id), ...ids], clip.id);
    return false;
  }
  if (pointing.control) {
    const left = new Set(clips);
    const isIn = left.has(clip.id);
    for (const id of ids) isIn ? left.delete(id) : left.add(id);
    selectClips(left, clip.id);
    return false;
  }
  const isOld = clips.has(clip.id);
  selectClips(isOld ? clips : ids, clip.id);
  return isOld;
}

/** What lies between two clips: in time, and on the tracks of both. */
function rangeTo(from: string | null, to: string): string[] {
  const { places } = projectNow();
  const one = places.get(from ?? "");
  const other = places.get(to);
  if (!one || !other) return [];
  const start = Math.min(one.clip.start, other.clip.start);
  const end = Math.max(endOf(one.clip), endOf(other.clip));
  return [one.track, other.track].flatMap(({ clips }) =>
    clips
      .filter((clip) => clip.start >= start && endOf(clip) <= end)
      .map(({ id }) => id),
  );
}

/** Selects, and moves what is selected then. */
export function moveGesture(
  place: Place,
  beginning: Beginning,
): Gesture | null {
  const film = filmOf(projectNow());
  if (!film) return null;
  const wasSelected = selectAt(place, beginning.pointing);
  const isFixed = Boolean(place.track.locked);
  let aim: ReturnType<typeof aimer> | null = null;
  return {
    cursor: "grabbing",
    move(pointing) {
      if (isFixed || !selectionNow().clips.has(place.clip.id)) return;
      aim ??= aimer(film, place, beginning);
      aim(pointing);
    },
    drop(pointing, hasMoved) {
      if (!hasMoved || !aim) {
        if (wasSelected)
          selectClips(
            companyOf(projectNow(), [place.clip.id]).map(({ clip }) => clip.id),
            place.clip.id,
          );
        return;
      }
      const { moves, landing } = aim(pointing);
      settle(pointing.alt ? duplicateTo(moves) : moveClips(moves, landing));
    },
    cancel: endDrag,
  };
}
