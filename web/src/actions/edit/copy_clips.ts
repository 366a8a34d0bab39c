import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { deleteEdit } from "@/actions/edit/delete_clips";
import { setClipEdit } from "@/actions/edit/set_clips";
import { newId } from "@/actions/edit/new_id";
import { playheadNow } from "@/actions/edit/playhead";
import { tell } from "@/actions/tell_trouble";
import type { Ticks } from "@/engine/engine";
import { filmOf, projectNow, type Clip } from "@/state/project";
import { selectClips, selectionNow } from "@/state/selection";
import {
  clipboardOf,
  copiedNow,
  keepCopied,
  type Clipboard,
  type Copied,
} from "@/state/timeline_clipboard";
import { companyOf, type Moves } from "@/state/timeline_moves";
import { strings } from "@/strings";

const selected = () => companyOf(projectNow(), selectionNow().clips, false);

/** Keeps copies of what is selected. False where nothing is. */
export function copySelected(): boolean {
  const places = selected();
  if (places.length > 0) keepCopied(clipboardOf(places));
  return places.length > 0;
}

/** Copies what is selected and takes it out. */
export function cutSelected(): Promise<boolean> {
  if (!copySelected()) return Promise.resolve(false);
  return applyEdit(deleteEdit(selected(), false), strings.timeline.edits.cut);
}

/** The track that a copy goes to: its own, the target where that is of its kind, or the first that is. */
function trackFor({ track, kind }: Copied, isAlone: boolean): string | null {
  const tracks = filmOf(projectNow())?.tracks ?? [];
  const usable = tracks.filter((one) => one.kind === kind && !one.locked);
  const wished = isAlone ? selectionNow().track : null;
  const found =
    usable.find(({ id }) => id === wished) ??
    usable.find(({ id }) => id === track) ??
    usable[0];
  return found?.id ?? null;
}

/** Names that belonged together belong together again, under names of their own. */
function renamer(kind: string) {
  const names = new Map<string, string>();
  return (name: string) => {
    const known = names.get(name) ?? newId(kind);
    names.set(name, known);
    return known;
  };
}

function copiesAt(
  copied: Clipboard,
  at: Ticks,
): { track: string; clip: Clip }[] {
  const link = renamer("l");
  const group = renamer("g");
  const isAlone = new Set(copied.clips.map(({ track }) => track)).size === 1;
  return copied.clips.flatMap((one) => {
    const track = trackFor(one, isAlone);
    if (!track) return [];
    const { clip } = one;
    return {
      track,
      clip: {
        ...clip,
        id: newId("c"),
        start: at + clip.start - copied.start,
        ...(clip.link && { link: link(clip.link) }),
        ...(clip.group && { group: group(clip.group) }),
      },
    };
  });
}

/** Room for [duration] at [at] on [tracks], or on every unlocked track. */
function roomEdits(
  like: { track: string; clip: Clip },
  at: Ticks,
  duration: Ticks,
): Edit[] {
  const { link: _link, group: _group, ...clip } = like.clip;
  const id = newId("room");
  return [
    {
      op: "insert",
      track: like.track,
      clip: { ...clip, id, start: at, duration },
      all_tracks: true,
    },
    { op: "remove-clip", clip: id, alone: true },
  ];
}

/** Copies at [at] over what is there, or with room made on all tracks. */
async function putAt(
  at: Ticks,
  copied: Clipboard,
  isInserting: boolean,
  name: string,
) {
  const copies = copiesAt(copied, at);
  const [first] = copies;
  if (!first) {
    tell({ message: strings.timeline.cannot.noTrack, place: "" });
    return false;
  }
  const edit = batch(name, [
    ...(isInserting ? roomEdits(first, at, copied.duration) : []),
    ...copies.map(({ track, clip }) => ({ op: "overwrite", track, clip })),
  ]);
  const isThere = await applyEdit(edit, name);
  if (isThere)
    selectClips(
      copies.map(({ clip }) => clip.id),
      first.clip.id,
    );
  return isThere;
}

function copiedOrSay(): Clipboard | null {
  const copied = copiedNow();
  if (!copied)
    tell({ message: strings.timeline.cannot.nothingCopied, place: "" });
  return copied;
}

/** At the playhead: over what is there, or with room made. */
export function paste(isInserting: boolean): Promise<boolean> {
  const copied = copiedOrSay();
  if (!copied) return Promise.resolve(false);
  return putAt(
    playheadNow(),
    copied,
    isInserting,
    strings.timeline.edits.paste,
  );
}

/** Copies right behind what is selected, with room made for them. */
export function duplicateSelected(): Promise<boolean> {
  const places = selected();
  if (places.length === 0) return Promise.resolve(false);
  const copied = clipboardOf(places);
  return putAt(
    copied.start + copied.duration,
    copied,
    true,
    strings.timeline.edits.duplicate,
  );
}

/** Copies where [moves] lead, over what is there; the clips themselves stay: what a drag with Alt leaves. */
export async function duplicateTo({ moves }: Moves): Promise<boolean> {
  const link = renamer("l");
  const group = renamer("g");
  const name = strings.timeline.edits.duplicate;
  const copies = moves.map(({ clip, to, start }) => ({
    track: to.id,
    clip: {
      ...clip,
      id: newId("c"),
      start,
      ...(clip.link && { link: link(clip.link) }),
      ...(clip.group && { group: group(clip.group) }),
    },
  }));
  const edits = copies.map((copy) => ({ op: "overwrite", ...copy }));
  const isThere = await applyEdit(batch(name, edits), name);
  if (isThere) selectClips(copies.map(({ clip }) => clip.id));
  return isThere;
}

/** How a clip looks and sounds, without what and when it is. */
const ATTRIBUTES = [
  ..."x y scale_x scale_y rotation anchor_x anchor_y crop_left crop_top crop_right".split(
    " ",
  ),
  ..."crop_bottom corner_radius opacity gain pan fit blend effects fade_in fade_out".split(
    " ",
  ),
  ..."fade_in_curve fade_out_curve".split(" "),
] as (keyof Clip)[];

/** What [from] has of it goes to [to], and what it has not goes back to its default there. */
export function attributesEdit(from: Clip, to: Clip): Edit {
  const has = ATTRIBUTES.filter((name) => from[name] !== undefined);
  const lacks = ATTRIBUTES.filter(
    (name) => from[name] === undefined && to[name] !== undefined,
  );
  const values = Object.fromEntries(has.map((name) => [name, from[name]]));
  return setClipEdit(to.id, values, lacks);
}

/** Onto each selected clip those of the copied clip of its kind of track. */
export function pasteAttributes(): Promise<boolean> {
  const copied = copiedOrSay();
  if (!copied) return Promise.resolve(false);
  const edits = [...selectionNow().clips].flatMap((id) => {
    const place = projectNow().places.get(id);
    const from = copied.clips.find(({ kind }) => kind === place?.track.kind);
    return place && from ? attributesEdit(from.clip, place.clip) : [];
  });
  const name = strings.timeline.edits.pasteAttributes;
  return applyEdit(batch(name, edits), name);
}
