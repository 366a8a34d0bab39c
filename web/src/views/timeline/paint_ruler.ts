import { ruler } from "@/state/timeline_geometry";
import { timecode } from "@/state/time";
import { sharp, xOf, type Context, type Scene } from "./paint_scene";

export const RULER_HEIGHT = 30;

function paintMarks(context: Context, scene: Scene) {
  const { view, palette, rate } = scene;
  context.font = `10.5px ${palette.mono}`;
  context.textBaseline = "middle";
  for (const { at, isLabelled } of ruler(
    view.left,
    view.width,
    view.scale,
    rate,
  )) {
    const x = sharp(xOf(at, scene));
    context.strokeStyle = isLabelled ? palette.edge : palette.line;
    context.beginPath();
    context.moveTo(x, isLabelled ? 14 : RULER_HEIGHT - 6);
    context.lineTo(x, RULER_HEIGHT);
    context.stroke();
    context.fillStyle = palette.faint;
    if (isLabelled) context.fillText(timecode(at, rate), x + 5, 17);
  }
}

function paintStretch(context: Context, scene: Scene) {
  const { in: first, out: last } = scene.selection;
  if (first === null && last === null) return;
  const from = first === null ? 0 : xOf(first, scene);
  const to = last === null ? scene.view.width : xOf(last, scene);
  context.fillStyle = scene.palette.wash;
  context.fillRect(from, 0, to - from, RULER_HEIGHT);
  context.fillStyle = scene.palette.accent;
  context.fillRect(from, 0, to - from, 3);
  if (first !== null) context.fillRect(from, 0, 2, 12);
  if (last !== null) context.fillRect(to - 2, 0, 2, 12);
}

function paintMarkers(context: Context, scene: Scene) {
  for (const marker of scene.film.markers) {
    const { drag, selection, palette } = scene;
    const start =
      drag.marker?.id === marker.id ? drag.marker.start : marker.start;
    const x = xOf(start, scene);
    if (x < -80 || x > scene.view.width + 8) continue;
    context.fillStyle = marker.color?.slice(0, 7) ?? "#f5a623";
    context.beginPath();
    context.moveTo(x - 5, 3);
    context.lineTo(x + 5, 3);
    context.lineTo(x + 5, 9);
    context.lineTo(x, 14);
    context.lineTo(x - 5, 9);
    context.closePath();
    context.fill();
    if (selection.marker === marker.id) {
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.5;
      context.stroke();
      context.lineWidth = 1;
    }
    if (!marker.name) continue;
    context.font = `500 10px ${palette.sans}`;
    context.fillStyle = palette.soft;
    context.textBaseline = "middle";
    context.fillText(marker.name, x + 8, 8, 140);
  }
}

/** The ruler: times, the marked stretch, markers. */
export function paintRuler(context: Context, scene: Scene) {
  const { view, palette } = scene;
  context.clearRect(0, 0, view.width, RULER_HEIGHT);
  paintStretch(context, scene);
  paintMarks(context, scene);
  paintMarkers(context, scene);
  context.fillStyle = palette.line;
  context.fillRect(0, RULER_HEIGHT - 1, view.width, 1);
}
