// Moving, scaling, turning and cropping on the stage.
import type { Changes } from "@/actions/inspect";
import type { Ticks } from "@/engine/engine";
import type { ParamName } from "@/state/clip_params";
import type { Clip } from "@/state/project";

export type Placing = Partial<Record<ParamName, number>>;

/** Finer than a millionth is not kept; this is finer than anybody sees. */
const exact = (value: number) => Math.round(value * 1000) / 1000;

/** Several members of a clip at the playhead. */
export const placing = (
  clip: Clip,
  playhead: Ticks,
  values: Placing,
): Changes =>
  Object.entries(values).map(([param, value]) => ({
    member: { clip, param },
    value: exact(value),
    at: playhead - clip.start,
  }));
