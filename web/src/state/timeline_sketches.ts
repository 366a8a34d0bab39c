// Small pictures and loudness of the film's assets, as the timeline draws them: asked of the engine when they
// come into sight, kept by asset within a budget.
import type { Ticks } from "@/engine/engine";
import type { Asset } from "@/state/project";

/** How loud a source is along its time. */
export interface Peaks {
  /** The loudest of a stretch, 0…1; null where it is not known yet. */
  between(start: Ticks, duration: Ticks): number | null;
}

/** What is known of assets now; what is not is asked for. */
export interface Sketches {
  /** The picture at [at]; those asked for lie [spacing] apart, so that near ones are shared. */
  picture(asset: Asset, at: Ticks, spacing: Ticks): CanvasImageSource | null;
  peaks(asset: Asset): Peaks | null;
}

/** Where there is nothing to draw with. */
export const NO_SKETCHES: Sketches = {
  picture: () => null,
  peaks: () => null,
};

let current: Sketches = NO_SKETCHES;
const listeners = new Set<() => void>();

/** What the timeline draws with. */
export const sketchesNow = () => current;

/** Something that was asked for has come: everybody is told. */
export function sketchesChanged() {
  for (const listener of listeners) listener();
}

/** From now on these are drawn with. */
export function drawWith(sketches: Sketches) {
  current = sketches;
  sketchesChanged();
}

/** Calls [listener] when there is more to draw, until the returned function is called. */
export function watchSketches(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
