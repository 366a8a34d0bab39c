// Edges and contents of clips by the pointer, each with its picture on the stage while it moves.
import { applyEdit, type Edit } from "@/actions/edit/apply";
import { onFrame, playheadNow, rateNow } from "@/actions/edit/playhead";
import { forgetPreview, previewEdit } from "@/actions/edit/preview_edit";
import { slideEdit } from "@/actions/edit/slide_clip";
import { slipEdit } from "@/actions/edit/slip_clip";
import { trimEdit, trimName } from "@/actions/edit/trim_clip";
import { placePlayhead } from "@/actions/play";
import type { Ticks } from "@/engine/engine";
import { endOf, projectNow, type Place } from "@/state/project";
import { selectClips } from "@/state/selection";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { companyOf } from "@/state/timeline_moves";
import { frameStart } from "@/state/time";
import {
  linkedOf,
  shownSlide,
  shownSlip,
  shownTrim,
  slideLimits,
  slipLimits,
  trimLimits,
  within,
  type Edge,
  type Shown,
  type TrimMode,
} from "@/state/timeline_trims";
import { strings } from "@/strings";
import {
  difference,
  noteAt,
  settle,
  snapper,
  type Beginning,
  type Gesture,
  type Pointing,
} from "./gesture";

/** What a place of the pointer means. */
interface Aim {
  by: Ticks;
  edit: Edit | null;
  shown: Map<string, Shown>;
  guide: Ticks | null;
  /** What the stage shows. */
  look: Ticks;
}

/** A gesture that shows what would come of it, here and on the stage, and brings the playhead back. */
function live(
  name: string,
  cursor: string,
  aim: (p: Pointing) => Aim,
): Gesture {
  const playhead = playheadNow();
  let before: Ticks | null = null;
  const show = (pointing: Pointing): Aim => {
    const aimed = aim(pointing);
    const { by, shown, guide, edit, look } = aimed;
    showDrag({ shown, guide, note: difference(by), noteAt: noteAt(pointing) });
    if (by !== before) {
      before = by;
      previewEdit(edit);
      placePlayhead(look, true);
    }
    return aimed;
  };
  const finish = () => {
    if (before !== null) placePlayhead(playhead);
  };
  return {
    cursor,
    move: show,
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      const { edit } = show(pointing);
      forgetPreview();
      settle(
        applyEdit(edit, name).then((isDone) => {
          if (!isDone || !edit) previewEdit(null);
          finish();
        }),
      );
    },
    cancel() {
      endDrag();
      previewEdit(null);
      finish();
    },
  };
}

const select = ({ clip }: Place, isAlone: boolean) =>
  selectClips(
    isAlone
      ? [clip.id]
      : companyOf(projectNow(), [clip.id], false).map((place) => place.clip.id),
    clip.id,
  );

/** One edge; [mode] says what happens beside it. Alt leaves linked clips as they are. */
export function trimGesture(
  place: Place,
  edge: Edge,
  mode: TrimMode,
  { pointing: begun }: Beginning,
): Gesture | null {
  if (place.track.locked) return null;
  const { clip } = place;
  const isAlone = begun.alt;
  select(place, isAlone);
  const state = projectNow();
  const places = linkedOf(state, clip.id, isAlone);
  const frame = frameStart(1, rateNow());
  const limits = trimLimits(places, edge, mode, frame, state.assets);
  const at = edge === "start" ? clip.start : endOf(clip);
  const snapped = snapper(new Set(places.map((one) => one.clip.id)));
  return live(
    trimName(mode),
    edge === "start" ? "w-resize" : "e-resize",
    (pointing) => {
      const raw = pointing.at - begun.at;
      const near = snapped([at], raw, pointing);
      const wished = near.guide === null ? onFrame(at + raw) - at : near.by;
      const by = within(wished, limits);
      const isRippled = mode === "ripple-trim" && edge === "start";
      const look = isRippled
        ? clip.start
        : at + by - (edge === "end" ? frame : 0);
      return {
        by,
        edit: trimEdit(clip.id, edge, by, mode, isAlone),
        shown: shownTrim(places, edge, mode, by),
        guide: by === near.by ? near.guide : null,
        look,
      };
    },
  );
}

/** The content under the clip: to the right shows what is earlier. */
export function slipGesture(
  place: Place,
  { pointing: begun }: Beginning,
): Gesture | null {
  const { clip, track } = place;
  if (track.locked || clip.kind !== "media") return null;
  select(place, begun.alt);
  const state = projectNow();
  const places = linkedOf(state, clip.id, begun.alt);
  const limits = slipLimits(places, state.assets);
  const speed = Math.abs(clip.speed ?? 1) || 1;
  return live(strings.timeline.edits.slip, "ew-resize", (pointing) => {
    const by = within((begun.at - pointing.at) * speed, limits);
    return {
      by,
      edit: slipEdit(clip.id, by, begun.alt),
      shown: shownSlip(places, by),
      guide: null,
      look: clip.start,
    };
  });
}

/** The clip between its neighbours. */
export function slideGesture(
  place: Place,
  { pointing: begun }: Beginning,
): Gesture | null {
  const { clip, track } = place;
  if (track.locked) return null;
  select(place, false);
  const frame = frameStart(1, rateNow());
  const limits = slideLimits(place, frame, projectNow().assets);
  const snapped = snapper(new Set([clip.id]));
  return live(strings.timeline.edits.slide, "ew-resize", (pointing) => {
    const raw = pointing.at - begun.at;
    const near = snapped([clip.start, endOf(clip)], raw, pointing);
    const wished =
      near.guide === null
        ? onFrame(Math.max(0, clip.start + raw)) - clip.start
        : near.by;
    const by = within(wished, limits);
    return {
      by,
      edit: slideEdit(clip.id, by),
      shown: shownSlide(place, by),
      guide: by === near.by ? near.guide : null,
      look: clip.start + by,
    };
  });
}
