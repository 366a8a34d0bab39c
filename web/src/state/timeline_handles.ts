// Handles on a clip: the line of its gain, the points of its keyframes. Pure.
import type { Ticks } from "@/engine/engine";
import type { Animated, Clip, ClipParams, Keyframe } from "@/state/project";
import type { Row } from "@/state/timeline_geometry";

/** The line of the gain goes from the one to the other; what is beyond stands at its ends. */
export const GAIN_TOP = 12;
export const GAIN_BOTTOM = -48;

/** Above it is the name. */
const HEAD = 19;

/** Below the line at its lowest. */
const FOOT = 4;

/** How high 0 dB stands, so that there is more room where ears are finer. */
const UNITY_PART = 0.3;

const partOf = (gain: number) => {
  const held = Math.max(GAIN_BOTTOM, Math.min(GAIN_TOP, gain));
  return held >= 0
    ? UNITY_PART * (1 - held / GAIN_TOP)
    : UNITY_PART + (1 - UNITY_PART) * (held / GAIN_BOTTOM);
};

/** Where the line of [gain] decibels runs in [row]. */
export const gainLine = ({ top, height }: Row, gain: number): number =>
  top + HEAD + partOf(gain) * (height - HEAD - FOOT);

/** The gain of a line at [y], in steps of half a decibel. */
export function gainAt({ top, height }: Row, y: number): number {
  const part = (y - top - HEAD) / Math.max(1, height - HEAD - FOOT);
  const gain =
    part <= UNITY_PART
      ? GAIN_TOP * (1 - part / UNITY_PART)
      : (GAIN_BOTTOM * (part - UNITY_PART)) / (1 - UNITY_PART);
  const held = Math.max(GAIN_BOTTOM, Math.min(GAIN_TOP, gain));
  return Math.round(held * 2) / 2;
}

/** The clip's gain where it begins. */
export const levelOf = ({ gain = 0 }: Clip): number =>
  typeof gain === "number" ? gain : (gain[0]?.value ?? 0);

/** The members of a clip that may have keyframes. */
export const PARAMS: readonly (keyof ClipParams)[] = [
  "x",
  "y",
  "scale_x",
  "scale_y",
  "rotation",
  "anchor_x",
  "anchor_y",
  "crop_left",
  "crop_top",
  "crop_right",
  "crop_bottom",
  "corner_radius",
  "opacity",
  "gain",
  "pan",
];

const keysOf = (value: Animated | undefined): readonly Keyframe[] =>
  Array.isArray(value) ? value : [];

/** Every time at which the clip itself has keyframes, from its start. */
export function keyTimes(clip: Clip): Ticks[] {
  const times = new Set<Ticks>();
  for (const param of PARAMS)
    for (const { at } of keysOf(clip[param])) times.add(at);
  return [...times].sort((one, other) => one - other);
}

/** The keyframes that stand at [at]. */
export const keysAt = (clip: Clip, at: Ticks) =>
  PARAMS.flatMap((param) =>
    keysOf(clip[param])
      .filter((keyframe) => keyframe.at === at)
      .map((keyframe) => ({ param, keyframe })),
  );
