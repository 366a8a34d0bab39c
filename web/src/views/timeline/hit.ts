// What lies under the pointer on the lanes. Pure.
import type { Ticks } from "@/engine/engine";
import {
  endOf,
  type Clip,
  type Place,
  type Track,
  type Transition,
} from "@/state/project";
import {
  clipsBetween,
  rowAt,
  type Layout,
  type Row,
} from "@/state/timeline_geometry";
import { gainLine, keyTimes, levelOf } from "@/state/timeline_handles";
import type { View } from "@/state/timeline_view";
import { TRANSITION_HEIGHT } from "./paint_transition";

/** A part of a clip that something else happens at. */
export type Zone =
  "body" | "start" | "end" | "fadeIn" | "fadeOut" | "gain" | "key";

export type Hit =
  | { kind: "clip"; place: Place; row: Row; zone: Zone; key: Ticks }
  | { kind: "cut"; from: Clip; to: Clip; track: Track; row: Row }
  | {
      kind: "transition";
      transition: Transition;
      row: Row;
      zone: "body" | "start" | "end";
    }
  | { kind: "row"; row: Row }
  | { kind: "nothing" };

/** How near an edge, by mouse and by finger. */
const EDGE_PIXELS = 7;
const TOUCH_PIXELS = 16;

/** Around a handle's middle. */
const HANDLE_PIXELS = 8;

/** Narrower clips have no handles but their edges. */
const HANDLES_FROM = 44;

/** What is asked of. */
export interface Look {
  x: number;
  y: number;
  layout: Layout;
  view: Pick<View, "left" | "scale">;
  selected: ReadonlySet<string>;
  isTouch: boolean;
}

const timeOf = ({ x, view }: Look) => view.left + x * view.scale;

function transitionAt(look: Look, row: Row): Hit | null {
  const { view, x, y } = look;
  if (y < row.top + row.height - TRANSITION_HEIGHT - 2) return null;
  const at = timeOf(look);
  const found = row.track.transitions.find(
    (one) => one.start <= at && at < endOf(one),
  );
  if (!found) return null;
  const left = x - (found.start - view.left) / view.scale;
  const right = found.duration / view.scale - left;
  const zone =
    left < EDGE_PIXELS ? "start" : right < EDGE_PIXELS ? "end" : "body";
  return { kind: "transition", transition: found, row, zone };
}

function cutAt(look: Look, row: Row): Hit | null {
  const { view, y } = look;
  if (row.track.kind === "audio" || row.track.locked) return null;
  if (y < row.top + row.height - TRANSITION_HEIGHT) return null;
  const at = timeOf(look);
  const near = EDGE_PIXELS * view.scale;
  const clips = clipsBetween(row.track.clips, at - near, at + near);
  const [from, to] = clips;
  if (!from || !to || clips.length > 2 || endOf(from) !== to.start) return null;
  return { kind: "cut", from, to, track: row.track, row };
}

/** The nearest clip to the pointer: its body, or its edge from outside. */
function clipNear(look: Look, row: Row): Clip | null {
  const at = timeOf(look);
  const near =
    (look.isTouch ? TOUCH_PIXELS : EDGE_PIXELS) * 0.6 * look.view.scale;
  const clips = clipsBetween(row.track.clips, at - near, at + near);
  const on = clips.find((clip) => clip.start <= at && at < endOf(clip));
  return on ?? clips[0] ?? null;
}

function handleOf(look: Look, row: Row, clip: Clip): [Zone, Ticks] | null {
  const { view, x, y } = look;
  const left = (clip.start - view.left) / view.scale;
  const right = (endOf(clip) - view.left) / view.scale;
  if (right - left < HANDLES_FROM) return null;
  const is = (hx: number, hy: number) =>
    Math.abs(x - hx) < HANDLE_PIXELS && Math.abs(y - hy) < HANDLE_PIXELS;
  if (look.selected.has(clip.id))
    for (const key of keyTimes(clip))
      if (is(left + key / view.scale, row.top + row.height - 8))
        return ["key", key];
  const fadeIn = (clip.fade_in ?? 0) / view.scale;
  const fadeOut = (clip.fade_out ?? 0) / view.scale;
  if (is(left + Math.max(fadeIn, 6), row.top + 7)) return ["fadeIn", 0];
  if (is(right - Math.max(fadeOut, 6), row.top + 7)) return ["fadeOut", 0];
  return null;
}

function zoneOf(look: Look, row: Row, clip: Clip): [Zone, Ticks] {
  const { view, x, y } = look;
  const left = (clip.start - view.left) / view.scale;
  const right = (endOf(clip) - view.left) / view.scale;
  const handle = handleOf(look, row, clip);
  if (handle) return handle;
  const edge = Math.min(
    look.isTouch ? TOUCH_PIXELS : EDGE_PIXELS,
    Math.max(3, (right - left) / 4),
  );
  if (x - left < edge) return ["start", 0];
  if (right - x < edge) return ["end", 0];
  const hasLine = row.track.kind === "audio" && row.height >= HANDLES_FROM;
  if (hasLine && Math.abs(y - gainLine(row, levelOf(clip))) < 4)
    return ["gain", 0];
  return ["body", 0];
}

/** What lies there. */
export function hitAt(look: Look): Hit {
  const row = rowAt(look.layout, look.y);
  if (!row) return { kind: "nothing" };
  const over = transitionAt(look, row) ?? cutAt(look, row);
  if (over) return over;
  const clip = clipNear(look, row);
  if (!clip) return { kind: "row", row };
  const [zone, key] = zoneOf(look, row, clip);
  return { kind: "clip", place: { clip, track: row.track }, row, zone, key };
}

const ZONE_CURSORS: Record<Zone, string> = {
  body: "default",
  start: "w-resize",
  end: "e-resize",
  fadeIn: "ew-resize",
  fadeOut: "ew-resize",
  gain: "ns-resize",
  key: "ew-resize",
};

/** The pointer's look over [hit]. */
export function cursorOf(hit: Hit, tool: View["tool"]): string {
  if (hit.kind === "cut") return "col-resize";
  if (hit.kind === "transition")
    return hit.zone === "body" ? "default" : "ew-resize";
  if (hit.kind !== "clip") return "default";
  if (hit.place.track.locked) return "not-allowed";
  if (tool === "blade") return "crosshair";
  if (tool === "slip" || tool === "slide") return "ew-resize";
  if (tool === "trim" && hit.zone === "body") return "ew-resize";
  return ZONE_CURSORS[hit.zone];
}
