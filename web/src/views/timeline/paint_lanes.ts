// Paints the lanes: tracks, clips, transitions, and what a drag would do.
import { clipsBetween, ruler } from "@/state/timeline_geometry";
import { endOf } from "@/state/project";
import { paintClip, type Painted } from "./paint_clip";
import { paintDrag } from "./paint_drag";
import { paintTransitions } from "./paint_transition";
import { sharp, xOf, type Context, type Scene } from "./paint_scene";
import type { Row } from "@/state/timeline_geometry";

/** Clips that begin within a pixel of the one before add nothing to be seen. */
const CLIP_PIXELS_MIN = 1.5;

function paintGround(context: Context, scene: Scene) {
  const { palette, view, layout, selection } = scene;
  for (const { track, top, height } of layout.rows) {
    context.fillStyle = palette.sunken;
    context.fillRect(0, top, view.width, height);
    if (track.id === selection.track) {
      context.fillStyle = palette.hover;
      context.fillRect(0, top, view.width, height);
    }
  }
  context.fillStyle = palette.line;
  for (const { at, isLabelled } of ruler(
    view.left,
    view.width,
    view.scale,
    scene.rate,
  ))
    if (isLabelled) {
      const x = Math.round(xOf(at, scene));
      context.fillRect(x, 0, 1, layout.height);
    }
}

function paintStretch(context: Context, scene: Scene) {
  const { in: first, out: last } = scene.selection;
  if (first === null && last === null) return;
  const from = first === null ? 0 : xOf(first, scene);
  const to = last === null ? scene.view.width : xOf(last, scene);
  context.fillStyle = scene.palette.wash;
  context.fillRect(from, 0, to - from, scene.layout.height);
}

/** Locked tracks are hatched, and their clips fainter. */
function paintLocked(context: Context, scene: Scene, { top, height }: Row) {
  context.save();
  context.beginPath();
  context.rect(0, top, scene.view.width, height);
  context.clip();
  context.strokeStyle = scene.palette.edge;
  context.globalAlpha = 0.35;
  context.beginPath();
  for (let x = -height; x < scene.view.width; x += 12) {
    context.moveTo(x, top + height);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}

function paintRow(context: Context, scene: Scene, row: Row) {
  const { view, drag } = scene;
  const to = view.left + view.width * view.scale;
  let covered = -Infinity;
  for (const clip of clipsBetween(row.track.clips, view.left, to)) {
    const right = xOf(endOf(clip), scene);
    if (
      right - covered < CLIP_PIXELS_MIN &&
      !scene.selection.clips.has(clip.id)
    )
      continue;
    covered = right;
    const isAway = drag.shown.has(clip.id) && !drag.isLifted;
    if (isAway) continue;
    const painted: Painted = {
      clip,
      row,
      start: clip.start,
      duration: clip.duration,
    };
    context.globalAlpha = drag.shown.has(clip.id) ? 0.28 : 1;
    paintClip(context, scene, painted);
    context.globalAlpha = 1;
  }
  paintTransitions(context, scene, row);
  if (row.track.locked) paintLocked(context, scene, row);
}

function paintMarkers(context: Context, scene: Scene) {
  for (const marker of scene.film.markers) {
    const { drag } = scene;
    const start =
      drag.marker?.id === marker.id ? drag.marker.start : marker.start;
    const x = sharp(xOf(start, scene));
    if (x < 0 || x > scene.view.width) continue;
    context.strokeStyle = marker.color?.slice(0, 7) ?? scene.palette.accent;
    context.globalAlpha = scene.selection.marker === marker.id ? 0.9 : 0.4;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, scene.layout.height);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

/** All of the lanes that is in sight. The context's unit is a CSS pixel. */
export function paintLanes(context: Context, scene: Scene) {
  const { view, height, top, layout } = scene;
  context.clearRect(0, 0, view.width, height);
  context.save();
  context.translate(0, -top);
  paintGround(context, scene);
  paintStretch(context, scene);
  for (const row of layout.rows)
    if (row.top + row.height > top && row.top < top + height)
      paintRow(context, scene, row);
  paintMarkers(context, scene);
  paintDrag(context, scene);
  context.restore();
}
