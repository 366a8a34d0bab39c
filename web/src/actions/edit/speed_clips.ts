import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { projectNow } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { strings } from "@/strings";

/** The same stretch of the source faster or slower. */
export const speedEdit = (
  clip: string,
  speed: number,
  ripple: boolean,
): Edit => ({ op: "speed", clip, speed, ...(ripple && { ripple }) });

/** All selected clips, those behind them follow; one of each link is named. */
export function speedSelected(
  of: (speed: number) => number,
  ripple = true,
): Promise<boolean> {
  const { places } = projectNow();
  const links = new Set<string>();
  const edits = [...selectionNow().clips].flatMap((id) => {
    const clip = places.get(id)?.clip;
    if (!clip || (clip.kind !== "media" && clip.kind !== "sequence")) return [];
    if (clip.link && links.has(clip.link)) return [];
    if (clip.link) links.add(clip.link);
    return [speedEdit(id, of(clip.speed ?? 1), ripple)];
  });
  const name = strings.timeline.edits.speed;
  return applyEdit(batch(name, edits), name);
}
