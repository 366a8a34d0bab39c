// Everything that moves the playhead, by keyboard and by pointer.
import assert from "node:assert/strict";
import test from "node:test";
import { drawnFilm, TICKS } from "../run/film.js";
import { withPage } from "../run/page.js";
import { button, openFolder, plainDialogs, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

const FAKE = { isFake: true, before: plainDialogs };

/** @param {Page} page @param {string} [rate] */
async function openFilm(page, rate) {
  await openFolder(page, await drawnFilm(rate ? { rate } : {}));
  await page.waitForFunction(() => window.fake?.players.length === 1);
  await page.waitForSelector("button[aria-label=Play]:not([disabled])");
}

/** What the player was asked for since the last time. @param {Page} page */
const asked = (page) =>
  page.evaluate(() => {
    const player = window.fake.players.at(-1);
    return player?.calls
      .splice(0)
      .filter(([name]) => name !== "resize" && name !== "setVolume");
  });

/** @param {Page} page @param {number} playhead */
const put = (page, playhead) =>
  page.evaluate(
    (at) => window.fake.players.at(-1)?.set({ playhead: at, rate: 0 }),
    playhead,
  );

/** @param {Page} page */
const shown = (page) =>
  page.$eval("[data-timecode]", (element) => element.textContent);

test("keys play, shuttle, step and jump", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page);
    await asked(page);
    const { keyboard } = page;
    await keyboard.press(" ");
    await keyboard.press(" ");
    assert.deepEqual(await asked(page), [["play", 1], ["pause"]]);
    for (const key of /** @type {const} */ (["l", "l", "l", "j", "j", "k"]))
      await keyboard.press(key);
    assert.deepEqual(await asked(page), [
      ["play", 1],
      ["play", 2],
      ["play", 4],
      ["play", -1],
      ["play", -2],
      ["pause"],
    ]);
    await put(page, TICKS * 5);
    await asked(page);
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowLeft");
    await keyboard.down("k");
    await keyboard.press("l");
    await keyboard.up("k");
    assert.deepEqual(await asked(page), [
      ["step", 1],
      ["step", -1],
      ["pause"],
      ["step", 1],
    ]);
    await put(page, TICKS * 5);
    await keyboard.down("Shift");
    await keyboard.press("ArrowRight");
    await keyboard.press("L");
    await keyboard.up("Shift");
    await keyboard.press("Home");
    await keyboard.press("End");
    assert.deepEqual(await asked(page), [
      ["seek", TICKS * 6, false],
      ["loop", { start: 0, duration: TICKS * 15 }],
      ["seek", 0, false],
      ["seek", TICKS * 15 - TICKS / 30, false],
    ]);
    await put(page, TICKS * 3.5);
    await keyboard.press("ArrowDown");
    assert.deepEqual(await asked(page), [["seek", TICKS * 3.75, false]]);
  });
});

test("timecode counts as SMPTE does, also with dropped numbers", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page, "30000/1001");
    const frame = (TICKS * 1001) / 30000;
    for (const [number, code] of /** @type {[number, string][]} */ ([
      [0, "00:00:00;00"],
      [1799, "00:00:59;29"],
      [1800, "00:01:00;02"],
      [17982, "00:10:00;00"],
      [107892, "01:00:00;00"],
    ])) {
      await put(page, number * frame);
      assert.equal(await shown(page), code, `frame ${number}`);
    }
  });
});

test("the bar scrubs, says where, and plays on as before", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page);
    await page.keyboard.press(" ");
    const bar = await page.waitForSelector(
      "[role=slider][aria-label=Position]",
    );
    const box = await bar?.boundingBox();
    assert.ok(box);
    await asked(page);
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.2, y);
    await says(page, "00:00:03:00");
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, y, { steps: 3 });
    await page.mouse.up();
    const calls = (await asked(page)) ?? [];
    assert.deepEqual(calls.at(-1), ["play", 1]);
    const [, at, isScrubbing] = calls.at(-2) ?? [];
    assert.equal(isScrubbing, false);
    assert.ok(Math.abs(Number(at) - TICKS * 6) < TICKS / 30, `sought ${at}`);
    assert.deepEqual(
      calls.slice(0, -2).map(([name, , more]) => [name, more]),
      Array.from({ length: 4 }, () => ["seek", true]),
    );
    await page.keyboard.press("k");
    const text = await bar?.evaluate((e) => e.getAttribute("aria-valuetext"));
    assert.match(text ?? "", /^00:00:0\d:\d\d of 00:00:15:00$/);
  });
});

test("a click on a button leaves the space bar to playback", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page);
    await button(page, "Mute").click();
    await asked(page);
    await page.keyboard.press(" ");
    assert.deepEqual(await asked(page), [["play", 1]]);
    await page.waitForSelector("button[aria-label=Unmute]");
  });
});

test("the canvas keeps the film's shape, and closing closes everything", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page);
    for (const size of [
      { width: 900, height: 700 },
      { width: 320, height: 640, deviceScaleFactor: 2 },
    ]) {
      await page.setViewport(size);
      await page.waitForFunction(
        (ratio) => {
          const canvas = document.querySelector("canvas");
          const box = canvas?.getBoundingClientRect();
          return (
            canvas &&
            box &&
            Math.abs(canvas.width / canvas.height - 16 / 9) < 0.02 &&
            Math.abs(canvas.width - box.width * ratio) <= 1 &&
            document.documentElement.scrollWidth <= window.innerWidth
          );
        },
        {},
        size.deviceScaleFactor ?? 1,
      );
    }
    await button(page, "Close the film").click();
    await says(page, "Open a film");
    await page.waitForFunction(() => window.fake.leaks === 0);
  });
});

test("every control has a name, and a clip is reached by keyboard", async (t) => {
  await withPage(t, FAKE, async ({ page }) => {
    await openFilm(page);
    const nameless = await page.$$eval("button, input, select", (elements) =>
      elements
        .filter(
          (e) =>
            !(e.getAttribute("aria-label") || e.textContent?.trim()) &&
            !e.closest("label"),
        )
        .map((e) => e.outerHTML),
    );
    assert.deepEqual(nameless, []);
    await page.waitForSelector("[data-clip=c1]");
    await page.keyboard.press("Tab");
    await page.focus("[role=listbox]");
    await page.keyboard.press("ArrowRight"); // to the first clip, a caption
    await page.keyboard.press("ArrowDown"); // to the pictures
    await page.keyboard.press("ArrowRight"); // to the next of them
    await asked(page);
    await page.keyboard.press("Enter");
    assert.deepEqual(await asked(page), [["seek", TICKS * 3.75, false]]);
  });
});
