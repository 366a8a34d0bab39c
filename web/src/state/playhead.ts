import { useRef } from "react";
import type { Ticks } from "@/engine/engine";
import { usePlayerState } from "@/state/player_state";
import { useSession } from "@/state/session";
import { frameAt, frameStart } from "@/state/time";

/** The frame that the playhead is on; while playing, the one that it was on before. */
export function usePlayhead(): Ticks {
  const player = useSession((session) => session.player);
  const rate = useSession((session) => session.open?.film.info.rate);
  const last = useRef(0);
  const frame = usePlayerState(
    player,
    ({ playhead, rate: speed }) =>
      speed === 0 && rate ? frameAt(playhead, rate) : NaN,
    0,
  );
  if (!Number.isNaN(frame) && rate) last.current = frameStart(frame, rate);
  return last.current;
}
