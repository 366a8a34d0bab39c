import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import type { Ticks } from "@/engine/engine";
import type { ClipParams, Keyframe } from "@/state/project";
import { strings } from "@/strings";

/** Keyframes of one clip that stand at one time. */
export interface KeyframesAt {
  at: Ticks;
  keys: readonly { param: keyof ClipParams; keyframe: Keyframe }[];
}

/** They go to [to], counted from the clip's start. */
export function moveKeyframesEdit(
  clip: string,
  { at, keys }: KeyframesAt,
  to: Ticks,
): Edit | null {
  if (to === at) return null;
  return batch(
    strings.timeline.edits.keyframe,
    keys.flatMap(({ param, keyframe }) => [
      { op: "set-keyframe", clip, param, keyframe: { ...keyframe, at: to } },
      { op: "remove-keyframe", clip, param, at },
    ]),
  );
}

export const moveKeyframes = (...args: Parameters<typeof moveKeyframesEdit>) =>
  applyEdit(moveKeyframesEdit(...args), strings.timeline.edits.keyframe);
