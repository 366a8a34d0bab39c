import { locale } from "@/strings";
import { TICKS_PER_SECOND, type Rate, type Ticks } from "@/engine/engine";

/** The frame that [at] falls into. In whole numbers: ticks times a rate leave a double's exact range. */
export function frameAt(at: Ticks, rate: Rate): number {
  const ticks = BigInt(Math.max(0, Math.trunc(at)));
  return Number(
    (ticks * BigInt(rate.num)) / (BigInt(rate.den) * BigInt(TICKS_PER_SECOND)),
  );
}

/** Where frame [frame] begins. */
export function frameStart(frame: number, rate: Rate): Ticks {
  const whole =
    BigInt(frame) * BigInt(rate.den) * BigInt(TICKS_PER_SECOND) +
    BigInt(rate.num) -
    1n;
  return Number(whole / BigInt(rate.num));
}

/** How many frames a film of [duration] has. */
export const frameCount = (duration: Ticks, rate: Rate): number =>
  duration > 0 ? frameAt(duration - 1, rate) + 1 : 0;

const two = (value: number) => String(value).padStart(2, "0");

/** Whether SMPTE leaves frame numbers out, to stay in step with the clock. */
const isDropFrame = (rate: Rate) =>
  rate.den === 1001 && (rate.num === 30000 || rate.num === 60000);

/** The number that a frame has once the left out ones are counted. */
function numberWithDrops(frame: number, perSecond: number): number {
  const dropped = perSecond / 15;
  const inMinute = perSecond * 60 - dropped;
  const inTen = inMinute * 10 + dropped;
  const tens = Math.floor(frame / inTen);
  const rest = frame % inTen;
  const minutes = rest < dropped ? 0 : Math.floor((rest - dropped) / inMinute);
  return frame + dropped * (9 * tens + minutes);
}

/** SMPTE timecode: 00:01:00;02. */
export function timecode(at: Ticks, rate: Rate): string {
  const perSecond = Math.max(1, Math.round(rate.num / rate.den));
  const isDrop = isDropFrame(rate);
  const frame = frameAt(at, rate);
  const number = isDrop ? numberWithDrops(frame, perSecond) : frame;
  const seconds = Math.floor(number / perSecond);
  return [
    two(Math.floor(seconds / 3600)),
    two(Math.floor(seconds / 60) % 60),
    two(seconds % 60),
  ]
    .join(":")
    .concat(isDrop ? ";" : ":", two(number % perSecond));
}

/** A length for people: 0:07, 12:30, 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

export const secondsOf = (ticks: Ticks): number => ticks / TICKS_PER_SECOND;

/** 30, 29.97, 23.976. */
export const rateName = (rate: Rate): string =>
  String(Math.round((rate.num / rate.den) * 1000) / 1000);

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** 940 B, 12 kB, 3.4 MB, 1.2 GB, as the user's language writes them. */
export function bytesName(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  const name = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === 0 ? `${value} B` : name.format(value);
}
