// What the export dialog holds, and the wishes that it makes.
import {
  TICKS_PER_SECOND,
  type Abilities,
  type ExportWishes,
  type FilmInfo,
  type Rate,
} from "@/engine/engine";

export const FORMATS = [
  "mp4",
  "vp9",
  "av1",
  "webp",
  "png",
  "m4a",
  "wav",
] as const;
export type Format = (typeof FORMATS)[number];

export const QUALITIES = ["good", "high", "small", "own"] as const;
export type QualityChoice = (typeof QUALITIES)[number];

/** Bounds of a picture's width and height, even because video codecs keep colour for two by two. */
export const SIZE_MIN = 16;
export const SIZE_MAX = 8192;

/** Heights (widths, of tall films) that are offered where they are not the film's own. */
const LINES = [2160, 1440, 1080, 720, 540, 360] as const;

/** Rates that are offered. */
export const RATES: readonly Rate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60, den: 1 },
];

/** Bits that one pixel of one frame gets, by codec and by what was asked for. */
const BITS_PER_PIXEL = {
  mp4: { high: 0.16, small: 0.045 },
  vp9: { high: 0.12, small: 0.032 },
  av1: { high: 0.09, small: 0.024 },
} as const;

export interface ExportForm {
  format: Format;
  /** "film", lines of one of the sizes, or "own". */
  size: string;
  width: string;
  height: string;
  /** "film" or a place in RATES. */
  rate: string;
  quality: QualityChoice;
  /** Megabits a second. */
  bitRate: string;
  /** Kilobits a second. */
  soundRate: string;
  hasCaptions: boolean;
  isExact: boolean;
}

export const EMPTY_FORM: ExportForm = {
  format: "mp4",
  size: "film",
  width: "",
  height: "",
  rate: "film",
  quality: "good",
  bitRate: "8",
  soundRate: "192",
  hasCaptions: true,
  isExact: false,
};

/** What people export for, and what that takes. A film keeps its shape: bars are the editor's business. */
export const PRESETS = {
  youtube: { format: "mp4", size: "1080", quality: "high", soundRate: "320" },
  vertical: own("1080", "1920"),
  square: own("1080", "1080"),
  small: { format: "mp4", size: "540", quality: "small", soundRate: "96" },
  finest: {
    format: "mp4",
    quality: "own",
    bitRate: "80",
    soundRate: "320",
    isExact: true,
  },
  audio: { format: "m4a", soundRate: "256" },
} satisfies Record<string, Partial<ExportForm>>;

export type Preset = keyof typeof PRESETS;

function own(width: string, height: string): Partial<ExportForm> {
  return { format: "mp4", size: "own", width, height, quality: "high" };
}

/** The form that a preset makes; a size that is the film's own is said so. */
export function formOf(preset: Preset, info: FilmInfo): ExportForm {
  const form: ExportForm = { ...EMPTY_FORM, ...PRESETS[preset] };
  const { width, height } = sizeOf(form, info);
  const isAsFilm = width === info.width && height === info.height;
  return isAsFilm ? { ...form, size: "film" } : form;
}

export const hasPicture = (format: Format) =>
  format !== "wav" && format !== "m4a";
export const hasBitRate = (format: Format): format is "mp4" | "vp9" | "av1" =>
  format === "mp4" || format === "vp9" || format === "av1";
export const hasSoundRate = (format: Format) =>
  hasBitRate(format) || format === "m4a";
export const canHaveCaptions = (format: Format) => hasBitRate(format);

/** Whether this browser can write it. */
export function isPossible(format: Format, abilities: Abilities): boolean {
  if (!abilities.storage) return false;
  if (format === "mp4") return abilities.encode.h264;
  if (format === "vp9") return abilities.encode.vp9;
  if (format === "av1") return abilities.encode.av1;
  return true;
}

const even = (value: number) => Math.max(2, Math.round(value / 2) * 2);

/** The sizes that a film is offered in, with its own shape. */
export function sizesOf(info: FilmInfo) {
  const short = Math.min(info.width, info.height);
  return LINES.filter((lines) => lines !== short).map((lines) => ({
    lines,
    width: even((info.width * lines) / short),
    height: even((info.height * lines) / short),
  }));
}

/** What a person typed, as a number; NaN where it is none. */
const numberOf = (text: string) => Number(text.trim().replace(",", ".") || NaN);

function sizeOf(form: ExportForm, info: FilmInfo) {
  if (form.size === "film") return { width: info.width, height: info.height };
  if (form.size === "own")
    return { width: numberOf(form.width), height: numberOf(form.height) };
  const size = sizesOf(info).find(({ lines }) => String(lines) === form.size);
  const { width, height } = size ?? info;
  return { width, height };
}

const isSize = (value: number) =>
  Number.isInteger(value) &&
  value % 2 === 0 &&
  value >= SIZE_MIN &&
  value <= SIZE_MAX;

/** Which fields hold what cannot be meant. */
export function mistakesOf(form: ExportForm, info: FilmInfo) {
  const { width, height } = sizeOf(form, info);
  const isOwn = hasPicture(form.format) && form.size === "own";
  const hasRate = hasBitRate(form.format) && form.quality === "own";
  return {
    size: isOwn && !(isSize(width) && isSize(height)),
    bitRate: hasRate && !(numberOf(form.bitRate) > 0),
    soundRate: hasSoundRate(form.format) && !(numberOf(form.soundRate) > 0),
  };
}

export const rateOf = (form: ExportForm, info: FilmInfo): Rate =>
  (form.rate === "film" ? null : RATES[Number(form.rate)]) ?? info.rate;

function videoBitRate(form: ExportForm, info: FilmInfo): number {
  if (!hasBitRate(form.format) || form.quality === "good") return 0;
  if (form.quality === "own") return Math.round(numberOf(form.bitRate) * 1e6);
  const { width, height } = sizeOf(form, info);
  const rate = rateOf(form, info);
  const bits = BITS_PER_PIXEL[form.format][form.quality];
  return Math.round((width * height * rate.num * bits) / rate.den);
}

/** What a good picture takes, a pixel; of other formats nobody can say before. */
const GOOD_BITS = { mp4: 0.1, vp9: 0.075, av1: 0.055 } as const;

/** About how many bytes it will be; null where nobody can say. */
export function sizeEstimate(form: ExportForm, info: FilmInfo): number | null {
  const seconds = info.duration / TICKS_PER_SECOND;
  const sound = numberOf(form.soundRate) * 1000;
  if (form.format === "wav") return seconds * 48_000 * 2 * 2;
  if (form.format === "m4a") return (seconds * sound) / 8;
  if (!hasBitRate(form.format)) return null;
  const { width, height } = sizeOf(form, info);
  const rate = rateOf(form, info);
  const good = width * height * (rate.num / rate.den) * GOOD_BITS[form.format];
  const picture = videoBitRate(form, info) || good;
  const bytes = (seconds * (picture + sound)) / 8;
  return Number.isFinite(bytes) ? bytes : null;
}

/** The wishes of a form without mistakes. */
export function wishesOf(form: ExportForm, info: FilmInfo): ExportWishes {
  const isWebM = form.format === "vp9" || form.format === "av1";
  const wishes: ExportWishes = {
    format: isWebM ? "webm" : (form.format as ExportWishes["format"]),
    isExact: form.isExact,
  };
  if (hasSoundRate(form.format))
    wishes.audioBitRate = Math.round(numberOf(form.soundRate) * 1000);
  if (!hasPicture(form.format)) return wishes;
  if (isWebM) wishes.videoCodec = form.format as "vp9" | "av1";
  if (canHaveCaptions(form.format)) wishes.withCaptionTrack = form.hasCaptions;
  if (form.size !== "film") Object.assign(wishes, sizeOf(form, info));
  if (form.rate !== "film") wishes.rate = rateOf(form, info);
  const bits = videoBitRate(form, info);
  if (bits > 0) wishes.videoBitRate = bits;
  return wishes;
}

/** What the format's file is called behind the dot; a sequence of pictures comes in one archive. */
export const extensionOf = (format: ExportWishes["format"]): string =>
  format === "png" ? "zip" : format;

/** A film's title as a file name that every system takes. */
export function fileNameOf(title: string, format: ExportWishes["format"]) {
  const name = title
    .normalize("NFC")
    .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s.]+|[\s.]+$/g, "")
    .slice(0, 100);
  return `${name || "film"}.${extensionOf(format)}`;
}
