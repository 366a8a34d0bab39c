import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { removeMarker } from "@/actions/edit/markers";
import { removeTransition } from "@/actions/edit/transitions";
import { projectNow, type Place } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { companyOf } from "@/state/timeline_moves";
import { strings } from "@/strings";

/** Takes clips out: with gaps where they were, or closed up. */
export function deleteEdit(
  places: readonly Place[],
  isRippling: boolean,
): Edit | null {
  const { edits } = strings.timeline;
  const free = places.filter(({ track }) => !track.locked);
  // From the end on, so that what closes up does not move what is still to go.
  const order = [...free].sort(
    (one, other) => other.clip.start - one.clip.start,
  );
  return batch(
    isRippling ? edits.rippleDelete : edits.remove,
    order.map(({ clip }) => ({
      op: isRippling ? "ripple-delete" : "remove-clip",
      clip: clip.id,
      alone: true,
    })),
  );
}

/** Takes what is selected out: clips with their linked ones, a transition or a marker. */
export function deleteSelected(isRippling: boolean): Promise<boolean> {
  const { clips, transition, marker } = selectionNow();
  if (transition) return removeTransition(transition);
  if (marker) return removeMarker(marker);
  const { edits } = strings.timeline;
  return applyEdit(
    deleteEdit(companyOf(projectNow(), clips, false), isRippling),
    isRippling ? edits.rippleDelete : edits.remove,
  );
}
