// What a pointer's way on the canvas does to a clip's box.
import {
  boundsOf,
  shownEdges,
  snapped,
  toCanvas,
  toPicture,
  turned,
  type ClipBox,
  type Guide,
  type linesOf,
  type Point,
} from "@/state/clip_box";

/** A handle: which edges it moves, -1 the left or top, 1 the right or bottom, 0 none. */
export interface Handle {
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}

export const HANDLES: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

/** Where a handle is, in the picture. */
export function handleSpot(box: ClipBox, { x, y }: Handle): Point {
  const { left, top, right, bottom } = shownEdges(box);
  const along = (way: number, low: number, high: number) =>
    way < 0 ? low : way > 0 ? high : (low + high) / 2;
  return { x: along(x, left, right), y: along(y, top, bottom) };
}

/** Moved by [by], onto a line where one is near. */
export function movedBox(
  box: ClipBox,
  by: Point,
  lines: ReturnType<typeof linesOf>,
  reach: number,
): { box: ClipBox; guides: Guide[] } {
  const moved = { ...box, x: box.x + by.x, y: box.y + by.y };
  const snap = snapped(boundsOf(moved), lines, reach);
  return {
    box: { ...moved, x: moved.x + snap.x, y: moved.y + snap.y },
    guides: snap.guides,
  };
}

/** [box] with another scale, and [spot] of the picture where it was. */
function scaledAbout(
  box: ClipBox,
  spot: Point,
  scale: { scaleX: number; scaleY: number },
): ClipBox {
  const before = toCanvas(box, spot);
  const next = { ...box, ...scale };
  const after = toCanvas(next, spot);
  return {
    ...next,
    x: next.x + before.x - after.x,
    y: next.y + before.y - after.y,
  };
}

const LEAST_SCALE = 0.01;

/** Scaled so that [handle] comes to [to]; corners keep the shape, and so do sides where [isFree] is not set. */
export function scaledBox(
  box: ClipBox,
  handle: Handle,
  to: Point,
  isFree: boolean,
  isFromMiddle: boolean,
): ClipBox {
  const opposite = { x: -handle.x, y: -handle.y } as Handle;
  const still = isFromMiddle
    ? handleSpot(box, { x: 0, y: 0 })
    : handleSpot(box, opposite);
  const spot = handleSpot(box, handle);
  const fixed = toCanvas(box, still);
  const way = turned({ x: to.x - fixed.x, y: to.y - fixed.y }, -box.rotation);
  const ratio = (moved: number, length: number) =>
    Math.abs(length) < 1e-6 ? 1 : Math.max(LEAST_SCALE, moved / length);
  const across = ratio(way.x, (spot.x - still.x) * box.scaleX);
  const down = ratio(way.y, (spot.y - still.y) * box.scaleY);
  const isCorner = handle.x !== 0 && handle.y !== 0;
  const both = isCorner
    ? Math.max(across, down)
    : handle.x !== 0
      ? across
      : down;
  const isShapeKept = isCorner ? !isFree : isFree;
  return scaledAbout(box, still, {
    scaleX: box.scaleX * (isShapeKept ? both : handle.x !== 0 ? across : 1),
    scaleY: box.scaleY * (isShapeKept ? both : handle.y !== 0 ? down : 1),
  });
}

const SNAP_DEGREES = 4;
const STEP_DEGREES = 45;

/** Turned so that what was at [from] points to [to], around the anchor; upright and slanted angles hold. */
export function turnedBox(
  box: ClipBox,
  from: Point,
  to: Point,
  isExact: boolean,
): ClipBox {
  const angle = (point: Point) =>
    (Math.atan2(point.y - box.y, point.x - box.x) * 180) / Math.PI;
  let rotation = box.rotation + angle(to) - angle(from);
  const near = Math.round(rotation / STEP_DEGREES) * STEP_DEGREES;
  if (!isExact && Math.abs(rotation - near) < SNAP_DEGREES) rotation = near;
  while (rotation > 180) rotation -= 360;
  while (rotation <= -180) rotation += 360;
  return { ...box, rotation };
}

/** What must be left of a picture. */
const LEAST_SHOWN = 0.02;

/** Cropped so that [handle] comes to [to]. */
export function croppedBox(box: ClipBox, handle: Handle, to: Point): ClipBox {
  const at = toPicture(box, to);
  const { whole, crop } = box;
  const across = (at.x - whole.left) / (whole.right - whole.left);
  const down = (at.y - whole.top) / (whole.bottom - whole.top);
  const within = (part: number, other: number) =>
    Math.min(1 - other - LEAST_SHOWN, Math.max(0, part));
  return {
    ...box,
    crop: {
      left: handle.x < 0 ? within(across, crop.right) : crop.left,
      right: handle.x > 0 ? within(1 - across, crop.left) : crop.right,
      top: handle.y < 0 ? within(down, crop.bottom) : crop.top,
      bottom: handle.y > 0 ? within(1 - down, crop.top) : crop.bottom,
    },
  };
}
