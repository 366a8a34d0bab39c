// What is done to the stretch between the in and the out point.
import { tell } from "@/actions/tell_trouble";
import { applyEdit, type Edit } from "@/actions/edit/apply";
import { playheadNow } from "@/actions/edit/playhead";
import type { Range } from "@/engine/engine";
import { endOf, projectNow } from "@/state/project";
import { markStretch, selectionNow } from "@/state/selection";
import { strings } from "@/strings";

/** The marked stretch; null where none is marked. */
export function stretchNow(): Range | null {
  const { in: first, out: last } = selectionNow();
  if (first === null || last === null || last <= first) return null;
  return { start: first, duration: last - first };
}

/** The playhead becomes the in point; an out point before it goes. */
export function markIn() {
  const at = playheadNow();
  const { out } = selectionNow();
  markStretch({ in: at, ...(out !== null && out <= at && { out: null }) });
}

/** The playhead becomes the out point; an in point behind it goes. */
export function markOut() {
  const at = playheadNow();
  const { in: first } = selectionNow();
  markStretch({ out: at, ...(first !== null && first >= at && { in: null }) });
}

export const clearMarks = () => markStretch({ in: null, out: null });

/** From where the first selected clip begins to where the last ends. */
export function markSelected() {
  const clips = [...selectionNow().clips].flatMap(
    (id) => projectNow().places.get(id)?.clip ?? [],
  );
  if (clips.length === 0) return;
  markStretch({
    in: Math.min(...clips.map(({ start }) => start)),
    out: Math.max(...clips.map(endOf)),
  });
}

/** Empties the stretch on all unlocked tracks; `extract` closes it up. */
export const stretchEdit = (op: "lift" | "extract", range: Range): Edit => ({
  op,
  start: range.start,
  duration: range.duration,
});

async function onStretch(op: "lift" | "extract"): Promise<boolean> {
  const range = stretchNow();
  if (!range) {
    tell({ message: strings.timeline.cannot.noStretch, place: "" });
    return false;
  }
  const isDone = await applyEdit(
    stretchEdit(op, range),
    strings.timeline.edits[op],
  );
  if (isDone) clearMarks();
  return isDone;
}

export const liftStretch = () => onStretch("lift");
export const extractStretch = () => onStretch("extract");
