import { useProject, type Clip, type Track } from "@/state/project";
import { useSelection } from "@/state/selection";

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
