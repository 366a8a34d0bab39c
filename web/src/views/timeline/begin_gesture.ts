import { touching, type Edge } from "@/state/timeline_trims";
import type { Tool } from "@/state/timeline_view";
import type { Beginning, Gesture } from "./gesture";
import {
  fadeGesture,
  gainGesture,
  keyGesture,
  newTransitionGesture,
  transitionGesture,
} from "./gesture_handles";
import { moveGesture } from "./gesture_move";
import { bladeGesture, marqueeGesture } from "./gesture_select";
import { slideGesture, slipGesture, trimGesture } from "./gesture_trim";
import type { Hit } from "./hit";

type ClipHit = Extract<Hit, { kind: "clip" }>;

/** At an edge: Control ripples, the trim tool too; at a cut it rolls both. */
function edgeGesture(
  { place }: ClipHit,
  edge: Edge,
  tool: Tool,
  beginning: Beginning,
) {
  const isTrimming = tool === "trim";
  const { control, shift } = beginning.pointing;
  const isRolling = isTrimming && shift && touching(place, edge) !== null;
  const mode = isRolling
    ? "roll"
    : control !== isTrimming
      ? "ripple-trim"
      : "trim";
  return trimGesture(place, edge, mode, beginning);
}

function clipGesture(
  hit: ClipHit,
  tool: Tool,
  beginning: Beginning,
): Gesture | null {
  const { place, row, zone, key } = hit;
  if (tool === "blade") return bladeGesture(place);
  if (tool === "slip") return slipGesture(place, beginning);
  if (tool === "slide") return slideGesture(place, beginning);
  switch (zone) {
    case "start":
    case "end":
      return edgeGesture(hit, zone, tool, beginning);
    case "fadeIn":
      return fadeGesture(place, "in");
    case "fadeOut":
      return fadeGesture(place, "out");
    case "gain":
      return gainGesture(place, row);
    case "key":
      return keyGesture(place, key);
    case "body":
      return moveGesture(place, beginning);
  }
}

/** What pressing the pointer on [hit] begins with this tool; null: nothing can be done there. */
export function beginGesture(
  hit: Hit,
  tool: Tool,
  beginning: Beginning,
): Gesture | null {
  switch (hit.kind) {
    case "clip":
      return clipGesture(hit, tool, beginning);
    case "cut":
      return tool === "trim"
        ? trimGesture(
            { clip: hit.from, track: hit.track },
            "end",
            "roll",
            beginning,
          )
        : newTransitionGesture(hit.from, hit.to, hit.track);
    case "transition":
      return transitionGesture(
        hit.transition,
        hit.row.track,
        hit.zone,
        beginning,
      );
    case "row":
    case "nothing":
      return marqueeGesture(beginning);
  }
}
