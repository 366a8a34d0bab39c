// The server is killed while it makes a film, and started again: the page says so and goes on by itself.
import assert from "node:assert/strict";
import test from "node:test";
import { isFirefox } from "../run/browser.js";
import { says } from "../run/use.js";
import { beginFilm, filmWhen, MAKING_MS, toPage, withStudio } from "./steps.js";

test(
  "a server that is killed in mid-film is waited for, and the film ends",
  { skip: isFirefox && "The page is the same; Chromium shows it." },
  async (t) => {
    const options = { allowed: /ERR_CONNECTION_REFUSED|WebSocket/ };
    await withStudio(
      t,
      async ({ page, studio, picture }) => {
        await beginFilm(page, "How rain is made", () =>
          page.locator("button[role=switch]").click(),
        );
        await filmWhen(page, "the first picture is there", ({ scenes }) =>
          Object.values(scenes).some(
            (/** @type {any} */ { picture }) => picture?.url,
          ),
        );
        await toPage(page, "storyboard");
        await page.waitForSelector("[data-scene] img");
        await studio.kill();
        await says(page, "No connection for");
        await picture("lost");
        await studio.restart();
        await page.waitForFunction(
          () => !document.body.innerText.includes("No connection for"),
        );
        await page.waitForFunction(
          () => document.body.innerText.includes("Finished"),
          { timeout: MAKING_MS },
        );
        const film = await filmWhen(page, "the film is there", () => true);
        assert.equal(film.status, "done");
      },
      options,
    );
  },
);
