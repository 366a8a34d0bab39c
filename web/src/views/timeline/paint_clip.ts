// Paints one clip: its colour, what is in it, its name, fades, gain and keyframes.
import type { Ticks } from "@/engine/engine";
import type { Clip } from "@/state/project";
import { gainLine, keyTimes, levelOf } from "@/state/timeline_handles";
import type { Row } from "@/state/timeline_geometry";
import { paintFilmstrip, paintWaveform } from "./paint_content";
import { xOf, type Context, type Scene } from "./paint_scene";

/** A clip in the place where it is painted. */
export interface Painted {
  clip: Clip;
  row: Row;
  start: Ticks;
  duration: Ticks;
  source_start?: Ticks;
}

/** Where it is, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const ROUND = 5;

/** Narrower clips show no name, and no content. */
const NAME_PIXELS = 34;
const CONTENT_PIXELS = 12;

/** The strip with the name, where there is room for more than that. */
export const NAME_HEIGHT = 17;

/** Lower rows show only the name. */
const CONTENT_HEIGHT = 44;

export function boxOf({ row, start, duration }: Painted, scene: Scene): Box {
  const x = xOf(start, scene);
  const width = Math.max(2, duration / scene.view.scale - 1);
  return { x, y: row.top + 1, width, height: row.height - 2 };
}

const colourOf = ({ row: { track } }: Painted, { palette }: Scene) => {
  if (track.kind === "text") return palette.words;
  if (track.kind === "video") return palette.picture;
  return track.role === "music" ? palette.music : palette.voice;
};

function outline(context: Context, { x, y, width, height }: Box) {
  const round = Math.min(ROUND, width / 2);
  context.beginPath();
  context.roundRect(x, y, width, height, round);
}

/** The part of a box that is in sight: what is outside of it costs nothing. */
function inSight(box: Box, { view }: Scene): Box {
  const x = Math.max(box.x, -20);
  const right = Math.min(box.x + box.width, view.width + 20);
  return { ...box, x, width: Math.max(0, right - x) };
}

function paintContent(
  context: Context,
  scene: Scene,
  painted: Painted,
  box: Box,
) {
  const { clip, row } = painted;
  const hasRoom = row.height >= CONTENT_HEIGHT && box.width >= CONTENT_PIXELS;
  if (!hasRoom || clip.kind !== "media") return;
  const body = {
    ...box,
    y: box.y + NAME_HEIGHT,
    height: box.height - NAME_HEIGHT,
  };
  context.save();
  outline(context, box);
  context.clip();
  if (row.track.kind === "video") paintFilmstrip(context, scene, painted, body);
  else paintWaveform(context, scene, painted, body);
  context.restore();
}

function paintName(context: Context, scene: Scene, painted: Painted, box: Box) {
  const seen = inSight(box, scene);
  if (seen.width < NAME_PIXELS) return;
  const { clip } = painted;
  const speed = clip.speed ?? 1;
  const marks = `${speed === 1 ? "" : ` ${speed}×`}${clip.effects?.length ? " ƒ" : ""}`;
  const name = (clip.link ? "⛓ " : "") + scene.nameOf(clip) + marks;
  context.save();
  context.beginPath();
  context.rect(seen.x + 6, box.y, seen.width - 10, box.height);
  context.clip();
  context.fillStyle = scene.palette.onClip;
  context.font = `500 11px ${scene.palette.sans}`;
  context.textBaseline = "middle";
  const isLow = painted.row.height < CONTENT_HEIGHT;
  const y = isLow ? box.y + box.height / 2 : box.y + NAME_HEIGHT / 2 + 0.5;
  context.fillText(name, seen.x + 7, y);
  context.restore();
}

function paintFades(
  context: Context,
  scene: Scene,
  painted: Painted,
  box: Box,
) {
  const { clip } = painted;
  const { scale } = scene.view;
  const dragged = scene.drag.fades?.clip === clip.id ? scene.drag.fades : null;
  const fadeIn = (dragged?.in ?? clip.fade_in ?? 0) / scale;
  const fadeOut = (dragged?.out ?? clip.fade_out ?? 0) / scale;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  context.fillStyle = "rgb(0 0 0 / 0.34)";
  context.beginPath();
  if (fadeIn > 1) {
    context.moveTo(box.x, box.y);
    context.lineTo(box.x + fadeIn, box.y);
    context.lineTo(box.x, bottom);
  }
  if (fadeOut > 1) {
    context.moveTo(right, box.y);
    context.lineTo(right - fadeOut, box.y);
    context.lineTo(right, bottom);
  }
  context.fill();
  const isOpen = scene.hovered === clip.id || dragged !== null;
  if (!isOpen || box.width < 44 || painted.row.track.locked) return;
  for (const x of [box.x + Math.max(fadeIn, 6), right - Math.max(fadeOut, 6)]) {
    context.beginPath();
    context.arc(x, box.y + 6, 4, 0, 7);
    context.fillStyle = "white";
    context.fill();
    context.strokeStyle = scene.palette.onClip;
    context.stroke();
  }
}

function paintGain(context: Context, scene: Scene, painted: Painted, box: Box) {
  const { clip, row } = painted;
  if (
    row.track.kind !== "audio" ||
    row.height < CONTENT_HEIGHT ||
    box.width < 24
  )
    return;
  const dragged =
    scene.drag.gain?.clip === clip.id ? scene.drag.gain.gain : null;
  const gain = dragged ?? levelOf(clip);
  const y = gainLine(row, gain);
  const seen = inSight(box, scene);
  context.strokeStyle = scene.palette.onClip;
  context.globalAlpha *=
    scene.hovered === clip.id || dragged !== null ? 0.9 : 0.35;
  context.beginPath();
  context.moveTo(seen.x, y);
  context.lineTo(seen.x + seen.width, y);
  context.stroke();
  context.globalAlpha = 1;
}

function paintKeys(context: Context, scene: Scene, painted: Painted, box: Box) {
  const { clip, start } = painted;
  const { keys } = scene.drag;
  for (const at of keyTimes(clip)) {
    const isDragged = keys?.clip === clip.id && keys.from === at;
    const x = xOf(start + (isDragged ? keys.to : at), scene);
    if (x < box.x - 1 || x > box.x + box.width + 1) continue;
    const y = box.y + box.height - 7;
    context.beginPath();
    context.moveTo(x, y - 5);
    context.lineTo(x + 5, y);
    context.lineTo(x, y + 5);
    context.lineTo(x - 5, y);
    context.closePath();
    context.fillStyle = "white";
    context.fill();
    context.strokeStyle = scene.palette.onClip;
    context.stroke();
  }
}

/** Off: fainter, and struck through. */
function paintOff(context: Context, scene: Scene, box: Box) {
  context.fillStyle = scene.palette.sunken;
  context.globalAlpha = 0.62;
  outline(context, box);
  context.fill();
  context.globalAlpha = 1;
}

function paintFrame(
  context: Context,
  scene: Scene,
  { clip }: Painted,
  box: Box,
) {
  const { palette, selection } = scene;
  const isSelected = selection.clips.has(clip.id);
  outline(context, {
    x: box.x + 0.5,
    y: box.y + 0.5,
    width: Math.max(1, box.width - 1),
    height: box.height - 1,
  });
  context.strokeStyle = isSelected ? palette.ink : "rgb(0 0 0 / 0.28)";
  context.lineWidth = isSelected ? 2 : 1;
  context.stroke();
  if (scene.hasFocus && selection.focus === clip.id) {
    outline(context, {
      x: box.x - 1.5,
      y: box.y - 1.5,
      width: box.width + 3,
      height: box.height + 3,
    });
    context.strokeStyle = palette.accent;
    context.stroke();
  }
  context.lineWidth = 1;
}

/** One clip where [painted] says. */
export function paintClip(context: Context, scene: Scene, painted: Painted) {
  const box = boxOf(painted, scene);
  const { clip } = painted;
  context.fillStyle = colourOf(painted, scene);
  if (box.width < 5) {
    context.fillRect(box.x, box.y, box.width, box.height);
    if (scene.selection.clips.has(clip.id)) {
      context.fillStyle = scene.palette.ink;
      context.fillRect(box.x, box.y, box.width, 2);
      context.fillRect(box.x, box.y + box.height - 2, box.width, 2);
    }
    return;
  }
  outline(context, inSight(box, scene));
  context.fill();
  if (scene.selection.clips.has(clip.id) || scene.hovered === clip.id) {
    context.fillStyle = "rgb(255 255 255 / 0.16)";
    context.fill();
  }
  paintContent(context, scene, painted, box);
  paintGain(context, scene, painted, box);
  paintFades(context, scene, painted, box);
  paintName(context, scene, painted, box);
  if (clip.off) paintOff(context, scene, box);
  paintFrame(context, scene, painted, box);
  if (scene.selection.clips.has(clip.id))
    paintKeys(context, scene, painted, box);
}
