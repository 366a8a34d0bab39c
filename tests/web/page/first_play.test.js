// The first play: the sound is made with the player, so nothing is left that would hold the page up then.
import assert from "node:assert/strict";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import { madeFilm } from "../run/film.js";
import { withPage } from "../run/page.js";
import { openFolder, plainDialogs, says } from "../run/use.js";

/** For `before`: every AudioContext of the page in a list. @param {import("puppeteer-core").Page} page */
async function listening(page) {
  await plainDialogs(page);
  await page.evaluateOnNewDocument(() => {
    window.contexts = [];
    window.longTasks = [];
    window.AudioContext = class extends AudioContext {
      /** @param {AudioContextOptions} [options] */
      constructor(options) {
        super(options);
        window.contexts.push(this);
      }
    };
    if (PerformanceObserver.supportedEntryTypes.includes("longtask"))
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          window.longTasks.push(Math.round(duration));
      }).observe({ type: "longtask" });
  });
}

/** @param {import("puppeteer-core").Page} page */
const states = (page) =>
  page.evaluate(() => window.contexts.map(({ state }) => state).join(" "));

test("the sound waits for the first play, which makes nothing any more", async (t) => {
  await withPage(t, { before: listening }, async ({ page }) => {
    await openFolder(page, (await madeFilm()).project);
    await page.waitForSelector("button[aria-label=Play]:not([disabled])");
    await says(page, "The Last Ferry");
    await until("one silent context", async () => {
      return (await states(page)) === "suspended";
    });
    await page.evaluate(() => window.longTasks.splice(0));
    await page.keyboard.press(" ");
    await until("it plays", () =>
      page.$eval("[data-timecode]", (e) => !/[:;]00$/.test(e.textContent)),
    );
    // Firefox keeps a context suspended where there is no device to hear it; films play by the clock.
    if (isFirefox) return;
    await until("it is heard", async () => (await states(page)) === "running");
    await until("the meters move", () =>
      page.$eval(
        "[role=img][aria-label='Sound level'] div div",
        (e) => !e.style.clipPath.includes(" 100%"),
      ),
    );
    await page.keyboard.press("k");
    await page.keyboard.press(" ");
    assert.equal(await states(page), "running");
    const tasks = await page.evaluate(() => window.longTasks);
    t.diagnostic(`long tasks of the first play: ${tasks.join(", ") || "none"}`);
  });
});
