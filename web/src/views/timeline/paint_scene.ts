// What a painting of the timeline needs to know.
import type { Rate, Ticks } from "@/engine/engine";
import type { Sketches } from "@/state/timeline_sketches";
import type { Asset, Clip, Sequence } from "@/state/project";
import type { Selection } from "@/state/selection";
import type { Drag } from "@/state/timeline_drag";
import type { Layout } from "@/state/timeline_geometry";
import type { View } from "@/state/timeline_view";
import type { Palette } from "./palette";

export interface Scene {
  film: Sequence;
  assets: ReadonlyMap<string, Asset>;
  rate: Rate;
  layout: Layout;
  view: View;
  /** How far down the lanes are scrolled, and how much of them is seen. */
  top: number;
  height: number;
  selection: Selection;
  drag: Drag;
  /** The clip under the pointer. */
  hovered: string | null;
  /** The lanes have the keyboard, visibly. */
  hasFocus: boolean;
  palette: Palette;
  sketches: Sketches;
  nameOf: (clip: Clip) => string;
}

export type Context = CanvasRenderingContext2D;

export const xOf = (at: Ticks, { view }: Scene) =>
  (at - view.left) / view.scale;

/** Lines of one pixel are sharp in the middle of one. */
export const sharp = (x: number) => Math.round(x) + 0.5;
