// The gestures that select, cut, look and pan.
import { splitClips } from "@/actions/edit/split_clips";
import { onFrame } from "@/actions/edit/playhead";
import { placePlayhead } from "@/actions/play";
import { projectNow, type Place } from "@/state/project";
import { selectClips, selectionNow, selectNothing } from "@/state/selection";
import { endDrag, showDrag } from "@/state/timeline_drag";
import { clipsBetween, type Layout } from "@/state/timeline_geometry";
import { companyOf } from "@/state/timeline_moves";
import { scrollTo, viewNow, type Bounds } from "@/state/timeline_view";
import type { Beginning, Gesture, Pointing } from "./gesture";
import { snapper } from "./gesture";
import type { Hit } from "./hit";

/** Ids of what a rectangle touches. */
function touched(layout: Layout, one: Pointing, other: Pointing): string[] {
  const top = Math.min(one.y, other.y);
  const bottom = Math.max(one.y, other.y);
  const from = Math.min(one.at, other.at);
  const to = Math.max(one.at, other.at);
  return layout.rows
    .filter((row) => row.top < bottom && row.top + row.height > top)
    .flatMap(({ track }) => clipsBetween(track.clips, from, to))
    .map(({ id }) => id);
}

/** A rectangle that selects; without moving it puts the playhead there. */
export function marqueeGesture({
  pointing: begun,
  layout,
}: Beginning): Gesture {
  const isAdding = begun.shift || begun.control;
  const before = isAdding ? [...selectionNow().clips] : [];
  if (!isAdding) selectNothing();
  return {
    cursor: "crosshair",
    move(pointing) {
      showDrag({
        marquee: {
          from: begun.at,
          to: pointing.at,
          top: begun.y,
          bottom: pointing.y,
        },
      });
      selectClips([...before, ...touched(layout, begun, pointing)]);
    },
    drop(pointing, hasMoved) {
      endDrag();
      if (!hasMoved) placePlayhead(onFrame(pointing.at));
    },
    cancel() {
      endDrag();
      selectClips(before);
    },
  };
}

/** Cuts where the pointer is let go. */
export function bladeGesture({ clip, track }: Place): Gesture | null {
  if (track.locked) return null;
  const snapped = snapper(new Set([clip.id]));
  const cutAt = (pointing: Pointing) => {
    const near = snapped([pointing.at], 0, pointing);
    return near.guide ?? onFrame(pointing.at);
  };
  return {
    cursor: "crosshair",
    move: (pointing) => showDrag({ guide: cutAt(pointing) }),
    drop(pointing) {
      endDrag();
      void splitClips([clip], cutAt(pointing));
    },
    cancel: endDrag,
  };
}

/** What a tap without a move does: the clip under it is selected, beside clips the playhead goes there. */
function tap(hit: Hit, { at }: Pointing) {
  if (hit.kind === "clip") {
    const { id } = hit.place.clip;
    const company = companyOf(projectNow(), [id]);
    return selectClips(
      company.map(({ clip }) => clip.id),
      id,
    );
  }
  selectNothing();
  placePlayhead(onFrame(at));
}

/** The timeline under the hand: fingers move only clips that are selected, everything else they push along. */
export function panGesture(begun: Pointing, hit: Hit, bounds: Bounds): Gesture {
  const { left } = viewNow();
  return {
    cursor: "grabbing",
    move: ({ x }) => scrollTo(left - (x - begun.x) * viewNow().scale, bounds),
    drop(pointing, hasMoved) {
      if (!hasMoved) tap(hit, pointing);
    },
    cancel: () => undefined,
  };
}
