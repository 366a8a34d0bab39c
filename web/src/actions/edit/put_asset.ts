// Media from the bin onto the timeline.
import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { playheadNow } from "@/actions/edit/playhead";
import { stretchNow } from "@/actions/edit/stretch";
import { tell } from "@/actions/tell_trouble";
import { TICKS_PER_SECOND, type Range, type Ticks } from "@/engine/engine";
import { factsOf, type AssetFacts } from "@/state/timeline_facts";
import { failureOf } from "@/state/failure";
import { clipName, filmOf, projectNow, type Track } from "@/state/project";
import { selectClips, selectionNow } from "@/state/selection";
import { shownOrder } from "@/state/timeline_geometry";
import { strings } from "@/strings";

/** How a drag names the asset that it carries. */
export const ASSET_TYPE = "application/x-cutroom-asset";

/** How long a still is on, unless somebody says otherwise. */
export const STILL_DURATION = 5 * TICKS_PER_SECOND;

/** Where and how an asset comes onto the timeline. */
export interface Putting {
  mode: "insert" | "overwrite";
  at: Ticks;
  /** The track that it is dropped on; null: the target, else the first that is not locked. */
  track: string | null;
  /** The part of the source; all of it, unless [duration] says how much. */
  source?: Range | null;
  duration?: Ticks | null;
}

interface Lane {
  track: string;
  /** Where there is none yet. */
  isNew: boolean;
}

function laneOf(kind: "video" | "audio", wished: string | null): Lane {
  const tracks = filmOf(projectNow())?.tracks ?? [];
  const usable = shownOrder(tracks).filter(
    (track) => track.kind === kind && !track.locked,
  );
  // Pictures go to the undermost track, the film's ground.
  const usual = kind === "video" ? usable[usable.length - 1] : usable[0];
  const track = usable.find(({ id }) => id === wished) ?? usual;
  return track
    ? { track: track.id, isNew: false }
    : { track: newId(kind.charAt(0)), isNew: true };
}

/** Picture, sound or both, and on which tracks: one that is dropped on a track of sound brings only that. */
function lanesOf(facts: AssetFacts, wished: Track | undefined): Lane[] {
  const target = wished?.id ?? selectionNow().track;
  const onlySound = wished?.kind === "audio" && facts.hasSound;
  const lanes: Lane[] = [];
  if (facts.hasPicture && !onlySound) lanes.push(laneOf("video", target));
  if (facts.hasSound) lanes.push(laneOf("audio", target));
  return lanes;
}

/** How long an asset is on the timeline. */
export const putLength = (facts: AssetFacts, putting: Putting): Ticks =>
  putting.duration ??
  putting.source?.duration ??
  (facts.duration > 0 ? facts.duration : STILL_DURATION);

/** The edit that puts [asset] onto [lanes]; ids of its clips beside it. */
export function putEdit(
  asset: string,
  facts: AssetFacts,
  lanes: readonly Lane[],
  putting: Putting,
): { edit: Edit | null; ids: string[] } {
  const link = lanes.length > 1 ? { link: newId("l") } : {};
  const ids = lanes.map(() => newId("c"));
  const duration = putLength(facts, putting);
  const source = putting.source?.start ?? 0;
  const added = lanes
    .filter(({ isNew }) => isNew)
    .map(({ track }, place): Edit => {
      const kind = facts.hasPicture && place === 0 ? "video" : "audio";
      return { op: "add-track", track: { id: track, kind } };
    });
  const puts = lanes.map(({ track }, place): Edit => ({
    // The first makes the room, on all tracks, so that nothing gets out of step.
    op: place === 0 ? putting.mode : "overwrite",
    track,
    clip: {
      id: ids[place],
      kind: "media",
      asset,
      start: putting.at,
      duration,
      ...(source > 0 && { source_start: source }),
      ...link,
    },
    ...(place === 0 && putting.mode === "insert" && { all_tracks: true }),
  }));
  return {
    edit: batch(strings.timeline.edits[putting.mode], [...added, ...puts]),
    ids,
  };
}

/** Puts an asset onto the timeline; its clips are selected then. */
export async function putAsset(
  asset: string,
  putting: Putting,
): Promise<boolean> {
  const state = projectNow();
  try {
    const facts = await factsOf(asset);
    const wished = filmOf(state)?.tracks.find(({ id }) => id === putting.track);
    const lanes = lanesOf(facts, wished);
    if (lanes.length === 0) {
      const name = clipName({
        id: "",
        kind: "media",
        asset,
        start: 0,
        duration: 1,
      });
      tell({ message: strings.timeline.cannot.noSound(name), place: "" });
      return false;
    }
    const { edit, ids } = putEdit(asset, facts, lanes, putting);
    const isThere = await applyEdit(edit, strings.timeline.edits[putting.mode]);
    if (isThere) selectClips(ids, ids[0] ?? null);
    return isThere;
  } catch (error) {
    tell(failureOf(error));
    return false;
  }
}

/**
 * Three-point: an asset, or [source] of it, goes to the in point, and for the length of the marked stretch
 * where there is one; without marks to the playhead.
 */
export function putAtMarks(
  asset: string,
  mode: Putting["mode"],
  source: Range | null = null,
): Promise<boolean> {
  const stretch = stretchNow();
  const at = stretch?.start ?? selectionNow().in ?? playheadNow();
  return putAsset(asset, {
    mode,
    at,
    track: null,
    source,
    duration: stretch?.duration ?? null,
  });
}
