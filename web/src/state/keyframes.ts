// What an animated member is at a time, as docs/project-format.md says. Only for controls to show: what is
// painted and heard comes from the core.
import type { Ticks } from "@/engine/engine";
import type { Animated, Easing, Keyframe } from "@/state/project";

type Curve = readonly [number, number, number, number];

/** The curves of CSS by the names that the format has for them. */
export const CURVES: Record<Exclude<Easing, "hold" | "bezier">, Curve> = {
  linear: [0, 0, 1, 1],
  in: [0.42, 0, 1, 1],
  out: [0, 0, 0.58, 1],
  "in-out": [0.42, 0, 0.58, 1],
};

const STEPS = 24;

const bezier = (first: number, second: number, t: number) =>
  3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t ** 2 * second + t ** 3;

/** How far a value is at [part] of the way. */
export function eased(
  part: number,
  { easing = "linear", curve }: Pick<Keyframe, "easing" | "curve">,
): number {
  if (easing === "hold") return 0;
  if (easing === "linear") return part;
  const [x1, y1, x2, y2] =
    easing === "bezier" ? (curve ?? CURVES.linear) : CURVES[easing];
  let low = 0;
  let high = 1;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (bezier(x1, x2, middle) < part) low = middle;
    else high = middle;
  }
  return bezier(y1, y2, (low + high) / 2);
}

/** The last keyframe at [at] or before, and the first behind it. */
function around<T>(frames: readonly Keyframe<T>[], at: Ticks) {
  let before: Keyframe<T> | undefined;
  for (const frame of frames) {
    if (frame.at > at) return { before, behind: frame };
    before = frame;
  }
  return { before, behind: undefined };
}

/** A member's value at [at], from the clip's start. */
export function valueAt<T extends number | string | boolean>(
  member: Animated<T> | undefined,
  at: Ticks,
  otherwise: T,
): T {
  if (member === undefined) return otherwise;
  if (!Array.isArray(member)) return member;
  const { before, behind } = around(member, at);
  if (!before) return behind?.value ?? otherwise;
  if (!behind || typeof before.value !== "number") return before.value;
  const part = (at - before.at) / (behind.at - before.at);
  const way = Number(behind.value) - before.value;
  return (before.value + way * eased(part, before)) as T;
}

export const keyframesOf = <T>(
  member: Animated<T> | undefined,
): Keyframe<T>[] => (Array.isArray(member) ? member : []);
