// Paints what a drag would do: where clips land, what they cover, what they stick to.
import type { Row } from "@/state/timeline_geometry";
import { paintClip } from "./paint_clip";
import { sharp, xOf, type Context, type Scene } from "./paint_scene";
import type { Stretch } from "@/state/timeline_moves";

function boxOf({ start, duration }: Stretch, row: Row, scene: Scene) {
  return {
    x: xOf(start, scene),
    y: row.top + 1,
    width: Math.max(2, duration / scene.view.scale - 1),
    height: row.height - 2,
  };
}

function paintCovered(context: Context, scene: Scene, stretch: Stretch) {
  const row = scene.layout.byTrack.get(stretch.track);
  if (!row) return;
  const { x, y, width, height } = boxOf(stretch, row, scene);
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, 4);
  context.fillStyle = scene.palette.badWash;
  context.fill();
  context.clip();
  context.strokeStyle = scene.palette.bad;
  context.globalAlpha = 0.75;
  context.beginPath();
  const first = Math.max(x, -height);
  const last = Math.min(x + width, scene.view.width);
  for (let line = first - height; line < last; line += 9) {
    context.moveTo(line, y + height);
    context.lineTo(line + height, y);
  }
  context.stroke();
  context.restore();
}

function paintShown(context: Context, scene: Scene) {
  const { drag, layout } = scene;
  if (drag.shown.size === 0) return;
  const from = scene.view.left;
  const to = from + scene.view.width * scene.view.scale;
  context.globalAlpha = drag.isLifted ? 0.9 : 1;
  for (const row of scene.film.tracks) {
    for (const clip of row.clips) {
      const shown = drag.shown.get(clip.id);
      const at = shown && layout.byTrack.get(shown.track);
      if (!at || shown.start > to || shown.start + shown.duration < from)
        continue;
      paintClip(context, scene, { clip, row: at, ...shown });
    }
  }
  context.globalAlpha = 1;
}

function paintGhosts(context: Context, scene: Scene) {
  const { palette } = scene;
  for (const ghost of scene.drag.ghosts) {
    const row = scene.layout.byTrack.get(ghost.track);
    if (!row) continue;
    const { x, y, width, height } = boxOf(ghost, row, scene);
    context.beginPath();
    context.roundRect(x, y, width, height, 5);
    context.fillStyle = palette.wash;
    context.fill();
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
    context.lineWidth = 1;
    context.fillStyle = palette.ink;
    context.font = `500 11px ${palette.sans}`;
    context.textBaseline = "middle";
    if (width > 40) context.fillText(ghost.name, x + 7, y + 10, width - 12);
  }
}

function upright(context: Context, scene: Scene, x: number) {
  context.beginPath();
  context.moveTo(sharp(x), 0);
  context.lineTo(sharp(x), scene.layout.height);
  context.stroke();
}

function paintNote(context: Context, scene: Scene) {
  const { note, noteAt } = scene.drag;
  if (!note || !noteAt) return;
  const { palette, view } = scene;
  context.font = `500 11px ${palette.mono}`;
  const width = context.measureText(note).width + 14;
  const x = Math.max(4, Math.min(view.width - width - 4, noteAt.x + 14));
  const y = Math.max(scene.top + 4, noteAt.y - 30);
  context.beginPath();
  context.roundRect(x, y, width, 20, 5);
  context.fillStyle = palette.raised;
  context.fill();
  context.strokeStyle = palette.edge;
  context.stroke();
  context.fillStyle = palette.ink;
  context.textBaseline = "middle";
  context.fillText(note, x + 7, y + 10.5);
}

/** Everything of a drag, over what is there. */
export function paintDrag(context: Context, scene: Scene) {
  const { drag, palette } = scene;
  for (const stretch of drag.covered) paintCovered(context, scene, stretch);
  paintShown(context, scene);
  paintGhosts(context, scene);
  context.strokeStyle = palette.accent;
  if (drag.room !== null) {
    context.lineWidth = 3;
    upright(context, scene, xOf(drag.room, scene));
    context.lineWidth = 1;
  }
  if (drag.guide !== null) {
    context.setLineDash([4, 3]);
    upright(context, scene, xOf(drag.guide, scene));
    context.setLineDash([]);
  }
  if (drag.marquee) {
    const { from, to, top, bottom } = drag.marquee;
    const x = xOf(Math.min(from, to), scene);
    const width = Math.abs(to - from) / scene.view.scale;
    context.fillStyle = palette.wash;
    context.fillRect(x, Math.min(top, bottom), width, Math.abs(bottom - top));
    context.strokeRect(
      sharp(x),
      sharp(Math.min(top, bottom)),
      width,
      Math.abs(bottom - top),
    );
  }
  paintNote(context, scene);
}
