import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Player, PlayerState } from "@/engine/engine";

/** One value of the player's state; the element is drawn anew when that value changes. */
export function usePlayerState<T>(
  player: Player | null,
  pick: (state: PlayerState) => T,
  otherwise: T,
): T {
  return useSyncExternalStore(
    (changed) => player?.subscribe(changed) ?? (() => undefined),
    () => (player ? pick(player.state) : otherwise),
  );
}

/** Calls [paint] with every state: for what changes with each frame and must not cost a drawing by React. */
export function useEveryState(
  player: Player | null,
  paint: (state: PlayerState) => void,
) {
  const latest = useRef(paint);
  latest.current = paint;
  useEffect(() => {
    if (!player) return undefined;
    latest.current(player.state);
    return player.subscribe((state) => latest.current(state));
  }, [player]);
}
