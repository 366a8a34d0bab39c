// A colour stays that colour from the file to the canvas and to the exported film, whatever way the file says,
// or does not say, what its numbers mean.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { browserName, isFirefox, until } from "../run/browser.js";
import {
  barsFile,
  codesOff,
  furthestOff,
  patchesOfPicture,
} from "../run/bars.js";
import { beginExport, fill, select, takeDownload } from "../run/exporting.js";
import { streamsOf } from "../run/measure.js";
import { artifacts, withPage } from "../run/page.js";
import { answerDialog, button, plainDialogs, says } from "../run/use.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("../run/bars.js").Bars} Bars
 */

/** Of 255. */
const OFF_MAX = 2;

/** Of a code of luma or chroma in a coded film: what an encoder may round away. */
const CODES_MAX = 1;

/** How long the canvas may take on a machine with much else to do. */
const SHOWN_MS = 30_000;

const SMALL = { width: 640, height: 360 };
const LARGE = { width: 1280, height: 720 };

/** What says nothing is taken by its size. @type {Bars[]} */
const ALL = [
  .../** @type {const} */ (["bt601", "bt709"]).flatMap((matrix) =>
    /** @type {const} */ (["limited", "full"]).flatMap((range) =>
      /** @type {const} */ (["colr", "stream"]).map((told) => ({
        matrix,
        range,
        told,
        ...SMALL,
      })),
    ),
  ),
  { matrix: "bt601", range: "limited", told: "nowhere", ...SMALL },
  { matrix: "bt709", range: "limited", told: "nowhere", ...LARGE },
];

/** The patches on the canvas. @param {Page} page */
async function shown(page) {
  const box = await (await page.$("canvas"))?.boundingBox();
  assert.ok(box);
  const picture = path.join(artifacts, `${browserName}-bars.png`);
  await page.screenshot({ path: picture, clip: box });
  return patchesOfPicture(picture);
}

/** Exports a PNG sequence. Gives the paths of its frames. @param {Page} page @param {string} downloads */
async function exportedFrames(page, downloads) {
  await beginExport(page, () =>
    page.locator("dialog label ::-p-text(PNG)").click(),
  );
  await says(page, "Done: ");
  const zip = await takeDownload(downloads, "bars");
  await button(page, "Dismiss").click();
  const folder = `${zip}.frames`;
  await rm(folder, { recursive: true, force: true });
  execFileSync("python3", ["-m", "zipfile", "-e", zip, folder]);
  return (await readdir(folder)).sort().map((name) => path.join(folder, name));
}

/** Exports an MP4 with bits enough. Gives its path. @param {Page} page @param {string} downloads */
async function exportedFilm(page, downloads) {
  await beginExport(page, async () => {
    await page.locator("dialog label ::-p-text(MP4)").click();
    await select(page, "Quality", "own");
    await fill(page, "Bit rate, Mbit/s", "60");
  });
  await says(page, "Done: ");
  const film = await takeDownload(downloads, "bars");
  assert.equal(streamsOf(film)[0]?.color_space, "bt709");
  return film;
}

/** Puts the playhead into the middle of one second of many. @param {Page} page @param {number} second @param {number} seconds */
async function goTo(page, second, seconds) {
  const bar = await (
    await page.$("[role=slider][aria-label=Position]")
  )?.boundingBox();
  assert.ok(bar);
  const part = (second + 0.5) / seconds;
  await page.mouse.click(bar.x + bar.width * part, bar.y + bar.height / 2);
}

test(
  "colour bars are the same colours on the canvas and in the export",
  {
    skip: isFirefox && "its driver takes pictures of the page in other colours",
  },
  async (t) => {
    const files = await Promise.all(ALL.map(barsFile));
    const options = {
      before: plainDialogs,
      flags: ["--force-color-profile=srgb"],
    };
    await withPage(t, options, async ({ page, browser }) => {
      await page.waitForSelector("main button");
      await answerDialog(page, "Choose media", files);
      await page.waitForSelector("button[aria-label=Play]:not([disabled])");
      /** @type {string[]} */
      const wrong = [];
      const worst = { canvas: 0, png: 0, codes: 0 };
      for (const [place, file] of files.entries()) {
        await goTo(page, place, files.length);
        let off = { most: 999, which: "" };
        await until(
          "the bars are shown",
          async () => {
            off = furthestOff(await shown(page));
            return off.most <= OFF_MAX;
          },
          SHOWN_MS,
        ).catch(() => wrong.push(`${path.basename(file)}: ${off.which}`));
        worst.canvas = Math.max(worst.canvas, off.most);
      }
      const frames = await exportedFrames(page, browser.downloads);
      const film = await exportedFilm(page, browser.downloads);
      for (const [place, file] of files.entries()) {
        const name = path.basename(file);
        const frame = place * 30 + 15;
        const off = furthestOff(patchesOfPicture(frames[frame] ?? ""));
        worst.png = Math.max(worst.png, off.most);
        if (off.most > OFF_MAX) wrong.push(`${name}, as PNG: ${off.which}`);
        const codes = codesOff(film, frame, SMALL);
        worst.codes = Math.max(worst.codes, codes.most);
        if (codes.most > CODES_MAX)
          wrong.push(`${name}, as MP4: ${codes.which}`);
      }
      t.diagnostic(
        `furthest off: canvas ${worst.canvas}/255, PNG ${worst.png}/255, MP4 ${worst.codes} of a code`,
      );
      assert.deepEqual(wrong, []);
    });
  },
);
