// What is added at the playhead: media, titles, colours and captions. Nothing that is there gives way.
import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { playheadNow } from "@/actions/edit/playhead";
import { tell } from "@/actions/tell_trouble";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import { failureOf } from "@/state/failure";
import {
  endOf,
  filmOf,
  projectNow,
  type Clip,
  type Track,
  type TrackKind,
} from "@/state/project";
import { selectClips } from "@/state/selection";
import { now } from "@/state/session";
import { strings } from "@/strings";

const words = strings.bin;
const STILL: Ticks = 5 * TICKS_PER_SECOND;
const TITLE: Ticks = 4 * TICKS_PER_SECOND;
const CAPTION: Ticks = 2 * TICKS_PER_SECOND;

const isFree = (track: Track, start: Ticks, duration: Ticks) =>
  track.clips.every(
    (clip) => endOf(clip) <= start || clip.start >= start + duration,
  );

const onlyHolds = (track: Track, kind: Clip["kind"]) =>
  track.clips.every((clip) => clip.kind === kind);

/** A track with room, or the edit that makes one. */
function laneFor(
  kind: TrackKind,
  start: Ticks,
  duration: Ticks,
  isRight: (track: Track) => boolean = () => true,
): { track: string; edits: Edit[] } {
  const tracks = filmOf(projectNow())?.tracks ?? [];
  const found = tracks.find(
    (track) =>
      track.kind === kind &&
      !track.locked &&
      isRight(track) &&
      isFree(track, start, duration),
  );
  if (found) return { track: found.id, edits: [] };
  const track = newId(kind.charAt(0));
  return { track, edits: [{ op: "add-track", track: { id: track, kind } }] };
}

async function add(edits: Edit[], ids: string[], name: string) {
  const isThere = await applyEdit(batch(name, edits), name);
  if (isThere) selectClips(ids, ids[0]);
  return isThere;
}

/** Puts an asset where the playhead is, its sound on a track of its own. */
export async function addAsset(asset: string): Promise<boolean> {
  const known = projectNow().assets.get(asset);
  const film = now().open?.film;
  if (!known || !film) return false;
  try {
    const facts = await film.facts(known.uri);
    const duration = facts.duration || STILL;
    const start = playheadNow();
    const kinds: TrackKind[] = [
      ...(facts.picture ? (["video"] as const) : []),
      ...(facts.sound ? (["audio"] as const) : []),
    ];
    const link = kinds.length > 1 ? { link: newId("l") } : {};
    const ids = kinds.map(() => newId("c"));
    const edits = kinds.flatMap((kind, place) => {
      const lane = laneFor(kind, start, duration);
      const clip = { id: ids[place], kind: "media", asset, start, duration };
      return [
        ...lane.edits,
        { op: "add-clip", track: lane.track, clip: { ...clip, ...link } },
      ];
    });
    return await add(edits, ids, words.edits.put);
  } catch (error) {
    tell(failureOf(error));
    return false;
  }
}

function addMade(
  kind: "title" | "solid" | "caption",
  duration: Ticks,
  more: Partial<Clip>,
) {
  const start = playheadNow();
  const trackKind = kind === "solid" ? "video" : "text";
  const lane = laneFor(
    trackKind,
    start,
    duration,
    (track) => trackKind === "video" || onlyHolds(track, kind),
  );
  const id = newId("c");
  const clip = { id, kind, start, duration, ...more };
  return add(
    [...lane.edits, { op: "add-clip", track: lane.track, clip }],
    [id],
    strings.palette.commands[
      kind === "title"
        ? "addTitle"
        : kind === "solid"
          ? "addSolid"
          : "addCaption"
    ],
  );
}

export const addTitle = () => addMade("title", TITLE, { text: words.title });
export const addSolid = () => addMade("solid", STILL, { color: "#3a5ba0ff" });
export const addCaption = () =>
  addMade("caption", CAPTION, { text: words.caption });
