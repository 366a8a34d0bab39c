import { applyEdit, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import {
  filmOf,
  projectNow,
  type Track,
  type TrackKind,
} from "@/state/project";
import { selectTrack } from "@/state/selection";
import { shownOrder } from "@/state/timeline_geometry";
import { strings } from "@/strings";

export const addTrackEdit = (id: string, kind: TrackKind): Edit => ({
  op: "add-track",
  track: { id, kind },
});

/** A track over the others of its kind; sound under them. */
export async function addTrack(kind: TrackKind): Promise<string | null> {
  const id = newId(kind.charAt(0));
  const isThere = await applyEdit(
    addTrackEdit(id, kind),
    strings.timeline.edits.addTrack,
  );
  if (isThere) selectTrack(id);
  return isThere ? id : null;
}

export const removeTrack = (track: string) =>
  applyEdit({ op: "remove-track", track }, strings.timeline.edits.removeTrack);

/** New values of a track under the name of what the user did. */
export const setTrack = (
  track: string,
  values: Partial<Omit<Track, "id" | "clips" | "transitions">>,
  name: string,
) => applyEdit({ op: "set", track, values }, name);

export const renameTrack = (track: string, name: string) =>
  setTrack(track, { name }, strings.timeline.edits.renameTrack);

/** To the place of the next one of its kind, as they are shown; nothing at the end. */
export function moveTrack(id: string, direction: -1 | 1): Promise<boolean> {
  const film = filmOf(projectNow());
  const track = film?.tracks.find((other) => other.id === id);
  if (!film || !track) return Promise.resolve(false);
  const ladder = shownOrder(film.tracks).filter(
    ({ kind }) => kind === track.kind,
  );
  const other = ladder[ladder.indexOf(track) + direction];
  if (!other) return Promise.resolve(false);
  return moveTrackTo(id, film.tracks.indexOf(other));
}

/** To the place [index] of the film's list, from the bottom up. */
export const moveTrackTo = (track: string, index: number) =>
  applyEdit(
    { op: "move-track", track, index },
    strings.timeline.edits.moveTrack,
  );

type Switch = "locked" | "hidden" | "muted" | "solo";

const SWITCHES: Record<Switch, [on: string, off: string]> = {
  locked: [strings.timeline.edits.lock, strings.timeline.edits.unlock],
  hidden: [strings.timeline.edits.hide, strings.timeline.edits.show],
  muted: [strings.timeline.edits.mute, strings.timeline.edits.unmute],
  solo: [strings.timeline.edits.solo, strings.timeline.edits.solo],
};

/** Turns one of a track's switches. */
export const toggleTrack = (track: Track, which: Switch) =>
  setTrack(
    track.id,
    { [which]: !track[which] },
    SWITCHES[which][track[which] ? 1 : 0],
  );
