// Several windows at one film of the server: edits of both, undo of one's own, who is there; and edits
// without the network, kept over a reload, which the server has when it is back.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import { clipOf, keepProjects, now } from "../run/cut.js";
import { streamsOf } from "../run/measure.js";
import { plainDialogs, says } from "../run/use.js";
import { TICKS, type } from "../run/editor.js";
import { artifacts } from "../run/page.js";
import { by, exported, MAKING_MS, withStudio } from "./steps.js";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("./steps.js").Use} Use */

const WISH = {
  prompt: "Bees",
  script: "# One\nBees fly.\n\n# Two\nWasps build.\n",
  asks: false,
  seconds: 5,
  width: 320,
  height: 180,
};

/** A film of two scenes, done. Gives its id. @param {Page} page */
async function makeFilm(page) {
  const id = await page.evaluate(async (wish) => {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(wish);
    const asked = { method: "POST", headers, body };
    return (await (await fetch("api/films", asked)).json()).id;
  }, WISH);
  const state = () =>
    page.evaluate(
      async (film) => (await (await fetch(`api/films/${film}`)).json()).status,
      id,
    );
  await until("it is made", async () => (await state()) === "done", MAKING_MS);
  return id;
}

/** @param {Page} page */
const isShown = (page) =>
  page.waitForSelector("button[aria-label=Play]:not([disabled])");

/** @param {Page} page @param {string} id */
async function openFilm(page, id) {
  await page.evaluate((film) => {
    location.hash = `#/film/${film}/edit`;
  }, id);
  await isShown(page);
}

/** Another window at the film. @param {Use} use @param {string} id */
async function secondWindow({ page, studio }, id) {
  const other = await page.browserContext().newPage();
  await other.setViewport({ width: 1280, height: 800 });
  await plainDialogs(other);
  await keepProjects(other);
  await other.goto(`${studio.url}#/film/${id}/edit`);
  await isShown(other);
  return other;
}

/** Selects a clip on the timeline. @param {Page} page @param {string} clip */
async function select(page, clip) {
  await page.bringToFront();
  await page.locator(`[data-clip="${clip}"]`).click();
  await page.waitForSelector('input[aria-label="Opacity"]');
}

/** @param {Page} page @param {string} clip @param {unknown} opacity */
const hasOpacity = (page, clip, opacity) =>
  until(`${clip} has opacity ${opacity}`, async () => {
    const found = clipOf(await now(page), clip);
    return found.opacity === opacity;
  });

/** @param {Page} page @param {string} state */
const isSaved = (page, state) =>
  page.waitForSelector(`[data-saving="${state}"]`);

/** What lies in the film's folder. @param {Use} use @param {string} id */
const onDisk = async ({ studio }, id) =>
  JSON.parse(
    await files.readFile(
      path.join(studio.films, `${id}.cutroom/project.json`),
      "utf8",
    ),
  );

/** Waits until this browser has the film's media itself. @param {Page} page @param {string} id */
const hasMedia = (page, id) =>
  until("the media are in this browser", () =>
    page
      .evaluate(async (film) => {
        const text = await (await fetch(`films/${film}/project.json`)).text();
        let folder = await navigator.storage.getDirectory();
        for (const name of ["projects", `film-${film}`, "assets"])
          folder = await folder.getDirectoryHandle(name);
        const names = [];
        for await (const name of folder.keys()) names.push(`assets/${name}`);
        return JSON.parse(text).assets.every((/** @type {any} */ { uri }) =>
          names.includes(uri),
        );
      }, id)
      .catch(() => false),
  );

/** A second of a tone. Gives its path. */
async function noteFile() {
  const rate = 8000;
  const data = Buffer.alloc(44 + 2 * rate);
  data.write("RIFF", 0);
  data.writeUInt32LE(36 + 2 * rate, 4);
  data.write("WAVEfmt ", 8);
  data.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ])
    data.writeUInt16LE(/** @type {number} */ (value), at);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(2 * rate, 28);
  data.write("data", 36);
  data.writeUInt32LE(2 * rate, 40);
  for (let i = 0; i < rate; i++)
    data.writeInt16LE(Math.round(8000 * Math.sin(i / 3)), 44 + 2 * i);
  const file = path.join(artifacts, "note.wav");
  await files.writeFile(file, data);
  return file;
}

const skip = isFirefox && "The page is the same; Chromium shows it.";

test("two windows edit one film of the server", { skip }, async (t) => {
  await withStudio(t, async (use) => {
    const { page, picture } = use;
    const id = await makeFilm(page);
    await openFilm(page, id);
    const other = await secondWindow(use, id);
    await page.waitForSelector("[data-people='1']");
    await page.waitForSelector("[data-other-playhead]");

    await select(page, "video-1");
    await type(page, "Opacity", "40");
    await hasOpacity(other, "video-1", 0.4);
    await isSaved(page, "shared");
    await select(other, "video-2");
    await type(other, "Opacity", "60");
    await hasOpacity(page, "video-2", 0.6);
    await until("both have the same", async () => {
      const [one, two] = [await now(page), await now(other)];
      return JSON.stringify(one) === JSON.stringify(two);
    });
    await picture("together");

    // Undo is of what one did oneself.
    await page.bringToFront();
    await page.locator("button[aria-label^=Undo]").click();
    await hasOpacity(other, "video-1", undefined);
    assert.equal(clipOf(await now(page), "video-2").opacity, 0.6);
    await until("the server has it", async () => {
      const project = await onDisk(use, id);
      const { opacity } = clipOf(project, "video-1");
      return opacity === undefined && clipOf(project, "video-2").opacity;
    });

    // What one brings is there for the other.
    await page.bringToFront();
    const [chooser] = await Promise.all([
      page.waitForFileChooser(),
      by(page, "button", "Import").click(),
    ]);
    await chooser.accept([await noteFile()]);
    /** @param {Page} at */
    const note = async (at) => {
      const { assets } = /** @type {any} */ (await now(at));
      return assets.find((/** @type {any} */ { name }) => name === "note.wav");
    };
    await until("the other has it", async () => await note(other));
    const { uri, duration } = await note(other);
    assert.match(uri, /^assets\/[0-9a-f]+\.wav$/);
    assert.equal(duration, TICKS);
    const answer = await page.evaluate(
      async (path) => (await fetch(path)).status,
      `films/${id}/${uri}`,
    );
    assert.equal(answer, 200);
    await other.close();
    await page.waitForSelector("[data-people]", { hidden: true });
  });
});

test(
  "edits without the server are kept over a reload, and go to it",
  { skip },
  async (t) => {
    const options = { allowed: /ERR_|WebSocket|Failed to load resource/ };
    await withStudio(
      t,
      async (use) => {
        const { page, studio, picture } = use;
        const id = await makeFilm(page);
        await openFilm(page, id);
        await isSaved(page, "shared");
        await hasMedia(page, id);
        await select(page, "video-1");
        await studio.kill();
        await type(page, "Opacity", "30");
        await hasOpacity(page, "video-1", 0.3);
        await isSaved(page, "waiting");
        await says(page, "1 edit waits for the server");
        await picture("together-without-server");

        await page.reload();
        await isShown(page);
        await hasOpacity(page, "video-1", 0.3);
        await picture("together-reloaded-without-server");
        assert.doesNotMatch(
          await page.evaluate(() => document.body.innerText),
          /files? (is|are) missing/,
        );
        const file = await exported(page, use.downloads);
        assert.equal(streamsOf(file)[0]?.width, 320);
        await select(page, "video-2");
        await type(page, "Opacity", "70");
        await isSaved(page, "waiting");

        await studio.restart();
        await isSaved(page, "shared");
        await until("the server has both", async () => {
          const project = await onDisk(use, id);
          const opacities = ["video-1", "video-2"].map(
            (clip) => clipOf(project, clip).opacity,
          );
          return opacities.join() === "0.3,0.7";
        });
      },
      options,
    );
  },
);
