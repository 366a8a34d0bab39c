// The short way through in Firefox: a prompt, the storyboard, the editor, a file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isFirefox } from "../run/browser.js";
import { complaintsOf, streamsOf } from "../run/measure.js";
import { beginFilm, exported, filmWhen, toPage, withStudio } from "./steps.js";

test(
  "a prompt becomes an exported film",
  { skip: !isFirefox && "Chromium takes the whole way (film.test.js)." },
  async (t) => {
    await withStudio(t, async ({ page, downloads, picture }) => {
      await beginFilm(page, "How rain is made", () =>
        page.locator("button[role=switch]").click(),
      );
      await toPage(page, "storyboard");
      await page.waitForSelector("[data-scene] img");
      const film = await filmWhen(
        page,
        "the film is done",
        ({ status }) => status === "done",
      );
      await picture("storyboard");
      await toPage(page, "edit");
      await page.waitForSelector("button[aria-label=Play]:not([disabled])");
      await picture("editor");
      const file = await exported(page, downloads);
      assert.equal(complaintsOf(file), "");
      const [video, sound] = streamsOf(file);
      assert.deepEqual([video?.codec_name, sound?.codec_name], ["h264", "aac"]);
      assert.ok(Number(video?.nb_read_frames) > 0, film.id);
    });
  },
);
