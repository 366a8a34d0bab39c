// Picture and sound of ten minutes at 29.97 frames a second stay together, from beginning to end.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { DEADLINE_MS, isFirefox, until } from "../run/browser.js";
import { beginExport, takeDownload } from "../run/exporting.js";
import { complaintsOf, streamsOf } from "../run/measure.js";
import { artifacts, withPage } from "../run/page.js";
import { answerDialog, plainDialogs } from "../run/use.js";

const MINUTES = 10;

const FRAME_SECONDS = 1001 / 30_000;
const FRAMES = MINUTES * 1800;
const SAMPLE_RATE = 48_000;

/** A white frame with a beep begins every so many frames. */
const EVERY = 150;

/** Picture and sound, in seconds. */
const APART_MAX = 0.01;

/** Gives the path of the film: black, with flashes and beeps. */
function flashes() {
  const file = path.join(artifacts, `flashes-${MINUTES}.mp4`);
  if (existsSync(file)) return file;
  const seconds = FRAMES * FRAME_SECONDS;
  const period = EVERY * FRAME_SECONDS;
  execFileSync("ffmpeg", [
    ..."-nostdin -v error -y -f lavfi -i".split(" "),
    `color=black:s=160x90:r=30000/1001:d=${seconds},drawbox=c=white:t=fill:enable='not(mod(n,${EVERY}))'`,
    ..."-f lavfi -i".split(" "),
    `aevalsrc='if(lt(mod(t,${period}),0.1),0.5*sin(2*PI*1000*t),0)':s=${SAMPLE_RATE}:d=${seconds}`,
    ..."-frames:v".split(" "),
    String(FRAMES),
    ..."-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 60 -c:a aac -b:a 128k".split(
      " ",
    ),
    file,
  ]);
  return file;
}

/** @param {string[]} words */
const ffmpeg = (words) =>
  execFileSync("ffmpeg", [..."-nostdin -v error".split(" "), ...words, "-"], {
    maxBuffer: 1 << 30,
  });

/** When white begins, in seconds. @param {string} file */
function flashesOf(file) {
  const grey = ffmpeg([
    "-i",
    file,
    ..."-map 0:v -vsync passthrough -vf scale=16:10,format=gray,crop=1:1:8:5 -f rawvideo".split(
      " ",
    ),
  ]);
  const text = execFileSync("ffprobe", [
    ..."-v error -select_streams v -show_entries packet=pts_time -of csv=p=0".split(
      " ",
    ),
    file,
  ]);
  const times = String(text)
    .trim()
    .split("\n")
    .map((line) => parseFloat(line))
    .sort((a, b) => a - b);
  assert.equal(grey.length, times.length);
  return times.filter(
    (_, at) =>
      (grey[at] ?? 0) > 128 && (at === 0 || (grey[at - 1] ?? 0) <= 128),
  );
}

/** When a sound begins after silence, in seconds. @param {string} file */
function beepsOf(file) {
  const bytes = ffmpeg([
    "-i",
    file,
    ..."-map 0:a -af aresample=async=1:first_pts=0 -ac 1 -ar".split(" "),
    String(SAMPLE_RATE),
    ..."-f f32le".split(" "),
  ]);
  const samples = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
  const loud = 0.25 * samples.reduce((most, one) => Math.max(most, one), 0);
  /** @type {number[]} */
  const begins = [];
  let lastLoud = -SAMPLE_RATE;
  samples.forEach((one, at) => {
    if (Math.abs(one) < loud) return;
    if (at - lastLoud > SAMPLE_RATE / 2) begins.push(at / SAMPLE_RATE);
    lastLoud = at;
  });
  return begins;
}

/** @param {number[]} values */
const furthest = (values) =>
  values.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

test(
  "picture and sound are together from beginning to end",
  {
    skip: isFirefox && "files are the engine's own work: one browser is enough",
  },
  async (t) => {
    const film = flashes();
    const options = { before: plainDialogs };
    await withPage(t, options, async ({ page, browser }) => {
      await page.waitForSelector("main button");
      await answerDialog(page, "Choose media", [film]);
      await page.waitForSelector("button[aria-label=Play]:not([disabled])");
      await beginExport(page);
      await until(
        "the export is done",
        () => page.evaluate(() => document.body.innerText.includes("Done: ")),
        DEADLINE_MS * MINUTES,
      );
      const file = await takeDownload(browser.downloads, "flashes");
      assert.equal(complaintsOf(file), "");
      const [picture] = streamsOf(file);
      assert.equal(Number(picture?.nb_read_frames), FRAMES);
      const seen = flashesOf(file);
      const heard = beepsOf(file);
      assert.equal(seen.length, FRAMES / EVERY);
      assert.equal(heard.length, seen.length);
      const apart = seen.map((time, at) => (heard[at] ?? NaN) - time);
      const late = seen.map((time, at) => time - at * EVERY * FRAME_SECONDS);
      const middle = seen.length >> 1;
      const said = [apart[0], apart[middle], apart.at(-1)]
        .map((seconds) => `${((seconds ?? NaN) * 1000).toFixed(2)} ms`)
        .join(", ");
      t.diagnostic(`sound after picture: ${said} of ${MINUTES} min`);
      assert.ok(furthest(apart) <= APART_MAX, String(furthest(apart)));
      assert.ok(furthest(late) <= APART_MAX, String(furthest(late)));
    });
  },
);
