import { applyEdit, type Edit } from "@/actions/edit/apply";
import type { Ticks } from "@/engine/engine";
import { projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { linkedOf, slipLimits, within } from "@/state/timeline_trims";
import { strings } from "@/strings";

/** Another part of the source, later by [by] of its ticks. */
export const slipEdit = (clip: string, by: Ticks, isAlone = false) =>
  by === 0
    ? null
    : ({ op: "slip", clip, by, ...(isAlone && { alone: true }) } as Edit);

export const slipClip = (clip: string, by: Ticks, isAlone = false) =>
  applyEdit(slipEdit(clip, by, isAlone), strings.timeline.edits.slip);

/** Slips the clip that has the keyboard, as far as its source goes. */
export function slipBy(by: Ticks): Promise<boolean> {
  const state = projectNow();
  const id = selectionNow().focus ?? "";
  const places = linkedOf(state, id, false);
  return slipClip(id, within(by, slipLimits(places, state.assets)));
}
