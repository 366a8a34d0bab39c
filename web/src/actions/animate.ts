// Ways for a title or a picture to come and go, made of keyframes.
import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import { keyframesOf, valueAt } from "@/state/keyframes";
import { PARAMS } from "@/state/clip_params";
import type { Clip, ClipParams, Keyframe } from "@/state/project";
import { strings } from "@/strings";

export type Animation = keyof typeof strings.inspector.animations;

/** As long as it takes to come or go, unless the clip is shorter than two of them. */
const LENGTH: Ticks = Math.round(0.5 * TICKS_PER_SECOND);

type Away = Partial<Record<keyof ClipParams, (value: number) => number>>;

/** Where it comes from or goes to, from where it is. */
const WAYS: Record<Animation, Away> = {
  none: {},
  fade: { opacity: () => 0 },
  rise: { opacity: () => 0, y: (value) => value + 60 },
  drop: { opacity: () => 0, y: (value) => value - 60 },
  left: { opacity: () => 0, x: (value) => value - 240 },
  right: { opacity: () => 0, x: (value) => value + 240 },
  pop: {
    opacity: () => 0,
    scale_x: (value) => value * 0.6,
    scale_y: (value) => value * 0.6,
  },
  zoom: {
    opacity: () => 0,
    scale_x: (value) => value * 1.4,
    scale_y: (value) => value * 1.4,
  },
};

/** Too far, and back: what makes a thing pop. */
const POP: [number, number, number, number] = [0.34, 1.56, 0.64, 1];

const MEMBERS = ["opacity", "x", "y", "scale_x", "scale_y"] as const;

const lengthOf = (clip: Clip) =>
  Math.min(LENGTH, Math.floor(clip.duration / 2));

/** The keyframes of the other end stay; those of this end go. */
function others(frames: readonly Keyframe[], clip: Clip, side: "in" | "out") {
  const length = lengthOf(clip);
  return frames.filter(({ at }) =>
    side === "in" ? at > length : at < clip.duration - length,
  );
}

function framesFor(
  clip: Clip,
  side: "in" | "out",
  away: number,
  rest: number,
  name: Animation,
): Keyframe[] {
  const length = lengthOf(clip);
  if (side === "out")
    return [
      { at: clip.duration - length, value: rest, easing: "in" },
      { at: clip.duration, value: away },
    ];
  const shape: Pick<Keyframe, "easing" | "curve"> =
    name === "pop" && away !== 0
      ? { easing: "bezier", curve: POP }
      : { easing: "out" };
  return [
    { at: 0, value: away, ...shape },
    { at: length, value: rest },
  ];
}

function animationEdit(
  clip: Clip,
  side: "in" | "out",
  name: Animation,
): Edit | null {
  const values: Record<string, number | Keyframe[]> = {};
  for (const param of MEMBERS) {
    const member = clip[param];
    const away = WAYS[name][param];
    const frames = keyframesOf(member);
    const { otherwise } = PARAMS[param];
    const rest = Number(valueAt(member, clip.duration / 2, otherwise));
    const kept = others(frames, clip, side);
    if (!away && kept.length === frames.length) continue;
    const own = away ? framesFor(clip, side, away(rest), rest, name) : [];
    const all = [...kept, ...own].sort((one, other) => one.at - other.at);
    values[param] = all.length > 0 ? all : rest;
  }
  return Object.keys(values).length > 0
    ? { op: "set", clip: clip.id, values }
    : null;
}

/** Lets clips come or go in a way that has a name. */
export function animate(
  clips: readonly Clip[],
  side: "in" | "out",
  name: Animation,
) {
  const edits = clips.flatMap((clip) => animationEdit(clip, side, name) ?? []);
  const label = strings.inspector.edits.animation;
  return applyEdit(batch(label, edits), label);
}

/** Which way a clip comes or goes, as far as its keyframes tell. */
export function animationOf(clip: Clip, side: "in" | "out"): Animation {
  const edge = side === "in" ? 0 : clip.duration;
  const away = (param: (typeof MEMBERS)[number]) => {
    const frames = keyframesOf(clip[param]);
    const frame = frames.find(({ at }) => at === edge);
    const rest = valueAt(clip[param], clip.duration / 2, 0);
    return frame ? frame.value - Number(rest) : 0;
  };
  const [opacity, x, y, scale] = [
    away("opacity"),
    away("x"),
    away("y"),
    away("scale_x"),
  ];
  if (x !== 0) return x < 0 ? "left" : "right";
  if (y !== 0) return y < 0 ? "drop" : "rise";
  if (scale !== 0) return scale < 0 ? "pop" : "zoom";
  return opacity < 0 ? "fade" : "none";
}
