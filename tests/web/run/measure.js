// What ffmpeg says of a file.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";

/**
 * Streams with their frames counted by decoding.
 * @param {string} file
 * @returns {{ codec_name: string, codec_type: string, nb_read_frames?: string, width?: number, height?: number, duration?: string, color_space?: string }[]}
 */
export function streamsOf(file) {
  const text = execFileSync("ffprobe", [
    ..."-v error -count_frames -show_streams -of json".split(" "),
    file,
  ]);
  return JSON.parse(String(text)).streams;
}

/** What ffmpeg complains about while it decodes all of a file. @param {string} file */
export function complaintsOf(file) {
  const done = spawnSync("ffmpeg", [
    ..."-nostdin -v error -i".split(" "),
    file,
    ..."-f null -".split(" "),
  ]);
  return String(done.stderr).trim();
}

/**
 * How alike two pictures or films are, in decibels; the second is scaled to the first.
 * @param {string} one
 * @param {string} other
 * @param {number} [frame] of the other, against the only one of the first
 */
export function likeness(one, other, frame) {
  const { width, height } = streamsOf(one)[0] ?? {};
  const pick =
    frame === undefined ? "" : `select=eq(n\\,${frame}),setpts=PTS-STARTPTS,`;
  const done = spawnSync("ffmpeg", [
    ..."-nostdin -i".split(" "),
    one,
    "-i",
    other,
    "-lavfi",
    `[1:v]${pick}scale=${width}:${height}:flags=bicubic,format=gbrp[b];[0:v]format=gbrp[a];[a][b]psnr=shortest=1`,
    ..."-f null -".split(" "),
  ]);
  const found = /average:([\d.]+|inf)/.exec(String(done.stderr));
  if (!found) throw new Error(`ffmpeg compared nothing: ${done.stderr}`);
  return found[1] === "inf" ? Infinity : Number(found[1]);
}

/** A line for each frame that ffmpeg decodes: its stream, times, size and digest. @param {string} file */
export function digestsOf(file) {
  const text = execFileSync(
    "ffmpeg",
    [..."-nostdin -v error -i".split(" "), file, ..."-f framemd5 -".split(" ")],
    { maxBuffer: 64 << 20 },
  );
  return String(text)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** Fails at the first frame that differs. @param {string[]} digests @param {string[]} wanted */
export function isSameFilm(digests, wanted) {
  const place = wanted.findIndex((line, at) => line !== digests[at]);
  if (place >= 0) assert.equal(digests[place], wanted[place]);
  assert.equal(digests.length, wanted.length);
}
