// The export dialog makes the wishes that it shows, and the list follows a job to its end.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import { drawnFilm } from "../run/film.js";
import { withPage } from "../run/page.js";
import { button, openFolder, plainDialogs, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

/** For `skip`, of what only the page decides: one browser is enough. */
const ONE_BROWSER = isFirefox && "the page decides it alone, in any browser";

const FAKE = { isFake: true, before: plainDialogs };

/** @param {Page} page */
async function openDialog(page) {
  await button(page, "Export").click();
  await page.waitForSelector("dialog[open]");
}

/** @param {Page} page @param {string} format */
async function choose(page, format) {
  await page.locator(`dialog label ::-p-text(${format})`).click();
}

/** @param {Page} page */
const submit = (page) => page.locator("dialog button[type=submit]").click();

/** The select below the label [name]. @param {Page} page @param {string} name @param {string} value */
async function select(page, name, value) {
  const field = await page.waitForSelector(`::-p-aria([name="${name}"])`);
  await field?.select(value);
}

/** @param {Page} page @param {string} name @param {string} text */
const fill = (page, name, text) =>
  page.locator(`::-p-aria([name="${name}"])`).fill(text);

/** The wishes of the newest export. @param {Page} page @param {number} count */
async function wishes(page, count) {
  await page.waitForFunction(
    (n) => window.fake.exports.length === n,
    {},
    count,
  );
  return page.evaluate(() => window.fake.exports.at(-1)?.wishes);
}

test(
  "the dialog's choices become wishes, and mistakes are said",
  { skip: ONE_BROWSER },
  async (t) => {
    await withPage(t, FAKE, async ({ page }) => {
      await openFolder(page, await drawnFilm());
      await openDialog(page);
      await says(page, "450 frames");
      await submit(page);
      assert.deepEqual(await wishes(page, 1), {
        format: "mp4",
        isExact: false,
        audioBitRate: 192000,
        withCaptionTrack: true,
      });

      await openDialog(page);
      await choose(page, "WebM, AV1");
      await select(page, "Size", "720");
      await select(page, "Frame rate", "1");
      await select(page, "Quality", "own");
      await fill(page, "Bit rate, Mbit/s", "2.5");
      await fill(page, "Sound, kbit/s", "96");
      await says(page, "360 frames");
      await submit(page);
      assert.deepEqual(await wishes(page, 2), {
        format: "webm",
        videoCodec: "av1",
        width: 1280,
        height: 720,
        rate: { num: 24, den: 1 },
        videoBitRate: 2500000,
        audioBitRate: 96000,
        isExact: false,
        withCaptionTrack: true,
      });

      await openDialog(page);
      await choose(page, "Animated WebP");
      await select(page, "Size", "own");
      await fill(page, "Width", "333");
      await says(page, "even whole numbers from 16 to 8192");
      assert.ok(
        await page.$eval("dialog button[type=submit]", (e) =>
          e.hasAttribute("disabled"),
        ),
      );
      await fill(page, "Width", "480");
      await fill(page, "Height", "270");
      await submit(page);
      assert.deepEqual(await wishes(page, 3), {
        format: "webp",
        width: 480,
        height: 270,
        isExact: false,
      });

      await openDialog(page);
      await choose(page, "WAV");
      await submit(page);
      assert.deepEqual(await wishes(page, 4), {
        format: "wav",
        isExact: false,
      });
    });
  },
);

test("a job shows how far it is, pauses, and hands its file over", async (t) => {
  await withPage(t, FAKE, async ({ page, browser }) => {
    await openFolder(page, await drawnFilm());
    await openDialog(page);
    await submit(page);
    await wishes(page, 1);
    await page.evaluate(() =>
      window.fake.exports[0]?.set({
        phase: "painting",
        framesDone: 225,
        bytes: 4_300_000,
        framesPerSecond: 61.4,
        secondsLeft: 3.7,
      }),
    );
    await says(page, "Making frames · 50 %");
    await says(page, "225 of 450 frames · 61 frames/s · 4.3 MB");
    await says(page, "0:04 left");
    await page.waitForFunction(() => document.title.startsWith("50 %"));
    await button(page, "Pause").click();
    await says(page, "Paused");
    await button(page, "Go on").click();
    await says(page, "Making frames");
    await page.evaluate(() => window.fake.exports[0]?.end(5000));
    await says(page, "Done: 5.0 kB in 0:34");
    const file = path.join(browser.downloads, "The Last Ferry.mp4");
    await until("the file is among the downloads", async () => {
      const stat = await files.stat(file).catch(() => null);
      return stat?.size === 5000;
    });
  });
});

test(
  "a job that fails says why, and one that is stopped is gone",
  { skip: ONE_BROWSER },
  async (t) => {
    await withPage(t, FAKE, async ({ page }) => {
      await openFolder(page, await drawnFilm());
      await openDialog(page);
      await submit(page);
      await wishes(page, 1);
      await page.evaluate(() =>
        window.fake.exports[0]?.breakDown(
          "There is no room left on this disk.",
        ),
      );
      await says(page, "There is no room left on this disk.");
      await button(page, "Dismiss").click();
      await openDialog(page);
      await submit(page);
      await wishes(page, 2);
      await button(page, "Stop").click();
      await says(page, "Stop and throw it away?");
      await button(page, "Throw away").click();
      await page.waitForFunction(
        () => !document.querySelector('aside[aria-label="Exports"]'),
      );
    });
  },
);

test("an unfinished export is offered at the start and goes on", async (t) => {
  const options = { ...FAKE, query: "?left&needsFiles" };
  await withPage(t, options, async ({ page }) => {
    await says(page, "Unfinished exports");
    await says(page, "280 of 450 frames");
    await says(page, "Choose the project's folder again");
    const [chooser] = await Promise.all([
      page.waitForFileChooser(),
      button(page, "Choose its folder").click(),
    ]);
    const film = await drawnFilm();
    await chooser.accept([
      process.env.CUTROOM_BROWSER === "firefox"
        ? path.join(film, "project.json")
        : film,
    ]);
    await button(page, "Resume").click();
    await page.waitForFunction(() => window.fake.exports.length === 1);
    await page.evaluate(() =>
      window.fake.exports[0]?.set({ framesDone: 300, framesResumed: 280 }),
    );
    await says(page, "280 frames were there already");
  });
});

test("what cannot be encoded is not offered", async (t) => {
  const options = { ...FAKE, query: "?lacks=h264" };
  await withPage(t, options, async ({ page }) => {
    await openFolder(page, await drawnFilm());
    await openDialog(page);
    await says(page, "Not possible in this browser");
    await submit(page);
    assert.equal((await wishes(page, 1))?.videoCodec, "vp9");
  });
});

test(
  "a second export waits for the first, or begins at once where that is wished",
  { skip: ONE_BROWSER },
  async (t) => {
    await withPage(
      t,
      { isFake: true, before: plainDialogs },
      async ({ page }) => {
        await openFolder(page, await drawnFilm());
        await says(page, "00:00:00:00");
        const begin = async (/** @type {number} */ number) => {
          await button(page, "Export").click();
          await page.locator("dialog button[type=submit]").click();
          await page.waitForFunction(
            (count) => window.fake.exports.length === count,
            {},
            number,
          );
        };
        const isPaused = (/** @type {number} */ place) =>
          page.evaluate(
            (at) => window.fake.exports[at]?.state["isPaused"],
            place,
          );
        for (const number of [1, 2, 3]) await begin(number);
        await says(page, "It waits for the export before it.");
        assert.deepEqual([await isPaused(0), await isPaused(1)], [false, true]);
        await page.evaluate(() => window.fake.exports[0]?.end(1000));
        await page.waitForFunction(
          () => window.fake.exports[1]?.state["isPaused"] === false,
        );
        assert.equal(await isPaused(2), true);
        await button(page, "Begin now").click();
        await page.waitForFunction(
          () => window.fake.exports[2]?.state["isPaused"] === false,
        );
      },
    );
  },
);
