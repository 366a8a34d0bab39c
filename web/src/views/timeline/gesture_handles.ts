// The handles on clips: fades, the line of the gain, keyframes, transitions.
import { applyEdit } from "@/actions/edit/apply";
import { moveKeyframes } from "@/actions/edit/keyframes";
import { newId } from "@/actions/edit/new_id";
import { onFrame, rateNow } from "@/actions/edit/playhead";
import { previewEdit, forgetPreview } from "@/actions/edit/preview_edit";
import {
  fadeEdit,
  setClipEdit,
  setFade,
  setGain,
} from "@/actions/edit/set_clips";
import { setTransition } from "@/actions/edit/transitions";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import {
  endOf,
  type Clip,
  type Place,
  type Track,
  type Transition,
} from "@/state/project";
import { selectTransition } from "@/state/selection";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { gainAt, keysAt } from "@/state/timeline_handles";
import type { Row } from "@/state/timeline_geometry";
import { frameStart } from "@/state/time";
import { strings } from "@/strings";
import {
  noteAt,
  settle,
  type Beginning,
  type Gesture,
  type Pointing,
} from "./gesture";

const seconds = (ticks: Ticks) => `${(ticks / TICKS_PER_SECOND).toFixed(2)} s`;

const cancel = () => {
  endDrag();
  previewEdit(null);
};

/** How long the clip comes or goes. */
export function fadeGesture(
  { clip, track }: Place,
  side: "in" | "out",
): Gesture | null {
  if (track.locked) return null;
  const other = (side === "in" ? clip.fade_out : clip.fade_in) ?? 0;
  const lengthAt = ({ at }: Pointing) => {
    const length = side === "in" ? at - clip.start : endOf(clip) - at;
    return onFrame(Math.max(0, Math.min(clip.duration - other, length)));
  };
  return {
    cursor: "ew-resize",
    move(pointing) {
      const length = lengthAt(pointing);
      const fades =
        side === "in" ? { in: length, out: other } : { in: other, out: length };
      showDrag({
        fades: { clip: clip.id, ...fades },
        note: strings.timeline.fade(seconds(length)),
        noteAt: noteAt(pointing),
      });
      previewEdit(fadeEdit(clip.id, side, length));
    },
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      forgetPreview();
      settle(setFade(clip.id, side, lengthAt(pointing)));
    },
    cancel,
  };
}

/** How loud the clip is: by the line, in halves of a decibel. */
export function gainGesture({ clip, track }: Place, row: Row): Gesture | null {
  if (track.locked || Array.isArray(clip.gain)) return null;
  return {
    cursor: "ns-resize",
    move(pointing) {
      const gain = gainAt(row, pointing.y);
      const sign = gain > 0 ? "+" : gain < 0 ? "−" : "";
      showDrag({
        gain: { clip: clip.id, gain },
        note: strings.timeline.gain(`${sign}${Math.abs(gain).toFixed(1)}`),
        noteAt: noteAt(pointing),
      });
      previewEdit(setClipEdit(clip.id, { gain }));
    },
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      forgetPreview();
      settle(setGain(clip.id, gainAt(row, pointing.y)));
    },
    cancel,
  };
}

/** All keyframes of the clip that stand at [from]. */
export function keyGesture(
  { clip, track }: Place,
  from: Ticks,
): Gesture | null {
  if (track.locked) return null;
  const timeAt = ({ at }: Pointing) =>
    Math.max(0, Math.min(clip.duration, onFrame(at) - clip.start));
  return {
    cursor: "ew-resize",
    move(pointing) {
      const to = timeAt(pointing);
      showDrag({
        keys: { clip: clip.id, from, to },
        note: seconds(to),
        noteAt: noteAt(pointing),
      });
    },
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      const keys = { at: from, keys: keysAt(clip, from) };
      settle(moveKeyframes(clip.id, keys, timeAt(pointing)));
    },
    cancel,
  };
}

/** A transition's edge, or all of it along its cut. */
export function transitionGesture(
  transition: Transition,
  track: Track,
  zone: "body" | "start" | "end",
  { pointing: begun }: Beginning,
): Gesture | null {
  selectTransition(transition.id);
  if (track.locked) return null;
  const frame = frameStart(1, rateNow());
  const end = endOf(transition);
  const aim = ({ at }: Pointing) => {
    const by = onFrame(transition.start + at - begun.at) - transition.start;
    if (zone === "body")
      return { start: transition.start + by, duration: transition.duration };
    if (zone === "end")
      return {
        start: transition.start,
        duration: Math.max(frame, transition.duration + by),
      };
    const start = Math.min(end - frame, transition.start + by);
    return { start, duration: end - start };
  };
  return {
    cursor: "ew-resize",
    move(pointing) {
      const range = aim(pointing);
      showDrag({
        transition: { id: transition.id, ...range },
        note: seconds(range.duration),
        noteAt: noteAt(pointing),
      });
    },
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      settle(setTransition(transition.id, aim(pointing)));
    },
    cancel,
  };
}

/** Pulled open at a cut: a dissolve, as long as the pull is wide on both sides. */
export function newTransitionGesture(
  from: Clip,
  to: Clip,
  track: Track,
): Gesture {
  const cut = to.start;
  const frame = frameStart(1, rateNow());
  const id = newId("t");
  const rangeAt = ({ at }: Pointing) => {
    const half = Math.min(Math.abs(at - cut), from.duration, to.duration);
    const start = onFrame(cut - half);
    const end = onFrame(cut + half);
    return { start, duration: Math.max(frame, end - start) };
  };
  return {
    cursor: "col-resize",
    move(pointing) {
      const range = rangeAt(pointing);
      showDrag({
        ghosts: [
          {
            track: track.id,
            name: strings.timeline.transitions["cross-dissolve"],
            ...range,
          },
        ],
        note: seconds(range.duration),
        noteAt: noteAt(pointing),
      });
    },
    drop(pointing, hasMoved) {
      if (!hasMoved) return endDrag();
      const transition = {
        id,
        kind: "cross-dissolve",
        from: from.id,
        to: to.id,
      };
      const edit = {
        op: "add-transition",
        track: track.id,
        transition: { ...transition, ...rangeAt(pointing) },
      };
      settle(
        applyEdit(edit, strings.timeline.edits.transition).then((isThere) => {
          if (isThere) selectTransition(id);
        }),
      );
    },
    cancel,
  };
}
