import { applyEdit, type Edit } from "@/actions/edit/apply";
import { rateNow } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import { projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { frameStart } from "@/state/time";
import { slideLimits, within } from "@/state/timeline_trims";
import { strings } from "@/strings";

/** Between its neighbours, which give way and follow. */
export const slideEdit = (clip: string, by: Ticks): Edit | null =>
  by === 0 ? null : { op: "slide", clip, by };

export const slideClip = (clip: string, by: Ticks) =>
  applyEdit(slideEdit(clip, by), strings.timeline.edits.slide);

/** Slides the clip that has the keyboard, as far as its neighbours go. */
export function slideBy(by: Ticks): Promise<boolean> {
  const state = projectNow();
  const place = state.places.get(selectionNow().focus ?? "");
  if (!place) return Promise.resolve(false);
  const limits = slideLimits(place, frameStart(1, rateNow()), state.assets);
  return slideClip(place.clip.id, within(by, limits));
}
