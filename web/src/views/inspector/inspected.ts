import { useRef } from "react";
import type { Ticks } from "@/engine/engine";
import { usePlayerState } from "@/state/player_state";
import { useProject, type Clip, type Track } from "@/state/project";
import { useSelection } from "@/state/selection";
import { useSession } from "@/state/session";
import { frameAt, frameStart } from "@/state/time";

/** The clips that are selected: what is shown of several is what [clip] has. */
export interface Inspected {
  clip: Clip;
  clips: readonly Clip[];
  track: Track;
}

/** Null where no clip is selected. */
export function useInspected(): Inspected | null {
  const places = useProject((state) => state.places);
  const { clips: ids, focus } = useSelection();
  const found = [...ids].flatMap((id) => places.get(id) ?? []);
  const main = found.find(({ clip }) => clip.id === focus) ?? found[0];
  if (!main) return null;
  const alike = found.filter(({ track }) => track.kind === main.track.kind);
  return { ...main, clips: alike.map(({ clip }) => clip) };
}

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
