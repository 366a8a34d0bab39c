// Where a clip's picture is on the canvas: the map of core/compositor/transform.h, in project pixels,
// for handles and pointers. What is painted comes from the core.
import type { Ticks } from "@/engine/engine";
import { PARAMS, type ParamName } from "@/state/clip_params";
import { valueAt } from "@/state/keyframes";
import type { Clip } from "@/state/project";

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A rectangle by its edges, from the middle of the canvas. */
export interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A clip's picture before its transform, and the transform. */
export interface ClipBox {
  /** After the fit, before the crop. */
  whole: Edges;
  crop: Edges;
  x: number;
  y: number;
  scaleX: number;
  scaleY: number;
  /** Degrees clockwise. */
  rotation: number;
  anchorX: number;
  anchorY: number;
}

/** Of the picture, how it is brought to the canvas. */
export function fitted(
  picture: Size,
  canvas: Size,
  fit: NonNullable<Clip["fit"]>,
): Size {
  if (fit === "none") return picture;
  if (fit === "stretch") return canvas;
  const wide = canvas.width / picture.width;
  const high = canvas.height / picture.height;
  const factor = fit === "cover" ? Math.max(wide, high) : Math.min(wide, high);
  return { width: picture.width * factor, height: picture.height * factor };
}

const around = ({ width, height }: Size): Edges => ({
  left: -width / 2,
  top: -height / 2,
  right: width / 2,
  bottom: height / 2,
});

/** [picture] is its own size, or null for what has the canvas's; a text's [ink] is where its letters are. */
export function clipBox(
  clip: Clip,
  playhead: Ticks,
  canvas: Size,
  picture: Size | null,
  ink: Edges | null,
): ClipBox {
  const value = (name: ParamName) =>
    valueAt(clip[name], playhead - clip.start, PARAMS[name].otherwise);
  return {
    whole:
      ink ??
      around(picture ? fitted(picture, canvas, clip.fit ?? "contain") : canvas),
    crop: {
      left: value("crop_left"),
      top: value("crop_top"),
      right: value("crop_right"),
      bottom: value("crop_bottom"),
    },
    x: value("x"),
    y: value("y"),
    scaleX: value("scale_x"),
    scaleY: value("scale_y"),
    rotation: value("rotation"),
    anchorX: value("anchor_x"),
    anchorY: value("anchor_y"),
  };
}

/** What is left of the picture once it is cropped. */
export function shownEdges({ whole, crop }: ClipBox): Edges {
  const width = whole.right - whole.left;
  const height = whole.bottom - whole.top;
  return {
    left: whole.left + crop.left * width,
    top: whole.top + crop.top * height,
    right: whole.right - crop.right * width,
    bottom: whole.bottom - crop.bottom * height,
  };
}

export function turned({ x, y }: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** A point of the picture on the canvas, from the canvas's middle. */
export function toCanvas(box: ClipBox, { x, y }: Point): Point {
  const scaled = {
    x: (x - box.anchorX) * box.scaleX,
    y: (y - box.anchorY) * box.scaleY,
  };
  const at = turned(scaled, box.rotation);
  return { x: at.x + box.x, y: at.y + box.y };
}

/** The other way. */
export function toPicture(box: ClipBox, { x, y }: Point): Point {
  const at = turned({ x: x - box.x, y: y - box.y }, -box.rotation);
  return {
    x: at.x / (box.scaleX || 1) + box.anchorX,
    y: at.y / (box.scaleY || 1) + box.anchorY,
  };
}

/** Whether a point of the canvas lies on the clip. */
export function isOn(box: ClipBox, point: Point): boolean {
  const at = toPicture(box, point);
  const { left, top, right, bottom } = shownEdges(box);
  return at.x >= left && at.x <= right && at.y >= top && at.y <= bottom;
}

/** The smallest upright rectangle around the clip, on the canvas. */
export function boundsOf(box: ClipBox): Edges {
  const { left, top, right, bottom } = shownEdges(box);
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: left, y: bottom },
    { x: right, y: bottom },
  ].map((corner) => toCanvas(box, corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/** A line that something snapped to. */
export interface Guide {
  axis: "x" | "y";
  at: number;
}

/** How far [bounds] should move to lie on one of the [lines] within [reach]; with the line. */
function snapAlong(
  spots: readonly number[],
  lines: readonly number[],
  reach: number,
): { by: number; at: number } | null {
  let best: { by: number; at: number } | null = null;
  for (const at of lines)
    for (const spot of spots) {
      const by = at - spot;
      if (Math.abs(by) <= Math.abs(best?.by ?? reach)) best = { by, at };
    }
  return best;
}

/** The lines of a canvas: its edges, its middle, and the title-safe area. */
export function linesOf({ width, height }: Size): { x: number[]; y: number[] } {
  const parts = [-0.5, -0.4, 0, 0.4, 0.5];
  return {
    x: parts.map((part) => part * width),
    y: parts.map((part) => part * height),
  };
}

/** Moves [bounds] by up to [reach] so that an edge or its middle lies on a line. */
export function snapped(
  bounds: Edges,
  lines: ReturnType<typeof linesOf>,
  reach: number,
): { x: number; y: number; guides: Guide[] } {
  const { left, right, top, bottom } = bounds;
  const across = snapAlong([(left + right) / 2, left, right], lines.x, reach);
  const down = snapAlong([(top + bottom) / 2, top, bottom], lines.y, reach);
  return {
    x: across?.by ?? 0,
    y: down?.by ?? 0,
    guides: [
      ...(across ? [{ axis: "x", at: across.at } as const] : []),
      ...(down ? [{ axis: "y", at: down.at } as const] : []),
    ],
  };
}
