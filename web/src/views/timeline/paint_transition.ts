import type { Row } from "@/state/timeline_geometry";
import { sharp, xOf, type Context, type Scene } from "./paint_scene";

/** How high they stand on their row. */
export const TRANSITION_HEIGHT = 20;

/** Narrower ones are only a line. */
const SIGN_PIXELS = 14;

/** Transitions of a row: a box over the cut with the slope of a dissolve in it. */
export function paintTransitions(context: Context, scene: Scene, row: Row) {
  const { view, palette, drag, selection } = scene;
  for (const transition of row.track.transitions) {
    const { start, duration } =
      drag.transition?.id === transition.id ? drag.transition : transition;
    const x = xOf(start, scene);
    const width = duration / view.scale;
    if (x > view.width || x + width < 0) continue;
    const y = row.top + row.height - TRANSITION_HEIGHT - 1;
    const isSelected = selection.transition === transition.id;
    context.beginPath();
    context.roundRect(
      sharp(x),
      y + 0.5,
      Math.max(3, width - 1),
      TRANSITION_HEIGHT - 1,
      4,
    );
    context.fillStyle = palette.raised;
    context.globalAlpha = 0.88;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = isSelected ? palette.accent : palette.edge;
    context.lineWidth = isSelected ? 2 : 1;
    context.stroke();
    context.lineWidth = 1;
    if (width < SIGN_PIXELS) continue;
    context.strokeStyle = isSelected ? palette.accent : palette.soft;
    context.beginPath();
    context.moveTo(x + 4, y + TRANSITION_HEIGHT - 4);
    context.lineTo(x + width - 5, y + 4);
    context.moveTo(x + 4, y + 4);
    context.lineTo(x + width - 5, y + TRANSITION_HEIGHT - 4);
    context.stroke();
  }
}
