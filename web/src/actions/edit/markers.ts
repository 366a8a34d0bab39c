import { applyEdit, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { playheadNow } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import { filmOf, projectNow } from "@/state/project";
import { selectMarker } from "@/state/selection";
import { strings } from "@/strings";

export const addMarkerEdit = (id: string, start: Ticks, name = ""): Edit => ({
  op: "add-marker",
  marker: { id, start, ...(name && { name }) },
});

/** A marker at the playhead, which is selected then; none where one is already. */
export async function addMarker(): Promise<boolean> {
  const at = playheadNow();
  const there = filmOf(projectNow())?.markers.find(({ start }) => start === at);
  if (there) {
    selectMarker(there.id);
    return true;
  }
  const id = newId("m");
  const isThere = await applyEdit(
    addMarkerEdit(id, at),
    strings.timeline.edits.marker,
  );
  if (isThere) selectMarker(id);
  return isThere;
}

/** New values of a marker: its name, its colour, where it is. */
export function setMarker(
  marker: string,
  values: { name?: string; color?: string; start?: Ticks; duration?: Ticks },
): Promise<boolean> {
  const sequence = filmOf(projectNow())?.id;
  return applyEdit(
    { op: "set", marker, sequence, values },
    strings.timeline.edits.marker,
  );
}

export const removeMarker = (marker: string) =>
  applyEdit(
    { op: "remove-marker", marker },
    strings.timeline.edits.removeMarker,
  );
