// Every format that the dialog offers, as programs that know nothing of this one read the file: each frame
// of the film, at the size that was asked for, as long as the film.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { isFirefox } from "../run/browser.js";
import { beginExport, fill, select, takeDownload } from "../run/exporting.js";
import { madeFilm } from "../run/film.js";
import { complaintsOf, streamsOf } from "../run/measure.js";
import { artifacts, withPage } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("../run/page.js").Use} Use
 */

const RATE = 30;
const SAMPLE_RATE = 48_000;

/** For `skip`. */
const ONE_BROWSER =
  isFirefox && "files are the engine's own work: one browser is enough";

/** Sound is coded in blocks: the last one reaches past the film's end. */
const BLOCK_SECONDS = 1024 / SAMPLE_RATE;

/**
 * Exports as [format] and gives the path of what arrives.
 * @param {Use} use
 * @param {string} format the label of the dialog
 * @param {(page: Page) => Promise<void>} [choose]
 */
async function exportedAs({ page, browser }, format, choose) {
  await beginExport(page, async () => {
    await page.locator(`dialog label ::-p-text(${format})`).click();
    await choose?.(page);
  });
  await says(page, "Done: ");
  const file = await takeDownload(browser.downloads, `as ${format}`);
  await button(page, "Dismiss").click();
  return file;
}

/** For `choose`. @param {string} width @param {string} height */
const sized = (width, height) => async (/** @type {Page} */ page) => {
  await select(page, "Size", "own");
  await fill(page, "Width", width);
  await fill(page, "Height", height);
};

/** @param {string} file @param {"video" | "audio"} kind */
const streamOf = (file, kind) => {
  const found = streamsOf(file).find(({ codec_type: type }) => type === kind);
  assert.ok(found, `${file} has no ${kind}`);
  return found;
};

/** Seconds that a stream's packets cover. @param {string} file @param {string} stream */
function covered(file, stream) {
  const text = execFileSync("ffprobe", [
    ..."-v error -show_entries packet=pts_time,duration_time -of csv=p=0 -select_streams".split(
      " ",
    ),
    stream,
    file,
  ]);
  const ends = String(text)
    .trim()
    .split("\n")
    .map((line) => line.split(",").slice(0, 2).map(Number))
    .map(([pts = 0, duration = 0]) => pts + duration);
  return Math.max(...ends);
}

/**
 * What is in an animated WebP, chunk by chunk.
 * @param {Buffer} bytes
 */
function animationOf(bytes) {
  assert.equal(bytes.toString("latin1", 0, 4), "RIFF");
  assert.equal(bytes.readUInt32LE(4) + 8, bytes.length);
  assert.equal(bytes.toString("latin1", 8, 12), "WEBP");
  const found = { width: 0, height: 0, frames: 0, milliseconds: 0 };
  for (let at = 12; at < bytes.length;) {
    const kind = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (kind === "VP8X") {
      found.width = bytes.readUIntLE(at + 12, 3) + 1;
      found.height = bytes.readUIntLE(at + 15, 3) + 1;
    }
    if (kind === "ANMF") {
      found.frames++;
      found.milliseconds += bytes.readUIntLE(at + 20, 3);
    }
    at += 8 + size + (size % 2);
  }
  return found;
}

/** The browser's own decoder on all frames of a picture: how many, and how large. @param {Page} page @param {string} address */
const decoded = (page, address) =>
  page.evaluate(async (from) => {
    const data = await (await fetch(from)).arrayBuffer();
    const decoder = new ImageDecoder({ data, type: "image/webp" });
    await decoder.tracks.ready;
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    const sizes = new Set();
    for (let frameIndex = 0; frameIndex < count; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      sizes.add(`${image.displayWidth}x${image.displayHeight}`);
      image.close();
    }
    return { count, sizes: [...sizes] };
  }, address);

/** A page with the short film, and how many frames of it there are. @param {import("node:test").TestContext} t @param {(use: Use, frames: number) => Promise<void>} body */
async function withFilm(t, body) {
  const film = await madeFilm();
  const options = {
    before: plainDialogs,
    folders: { "/film/": film.project, "/made/": artifacts },
    query: "?project=film/project.json",
  };
  const frames = Number(streamOf(film.file, "video").nb_read_frames);
  await withPage(t, options, async (use) => {
    await use.page.waitForSelector("button[aria-label=Play]:not([disabled])");
    await body(use, frames);
  });
}

for (const [label, codec, sound] of /** @type {const} */ ([
  ["WebM, VP9", "vp9", "opus"],
  ["WebM, AV1", "av1", "opus"],
]))
  test(
    `${label}: every frame, and sound as long`,
    { skip: ONE_BROWSER },
    async (t) => {
      await withFilm(t, async (use, frames) => {
        const file = await exportedAs(use, label, sized("320", "180"));
        const picture = streamOf(file, "video");
        assert.deepEqual(
          [picture.codec_name, picture.width, picture.height],
          [codec, 320, 180],
        );
        assert.equal(Number(picture.nb_read_frames), frames);
        assert.equal(streamOf(file, "audio").codec_name, sound);
        assert.equal(complaintsOf(file), "");
        const seconds = frames / RATE;
        for (const stream of ["v", "a"]) {
          const apart = Math.abs(covered(file, stream) - seconds);
          assert.ok(apart <= BLOCK_SECONDS, `${stream}: ${apart} s apart`);
        }
      });
    },
  );

test("sound alone: every sample", { skip: ONE_BROWSER }, async (t) => {
  await withFilm(t, async (use, frames) => {
    const samples = (frames * SAMPLE_RATE) / RATE;
    const wav = await exportedAs(use, "WAV");
    const sound = streamOf(wav, "audio");
    assert.equal(sound.codec_name?.slice(0, 4), "pcm_");
    assert.equal(complaintsOf(wav), "");
    assert.equal(Math.round(Number(sound.duration) * SAMPLE_RATE), samples);
    const m4a = await exportedAs(use, "M4A");
    assert.equal(streamOf(m4a, "audio").codec_name, "aac");
    assert.equal(complaintsOf(m4a), "");
    const apart = Math.abs(covered(m4a, "a") - samples / SAMPLE_RATE);
    assert.ok(apart <= BLOCK_SECONDS, `${apart} s apart`);
  });
});

test(
  "PNG sequence: every frame a file, in order",
  { skip: ONE_BROWSER },
  async (t) => {
    await withFilm(t, async (use, frames) => {
      const zip = await exportedAs(use, "PNG", sized("320", "180"));
      const folder = `${zip}.frames`;
      await files.rm(folder, { recursive: true, force: true });
      // Tests every checksum on the way.
      execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);
      const names = (await files.readdir(folder)).sort();
      assert.equal(names.length, frames);
      const numbers = names.map((name) =>
        Number(/(\d+)\.png$/.exec(name)?.[1]),
      );
      const first = numbers[0] ?? NaN;
      assert.deepEqual(
        numbers,
        numbers.map((_, place) => first + place),
      );
      const all = path.join(folder, "*.png");
      const text = execFileSync("ffprobe", [
        ..."-v error -f image2 -pattern_type glob -count_frames -show_entries stream=width,height,nb_read_frames -of csv=p=0".split(
          " ",
        ),
        all,
      ]);
      assert.equal(String(text).trim(), `320,180,${frames}`);
    });
  },
);

test(
  "animated WebP: every frame, for as long as the film",
  { skip: ONE_BROWSER },
  async (t) => {
    await withFilm(t, async (use, frames) => {
      const file = await exportedAs(use, "Animated WebP", sized("320", "180"));
      const found = animationOf(await files.readFile(file));
      assert.deepEqual([found.width, found.height], [320, 180]);
      assert.equal(found.milliseconds, Math.round((frames * 1000) / RATE));
      assert.equal(found.frames, frames);
      const seen = await decoded(use.page, `/made/${path.basename(file)}`);
      assert.deepEqual(seen, { count: frames, sizes: ["320x180"] });
    });
  },
);
