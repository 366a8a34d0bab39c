// The first time, with nothing chosen but a short film: from the empty page to a film on disk, every click
// counted. Its pictures are those of the README (tools/web walk).
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import { says } from "../run/use.js";
import { by, filmWhen, MAKING_MS, withStudio, write } from "./steps.js";

const PROMPT = "How bees find flowers, for curious ten-year-olds";
const CLICKS_MAX = 12;

test(
  "with defaults, a prompt is an exported film in a few clicks",
  { skip: isFirefox && "The page is the same; Chromium shows it." },
  async (t) => {
    await withStudio(t, async ({ page, downloads, picture }) => {
      let clicks = 0;
      const click = async (/** @type {string} */ name) => {
        clicks++;
        await by(page, "button", name).setTimeout(MAKING_MS).click();
      };
      await says(page, "What is your film about?");
      await write(page, "textarea", PROMPT);
      // Only the README's pictures are of a film as long as one is by default.
      if (!process.env.CUTROOM_WALK_WHOLE)
        await page.select('select[aria-label="Length"]', "15");
      await picture("walk-1-home");
      await click("Make the film");
      await says(page, "A few questions");
      await picture("walk-2-plan");
      await click("Make the film");
      // From here the page follows the film by itself.
      await filmWhen(page, "all pictures are there", ({ scenes }) => {
        const all = Object.values(scenes ?? {});
        return all.length > 0 && all.every(({ picture }) => picture?.url);
      });
      await page.waitForFunction(
        () => document.querySelector("[data-scene] img") !== null,
      );
      await page.waitForSelector("button[aria-label=Play]:not([disabled])", {
        timeout: MAKING_MS,
      });
      await page.waitForSelector("[data-clip]");
      await picture("walk-4-editor");
      await click("Export");
      await page.waitForSelector("dialog[open]");
      await picture("walk-5-export");
      clicks++;
      await page.locator("dialog button[type=submit]").click();
      await page.waitForFunction(
        () => document.body.innerText.includes("Done: "),
        { timeout: MAKING_MS },
      );
      await until("a film is on disk", async () =>
        (await files.readdir(downloads)).some((name) => name.endsWith(".mp4")),
      );
      t.diagnostic(`${clicks} clicks`);
      assert.ok(clicks <= CLICKS_MAX);
      await page.locator("[aria-label=Exports] button").click();
      for (const name of ["storyboard", "sound", "motion"]) {
        // The first of them leaves the editor, as the browser's own back does.
        await page.evaluate((to) => {
          location.hash = `#/film/${location.hash.split("/")[2]}/${to}`;
        }, name);
        await page.waitForSelector(`nav [aria-current=page][href$="/${name}"]`);
        await page.waitForSelector("[data-scene]");
        await page.waitForFunction(() =>
          [...document.images].every(({ complete }) => complete),
        );
        await picture(`walk-3-${name}`);
      }
    });
  },
);
