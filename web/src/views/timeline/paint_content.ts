// Paints what is in a clip: pictures of its source, or how loud it is.
import type { Box, Painted } from "./paint_clip";
import type { Context, Scene } from "./paint_scene";

/** Pictures stand so far apart until their own shape is known. */
const SHAPE = 16 / 9;

/** How much darker than the clip a waveform is drawn. */
const WAVE_ALPHA = 0.62;

/** The time of the source that is on at [x] pixels from the clip's beginning. */
function sourceAt({ clip, ...painted }: Painted, scene: Scene, x: number) {
  const speed = clip.speed ?? 1;
  const from = painted.source_start ?? clip.source_start ?? 0;
  const along = x * scene.view.scale * Math.abs(speed);
  const length = painted.duration * Math.abs(speed);
  return Math.max(0, speed < 0 ? from + length - along : from + along);
}

/** Fills a place with the middle of a picture. */
function paintPicture(context: Context, picture: ImageBitmap, place: Box) {
  const { x, y, width, height } = place;
  const scale = Math.max(width / picture.width, height / picture.height);
  const wide = Math.min(picture.width, width / scale);
  const high = Math.min(picture.height, height / scale);
  context.drawImage(
    picture,
    (picture.width - wide) / 2,
    (picture.height - high) / 2,
    wide,
    high,
    x,
    y,
    width,
    height,
  );
}

/** Pictures beside each other, each of the time where it begins. */
export function paintFilmstrip(
  context: Context,
  scene: Scene,
  painted: Painted,
  box: Box,
) {
  const asset = painted.clip.asset && scene.assets.get(painted.clip.asset);
  if (!asset || box.height < 12) return;
  const width = box.height * SHAPE;
  const first = Math.max(0, Math.floor(-box.x / width));
  const end = Math.min(box.width, scene.view.width - box.x);
  const spacing = width * scene.view.scale * Math.abs(painted.clip.speed ?? 1);
  for (let place = first; place * width < end; place++) {
    const at = sourceAt(painted, scene, place * width);
    const picture = scene.sketches.picture(asset, at, spacing);
    if (!picture) continue;
    paintPicture(context, picture, {
      ...box,
      x: box.x + place * width,
      width,
    });
  }
}

/** A bar for each pixel, as high as it is loud there. */
export function paintWaveform(
  context: Context,
  scene: Scene,
  painted: Painted,
  box: Box,
) {
  const asset = painted.clip.asset && scene.assets.get(painted.clip.asset);
  if (!asset) return;
  const peaks = scene.sketches.peaks(asset);
  if (!peaks) return;
  const first = Math.max(0, Math.floor(-box.x));
  const end = Math.ceil(Math.min(box.width, scene.view.width - box.x));
  const middle = box.y + box.height / 2;
  const half = box.height / 2 - 2;
  const at = sourceAt(painted, scene, first);
  const next = sourceAt(painted, scene, first + 1);
  const step = next - at;
  context.beginPath();
  for (let x = first; x < end; x++) {
    const from = at + (x - first) * step;
    const level = peaks.between(Math.min(from, from + step), Math.abs(step));
    if (level === null) continue;
    const height = Math.max(0.5, level * half);
    context.rect(box.x + x, middle - height, 1, height * 2);
  }
  context.fillStyle = scene.palette.onClip;
  context.globalAlpha *= WAVE_ALPHA;
  context.fill();
  context.globalAlpha = 1;
}
