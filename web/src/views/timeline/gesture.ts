// What the gestures of the lanes share.
import { playheadNow, rateNow } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import { filmOf, projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { endDrag } from "@/state/timeline_drag";
import type { Layout } from "@/state/timeline_geometry";
import { snap, SNAP_PIXELS, targetsOf, type Snap } from "@/state/timeline_snap";
import { viewNow } from "@/state/timeline_view";
import { timecode } from "@/state/time";
import { strings } from "@/strings";

/** Where the pointer is, in the pixels of the lanes. */
export interface Pointing {
  x: number;
  y: number;
  at: Ticks;
  /** Copies, or leaves linked clips out. */
  alt: boolean;
  /** Adds to the selection, or does not snap. */
  shift: boolean;
  /** Makes room, or ripples. */
  control: boolean;
}

/** A press of the pointer until it is let go. */
export interface Gesture {
  cursor: string;
  move(pointing: Pointing): void;
  /** Let go: does what was shown. */
  drop(pointing: Pointing, hasMoved: boolean): void;
  /** Escape, or the system took the pointer: nothing happens. */
  cancel(): void;
}

/** What a gesture begins with. */
export interface Beginning {
  pointing: Pointing;
  layout: Layout;
}

/** Brings edges onto what they may stick to, as long as snapping is on and Shift is not held. */
export function snapper(moving: ReadonlySet<string>, withPlayhead = true) {
  const film = filmOf(projectNow());
  const { in: first, out: last } = selectionNow();
  const targets = film
    ? targetsOf(film, moving, [
        withPlayhead ? playheadNow() : null,
        first,
        last,
      ])
    : [];
  return (edges: readonly Ticks[], by: Ticks, pointing: Pointing): Snap => {
    const { isSnapping, scale } = viewNow();
    if (!isSnapping || pointing.shift) return { by, guide: null };
    return snap(edges, by, targets, SNAP_PIXELS * scale);
  };
}

/** A difference as people read it: +00:00:01:05. */
export function difference(by: Ticks): string {
  const sign = by < 0 ? "−" : "+";
  return strings.timeline.by(sign, timecode(Math.abs(by), rateNow()));
}

/** What was shown goes when the edit has come about, so that nothing jumps back before. */
export function settle(edit: Promise<unknown>) {
  void edit.finally(endDrag);
}

export const noteAt = ({ x, y }: Pointing) => ({ x, y });
