import { applyEdit, type Edit } from "@/actions/edit/apply";
import { playheadNow, rateNow } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import { endOf, projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { frameStart } from "@/state/time";
import {
  linkedOf,
  trimLimits,
  within,
  type Edge,
  type TrimMode,
} from "@/state/timeline_trims";
import { strings } from "@/strings";

/** One edge of a clip by [by] ticks; null where it stays. */
export const trimEdit = (
  clip: string,
  edge: Edge,
  by: Ticks,
  mode: TrimMode,
  isAlone = false,
): Edit | null =>
  by === 0
    ? null
    : { op: mode, clip, edge, by, ...(isAlone && { alone: true }) };

const NAMES: Record<TrimMode, string> = {
  trim: strings.timeline.edits.trim,
  "ripple-trim": strings.timeline.edits.ripple,
  roll: strings.timeline.edits.roll,
};

export const trimName = (mode: TrimMode): string => NAMES[mode];

export const trimClip = (...args: Parameters<typeof trimEdit>) =>
  applyEdit(trimEdit(...args), trimName(args[3]));

/** Brings an edge of the clip that has the keyboard to the playhead, as far as it goes. */
export function trimToPlayhead(edge: Edge, mode: TrimMode): Promise<boolean> {
  const state = projectNow();
  const place = state.places.get(selectionNow().focus ?? "");
  if (!place) return Promise.resolve(false);
  const { clip } = place;
  const at = edge === "start" ? clip.start : endOf(clip);
  return trimBy(edge, mode, playheadNow() - at);
}

/** An edge of the clip that has the keyboard by [by] ticks, as far as it goes. */
export function trimBy(
  edge: Edge,
  mode: TrimMode,
  by: Ticks,
): Promise<boolean> {
  const state = projectNow();
  const id = selectionNow().focus ?? "";
  const places = linkedOf(state, id, false);
  if (places.length === 0) return Promise.resolve(false);
  const frame = frameStart(1, rateNow());
  const limits = trimLimits(places, edge, mode, frame, state.assets);
  return trimClip(id, edge, within(by, limits), mode);
}
