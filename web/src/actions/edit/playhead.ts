import type { Rate, Ticks } from "@/engine/engine";
import { now } from "@/state/session";
import { frameAt, frameStart } from "@/state/time";

/** The rate of the open film. */
export const rateNow = (): Rate =>
  now().open?.film.info.rate ?? { num: 30, den: 1 };

/** Where the frame under the playhead begins: edits are made on frames. */
export function playheadNow(): Ticks {
  const rate = rateNow();
  return frameStart(frameAt(now().player?.state.playhead ?? 0, rate), rate);
}

/** The frame's beginning that is nearest to [at]. */
export function onFrame(at: Ticks, rate: Rate = rateNow()): Ticks {
  const half = frameStart(1, rate) / 2;
  return frameStart(frameAt(Math.max(0, at + half), rate), rate);
}
