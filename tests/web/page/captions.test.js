// Captions as a list, and the palette of commands.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import {
  clipOf,
  keptWhen,
  openPlain,
  seconds,
  tab,
  type,
} from "../run/editor.js";
import { artifacts, withPage } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";

const options = { before: plainDialogs, size: { width: 1440, height: 900 } };
const skip = isFirefox && "the engine does not show right in Firefox yet";

const SRT = `1
00:00:01,000 --> 00:00:02,500
<i>One</i> &amp; all

2
00:00:02,400 --> 00:00:04,000
Two
lines
`;

/** @param {any} project */
const cues = (project) =>
  project.sequences[0].tracks
    .flatMap((/** @type {any} */ track) => track.clips ?? [])
    .filter((/** @type {any} */ clip) => clip.kind === "caption")
    .sort(
      (/** @type {any} */ one, /** @type {any} */ other) =>
        one.start - other.start,
    );

test("captions are written, split, merged and shifted", { skip }, async (t) => {
  await withPage(t, options, async ({ page }) => {
    await openPlain(page);
    await tab(page, "Captions");
    await type(page, "Caption 1", "Another first line");
    await type(page, "Caption 1: to", "0:02.75");
    let project = await keptWhen(
      page,
      "the caption is another, and longer",
      (now) => clipOf(now, "one").duration === seconds(2.25),
    );
    assert.equal(clipOf(project, "one").text, "Another first line");
    await page.hover('[data-cue="one"]');
    await button(page, "Split caption 1").click();
    project = await keptWhen(
      page,
      "there are three",
      (now) => cues(now).length === 3,
    );
    assert.deepEqual(
      cues(project).map((/** @type {any} */ cue) => cue.text),
      ["Another", "first line", "The second line"],
    );
    await page.hover('[data-cue="one"]');
    await button(page, "Merge caption 1 with the next").click();
    project = await keptWhen(
      page,
      "there are two",
      (now) => cues(now).length === 2,
    );
    assert.equal(cues(project)[0].text, "Another first line");
    assert.equal(cues(project)[0].duration, seconds(2.25));
    await button(page, "Shift all").click();
    await page.waitForSelector("[role=dialog] input[role=spinbutton]");
    await page.locator("[role=dialog] ::-p-text(Shift all)").click();
    await keptWhen(
      page,
      "all are half a second later",
      (now) =>
        cues(now)[0].start === seconds(1) &&
        cues(now)[1].start === seconds(3.5),
    );
  });
});

test("subtitles come from a file and go into one", { skip }, async (t) => {
  const file = path.join(artifacts, "two.srt");
  await files.writeFile(file, SRT);
  await withPage(t, options, async ({ page, browser }) => {
    await openPlain(page);
    await tab(page, "Captions");
    const menu = async (/** @type {string} */ name) => {
      await button(page, "More about captions").click();
      await page
        .locator(`::-p-aria([name="${name}"][role="menuitem"])`)
        .click();
    };
    const [chooser] = await Promise.all([
      page.waitForFileChooser(),
      menu("Import SRT or VTT"),
    ]);
    await chooser.accept([file]);
    const project = await keptWhen(
      page,
      "the file's captions are there",
      (now) => cues(now)[0]?.text === "One & all",
    );
    assert.equal(cues(project).length, 2);
    assert.equal(
      cues(project)[0].duration,
      seconds(1.4),
      "they do not overlap",
    );
    assert.equal(cues(project)[1].text, "Two\nlines");
    await menu("Export VTT");
    const name = path.join(browser.downloads, "Plain.vtt");
    const text = await until("the file has arrived", () =>
      files.readFile(name, "utf8").catch(() => ""),
    );
    assert.equal(
      text,
      "WEBVTT\n\n00:00:01.000 --> 00:00:02.400\nOne &amp; all\n\n00:00:02.400 --> 00:00:04.000\nTwo\nlines\n",
    );
  });
});

test(
  "commands are found by their names, and keys can be changed",
  { skip },
  async (t) => {
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await page.keyboard.down("Control");
      await page.keyboard.press("k");
      await page.keyboard.up("Control");
      await page.waitForSelector("[role=combobox]");
      await page.keyboard.type("add title");
      await page.keyboard.press("Enter");
      await keptWhen(
        page,
        "there are two titles",
        (now) =>
          now.sequences[0].tracks
            .flatMap((/** @type {any} */ track) => track.clips ?? [])
            .filter((/** @type {any} */ clip) => clip.kind === "title")
            .length === 2,
      );
      await page.keyboard.press("?");
      await page
        .locator('button[aria-label^="Change the shortcut of Add a title"]')
        .click();
      await says(page, "Press keys");
      await page.keyboard.press("9");
      await page.waitForSelector(
        'button[aria-label="Change the shortcut of Add a title: 9"]',
      );
      await page.keyboard.press("Escape");
      await page.waitForSelector("dialog", { hidden: true });
      await page.keyboard.press("9");
      await keptWhen(
        page,
        "there are three titles",
        (now) =>
          now.sequences[0].tracks
            .flatMap((/** @type {any} */ track) => track.clips ?? [])
            .filter((/** @type {any} */ clip) => clip.kind === "title")
            .length === 3,
      );
    });
  },
);
