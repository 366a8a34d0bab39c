// Subtitles as files: SRT and WebVTT, in and out.
import { TICKS_PER_SECOND, type Ticks } from "@/engine/engine";

/** What is said from when to when. */
export interface Cue {
  start: Ticks;
  duration: Ticks;
  text: string;
}

export type SubtitleFormat = "srt" | "vtt";

const two = (value: number) => String(value).padStart(2, "0");

function stamp(at: Ticks, comma: string): string {
  const thousandths = Math.round((at / TICKS_PER_SECOND) * 1000);
  const seconds = Math.floor(thousandths / 1000);
  const rest = String(thousandths % 1000).padStart(3, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${comma}${rest}`;
}

/** Blank lines would end a cue. */
const lines = (text: string) => text.replace(/\n{2,}/g, "\n").trim();

/** A file of these cues, by their starts. */
export function subtitles(
  cues: readonly Cue[],
  format: SubtitleFormat,
): string {
  const comma = format === "srt" ? "," : ".";
  const blocks = [...cues]
    .sort((one, other) => one.start - other.start)
    .map(({ start, duration, text }, place) => {
      const times = `${stamp(start, comma)} --> ${stamp(start + duration, comma)}`;
      const body =
        format === "vtt"
          ? lines(text).replace(/&/g, "&amp;").replace(/</g, "&lt;")
          : lines(text);
      return format === "srt"
        ? `${place + 1}\n${times}\n${body}\n`
        : `${times}\n${body}\n`;
    });
  return (format === "vtt" ? "WEBVTT\n\n" : "") + blocks.join("\n");
}

const TIME = /(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/;
const TIMES = new RegExp(`${TIME.source}\\s*-->\\s*${TIME.source}`);

function ticksOf(parts: readonly (string | undefined)[]): Ticks {
  const [hours = "0", minutes = "0", seconds = "0", rest = "0"] = parts;
  const thousandths =
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
    Number(rest.padEnd(3, "0"));
  return Math.round((thousandths / 1000) * TICKS_PER_SECOND);
}

const NAMES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: "\u00a0",
  lrm: "\u200e",
  rlm: "\u200f",
};

/** Without marks of style and with its entities read. */
const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/\{\\[^}]*\}/g, "")
    .replace(/&(\w+);/g, (all, name: string) => NAMES[name] ?? all)
    .trim();

/** The cues of an SRT or WebVTT file; what is none is passed by. */
export function readSubtitles(file: string): Cue[] {
  const text = file.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const cues: Cue[] = [];
  for (const block of text.split(/\n{2,}/)) {
    const all = block.split("\n");
    const at = all.findIndex((line) => TIMES.test(line));
    const found = at < 0 ? null : TIMES.exec(all[at] ?? "");
    if (!found) continue;
    const start = ticksOf(found.slice(1, 5));
    const duration = ticksOf(found.slice(5, 9)) - start;
    const said = plain(all.slice(at + 1).join("\n"));
    if (duration > 0 && said !== "") cues.push({ start, duration, text: said });
  }
  return cues.sort((one, other) => one.start - other.start);
}
