import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import type { Ticks } from "@/engine/engine";
import { projectNow, type Clip, type FadeCurve } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { companyOf } from "@/state/timeline_moves";
import { strings } from "@/strings";

/** New values of one clip, in the words of the project's file. */
export const setClipEdit = (
  clip: string,
  values: Partial<Clip>,
  unset: readonly (keyof Clip)[] = [],
): Edit => ({ op: "set", clip, values, ...(unset.length > 0 && { unset }) });

/** Of several clips as one edit called [name]. */
export const setClips = (
  ids: Iterable<string>,
  values: Partial<Clip>,
  name: string,
) =>
  applyEdit(
    batch(
      name,
      [...ids].map((id) => setClipEdit(id, values)),
    ),
    name,
  );

/** A fade's length and, where it is named, its curve. */
export const fadeEdit = (
  clip: string,
  side: "in" | "out",
  length: Ticks,
  curve?: FadeCurve,
): Edit =>
  setClipEdit(clip, {
    [`fade_${side}`]: length,
    ...(curve && { [`fade_${side}_curve`]: curve }),
  });

export const setFade = (...args: Parameters<typeof fadeEdit>) =>
  applyEdit(fadeEdit(...args), strings.timeline.edits.fade);

/** Decibels of a clip's own gain. */
export const setGain = (clip: string, gain: number) =>
  applyEdit(setClipEdit(clip, { gain }), strings.timeline.edits.gain);

/** Neither seen nor heard, or again: what is selected, with what is linked to it. */
export function toggleOff(): Promise<boolean> {
  const places = companyOf(projectNow(), selectionNow().clips, false);
  const isOn = places.some(({ clip }) => !clip.off);
  const { edits } = strings.timeline;
  return setClips(
    places.map(({ clip }) => clip.id),
    { off: isOn },
    isOn ? edits.off : edits.on,
  );
}
