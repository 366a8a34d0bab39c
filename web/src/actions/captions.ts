// Captions: each is a clip of a text track, and each change is an edit.
import { applyEdit, batch, type Edit } from "@/actions/edit/apply";
import { newId } from "@/actions/edit/new_id";
import { download } from "@/actions/download";
import { tell } from "@/actions/tell_trouble";
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";
import {
  endOf,
  filmOf,
  projectNow,
  type Clip,
  type Word,
} from "@/state/project";
import { now } from "@/state/session";
import {
  readSubtitles,
  subtitles,
  type Cue,
  type SubtitleFormat,
} from "@/state/subtitles";
import { strings } from "@/strings";

const words = strings.captions.edits;

/** All captions of the film, by their starts. */
export function captionsOf(): Clip[] {
  const tracks = filmOf(projectNow())?.tracks ?? [];
  return tracks
    .flatMap(({ clips }) => clips)
    .filter(({ kind }) => kind === "caption")
    .sort((one, other) => one.start - other.start);
}

/** Words that are other than before cannot be highlighted by the old times. */
const withoutWords = (clip: Clip) => (clip.words ? { unset: ["words"] } : {});

export const setCaptionText = (clip: Clip, text: string) =>
  applyEdit(
    { op: "set", clip: clip.id, values: { text }, ...withoutWords(clip) },
    words.text,
  );

/** From when to when. */
export const setCaptionTimes = (clip: Clip, start: Ticks, end: Ticks) =>
  applyEdit(
    batch(words.times, [
      ...(start !== clip.start
        ? [{ op: "trim", clip: clip.id, edge: "start", to: start }]
        : []),
      ...(end !== endOf(clip)
        ? [{ op: "trim", clip: clip.id, edge: "end", to: end }]
        : []),
    ]),
    words.times,
  );

/** The place of the space that is nearest to the middle. */
function middleOf(text: string): number {
  const half = text.length / 2;
  let best = -1;
  for (let at = 0; at < text.length; at++)
    if (
      /\s/.test(text[at] ?? "") &&
      Math.abs(at - half) < Math.abs(best - half)
    )
      best = at;
  return best;
}

/** Into two, at [at] of its text, or in the middle; the time is shared by the letters. */
export function splitCaption(clip: Clip, at?: number) {
  const text = clip.text ?? "";
  const place = at && at > 0 && at < text.length ? at : middleOf(text);
  if (place <= 0) return Promise.resolve(false);
  const time = clip.start + Math.round((clip.duration * place) / text.length);
  const second = newId("k");
  const halves: Edit[] = [
    [clip.id, text.slice(0, place).trim()],
    [second, text.slice(place).trim()],
  ].map(([id, half]) => ({ op: "set", clip: id, values: { text: half } }));
  return applyEdit(
    batch(words.split, [
      { op: "split", clip: clip.id, at: time, new_id: second },
      ...halves,
    ]),
    words.split,
  );
}

const later = (said: readonly Word[], by: Ticks): Word[] =>
  said.map((word) => ({ ...word, start: word.start + by }));

/** With the one behind it. */
export function mergeCaptions(clip: Clip, next: Clip) {
  const text = `${clip.text ?? ""} ${next.text ?? ""}`.trim();
  const said =
    clip.words && next.words
      ? [...clip.words, ...later(next.words, next.start - clip.start)]
      : null;
  return applyEdit(
    batch(words.merge, [
      { op: "remove-clip", clip: next.id },
      { op: "trim", clip: clip.id, edge: "end", to: endOf(next) },
      {
        op: "set",
        clip: clip.id,
        values: { text, ...(said && { words: said }) },
        ...(!said && withoutWords(clip)),
      },
    ]),
    words.merge,
  );
}

export const removeCaption = ({ id }: Clip) =>
  applyEdit({ op: "remove-clip", clip: id }, words.remove);

/** All of them, later by [by]; none begins before the film. */
export function shiftCaptions(by: Ticks) {
  const all = captionsOf();
  const first = all[0]?.start ?? 0;
  const way = Math.max(-first, by);
  if (way === 0 || all.length === 0) return Promise.resolve(false);
  // Those that others move towards go first, so that none is in the way.
  const order = way > 0 ? [...all].reverse() : all;
  return applyEdit(
    batch(
      words.shift,
      order.map(({ id }) => ({ op: "move", clip: id, by: way })),
    ),
    words.shift,
  );
}

/** Cues that overlap cannot lie on one track: who is in the way gives way. */
function apart(cues: readonly Cue[]): Cue[] {
  return cues.map((cue, place) => {
    const next = cues[place + 1];
    const room = next ? next.start - cue.start : Infinity;
    return { ...cue, duration: Math.min(cue.duration, Math.max(1, room)) };
  });
}

/** The captions of a file, on a track of their own in the place of those that were there. */
export async function importSubtitles(file: File): Promise<boolean> {
  const cues = apart(readSubtitles(await file.text()));
  if (cues.length === 0) {
    tell({ message: strings.captions.noCues(file.name), place: "" });
    return false;
  }
  const track = newId("t");
  const clips = cues.map((cue) => ({
    id: newId("k"),
    kind: "caption",
    ...cue,
  }));
  return applyEdit(
    batch(words.import, [
      ...captionsOf().map(({ id }) => ({ op: "remove-clip", clip: id })),
      { op: "add-track", track: { id: track, kind: "text", clips } },
    ]),
    words.import,
  );
}

/** The captions as a file. */
export const captionsFile = (format: SubtitleFormat): string =>
  subtitles(
    captionsOf().map(({ start, duration, text = "" }) => ({
      start,
      duration,
      text,
    })),
    format,
  );

/** Hands the captions to the browser's downloads. */
export function exportSubtitles(format: SubtitleFormat) {
  const title = now().open?.film.info.title || strings.name;
  const type = format === "srt" ? "application/x-subrip" : "text/vtt";
  download(new Blob([captionsFile(format)], { type }), `${title}.${format}`);
}

/** One more at the end of those that are there. */
export function appendCaption() {
  const all = captionsOf();
  const last = all[all.length - 1];
  const start = last ? endOf(last) : 0;
  const track = last && projectNow().places.get(last.id)?.track.id;
  const made = newId("t");
  const clip = {
    id: newId("k"),
    kind: "caption",
    start,
    duration: 2 * TICKS_PER_SECOND,
    text: strings.bin.caption,
  };
  return applyEdit(
    batch(words.add, [
      ...(track
        ? []
        : [{ op: "add-track", track: { id: made, kind: "text" } }]),
      { op: "add-clip", track: track ?? made, clip },
    ]),
    words.add,
  );
}
