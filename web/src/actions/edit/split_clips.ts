import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { playheadNow } from "@/actions/edit/playhead";
import type { Ticks } from "@/engine/engine";
import { endOf, filmOf, projectNow, type Clip } from "@/state/project";
import { selectionNow } from "@/state/selection";
import { clipAt } from "@/state/timeline_geometry";
import { strings } from "@/strings";

const isOver = (clip: Clip, at: Ticks) => clip.start < at && at < endOf(clip);

/** Cuts the clips at [at]; of those that are linked, one is named, the others are cut with it. */
export function splitEdit(clips: readonly Clip[], at: Ticks): Edit | null {
  const links = new Set<string>();
  const named = clips.filter(({ link }) => {
    const isKnown = link !== undefined && links.has(link);
    if (link) links.add(link);
    return !isKnown;
  });
  return batch(
    strings.timeline.edits.split,
    named
      .filter((clip) => isOver(clip, at))
      .map(({ id }) => ({ op: "split", clip: id, at })),
  );
}

export const splitClips = (clips: readonly Clip[], at: Ticks) =>
  applyEdit(splitEdit(clips, at), strings.timeline.edits.split);

/** What is selected under the playhead; where nothing is, what lies there on all unlocked tracks. */
export function splitAtPlayhead(): Promise<boolean> {
  const at = playheadNow();
  const film = filmOf(projectNow());
  const under = (film?.tracks ?? [])
    .filter(({ locked }) => !locked)
    .flatMap(({ clips }) => clipAt(clips, at) ?? [])
    .filter((clip) => isOver(clip, at));
  const selected = under.filter(({ id }) => selectionNow().clips.has(id));
  return splitClips(selected.length > 0 ? selected : under, at);
}
