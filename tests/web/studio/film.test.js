// From a prompt to the exported film, as a person does it: the real page, the real server, the makers of this
// machine.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { browserName, isFirefox, until } from "../run/browser.js";
import { complaintsOf, likeness, streamsOf } from "../run/measure.js";
import { artifacts } from "../run/page.js";
import { button, says } from "../run/use.js";
import { program } from "./server.js";
import {
  beginFilm,
  by,
  command,
  exported,
  filmWhen,
  MAKING_MS,
  stateOf,
  toPage,
  withStudio,
  write,
} from "./steps.js";

/** @typedef {import("puppeteer-core").Page} Page */

const PROMPT = "How bees find flowers, for curious ten-year-olds";

/** Of an export, frame by frame against what the program made of the same project. */
const ALIKE_DB = 32;

/** One answer from the choices, one in own words, and the proposal for the rest. @param {Page} page */
async function answerQuestions(page) {
  await says(page, "A few questions");
  const asked = (await stateOf(page)).questions;
  assert.ok(asked.length >= 2, "at least two questions");
  const [first, second] = asked;
  const choice = first.choices.find(
    (/** @type {any} */ { value }) => value !== first.fallback,
  );
  await page
    .locator(
      `section[aria-label="${first.text}"] [role=radio]:not([aria-checked=true])`,
    )
    .click();
  await write(
    page,
    `[aria-label="Or in your own words: ${second.text}"]`,
    "quiet and full of wonder",
  );
  await by(page, "button", "Make the film").click();
  const film = await filmWhen(
    page,
    "the answers are known",
    ({ questions }) => questions?.[1].answer === "quiet and full of wonder",
  );
  assert.notEqual(film.questions[0].answer, first.fallback);
  assert.ok(choice);
}

/** Other words and another picture for the first scene. @param {Page} page */
async function changeStoryboard(page) {
  await toPage(page, "storyboard");
  const before = await filmWhen(
    page,
    "the first picture is there",
    ({ scenes }) => Object.values(scenes)[0]?.picture?.url,
  );
  const [scene] = Object.values(before.scenes);
  const card = `[data-scene="${scene.number}"]`;
  await write(
    page,
    `${card} textarea[aria-label^="Narration"]`,
    "Bees see colours that we cannot.",
  );
  await page.keyboard.press("Tab");
  await filmWhen(
    page,
    "the narration is kept",
    ({ scenes }) =>
      scenes[scene.number].narration === "Bees see colours that we cannot.",
  );
  await write(
    page,
    `${card} input[aria-label="What should be different?"]`,
    "at night",
  );
  await page.keyboard.press("Enter");
  await filmWhen(page, "another picture is there", ({ scenes }) => {
    const { url, variants } = scenes[scene.number].picture;
    return variants.length > 1 && url && url !== scene.picture.url;
  });
  await page.waitForSelector(
    `${card} ul[aria-label="Pictures so far"] li + li`,
  );
  return scene.number;
}

/** Other music, and one line once more. @param {Page} page @param {number} scene */
async function changeSound(page, scene) {
  await toPage(page, "sound");
  const mood = await page.waitForSelector('section[aria-label="Music"] select');
  await mood?.select("lullaby");
  await page
    .locator(
      `[data-scene="${scene}"] button[aria-label^="Record again"]:not([disabled])`,
    )
    .setTimeout(MAKING_MS)
    .click();
  await filmWhen(
    page,
    "the line is there once more, and the other music",
    ({ scenes, music }) =>
      scenes[scene].voice?.variants?.length > 1 &&
      music?.mood === "lullaby" &&
      music.url,
  );
}

/** The scene's clip made by its prompt. @param {Page} page @param {number} scene */
async function changeMotion(page, scene) {
  await toPage(page, "motion");
  await write(
    page,
    `[data-scene="${scene}"] form input[aria-label^="What moves"]`,
    "slowly closer",
  );
  await page
    .locator(`[data-scene="${scene}"] button[type=submit]`)
    .setTimeout(MAKING_MS)
    .click();
  await filmWhen(
    page,
    "the film is done",
    ({ status, film }) => status === "done" && film,
  );
}

/** The project as the engine handed it out last. @param {Page} page @returns {Promise<any>} */
const projectOf = (page) =>
  page.evaluate(() => JSON.parse(window.kept[window.kept.length - 1] ?? "{}"));

/** @param {any} project */
const tracksOf = (project) => project.sequences?.[0].tracks ?? [];

/** @param {Page} page @param {string} what @param {(project: any) => boolean} holds */
async function projectWhen(page, what, holds) {
  /** @type {any} */
  let project;
  await until(what, async () => {
    project = await projectOf(page);
    return tracksOf(project).length > 0 && holds(project);
  });
  return project;
}

const clipsOf = (/** @type {any} */ project) =>
  tracksOf(project).flatMap((/** @type {any} */ track) => track.clips ?? []);

const transitionsOf = (/** @type {any} */ project) =>
  tracksOf(project).reduce(
    (/** @type {number} */ sum, /** @type {any} */ track) =>
      sum + (track.transitions?.length ?? 0),
    0,
  );

/** A trim, a title and a transition; gives the project. @param {Page} page */
async function cut(page) {
  await toPage(page, "edit");
  await page.waitForSelector("button[aria-label=Play]:not([disabled])", {
    timeout: MAKING_MS,
  });
  await page.waitForSelector("[data-clip]");
  const before = await projectWhen(page, "a project", () => true);
  const video = tracksOf(before).find(
    (/** @type {any} */ { kind, clips }) =>
      kind === "video" && clips?.length > 1,
  );
  assert.ok(video, "a track of scenes");
  const [first] = video.clips;
  await page.locator(`[data-clip="${first.id}"]`).click();
  await says(page, "selected");
  await page.keyboard.press("Home");
  for (let second = 0; second < 2; second++)
    await command(page, "One second on");
  await command(page, "Ripple-trim the end to the playhead");
  await projectWhen(page, "the scene is trimmed", (project) =>
    clipsOf(project).some(
      (/** @type {any} */ clip) =>
        clip.id === first.id && clip.duration < first.duration,
    ),
  );
  await command(page, "Select nothing");
  for (let second = 0; second < 4; second++)
    await command(page, "One second on");
  await command(page, "Split at the playhead");
  const split = await projectWhen(
    page,
    "a cut in the second scene",
    (project) => clipsOf(project).length > clipsOf(before).length,
  );
  await command(page, "Add a transition");
  await projectWhen(
    page,
    "one transition more",
    (project) => transitionsOf(project) > transitionsOf(split),
  );
  for (let second = 0; second < 2; second++)
    await command(page, "One second on");
  await command(page, "Add a title");
  return projectWhen(
    page,
    "a title",
    (project) => clipsOf(project).length > clipsOf(split).length,
  );
}

/**
 * The exported file is what the program makes of the same project, frame by frame.
 * @param {Page} page @param {string} films @param {any} project @param {string} file
 */
async function isWhole(page, films, project, file) {
  const id = await page.evaluate(() => location.hash.split("/")[2]);
  const folder = path.join(films, `${id}.cutroom`);
  const edited = path.join(folder, "edited.json");
  const wanted = path.join(artifacts, `${browserName}-studio-wanted.mp4`);
  await files.writeFile(edited, JSON.stringify(project));
  execFileSync(program, ["render", edited, "-o", wanted, "-q"]);
  assert.equal(complaintsOf(file), "");
  const [picture, sound] = streamsOf(file);
  assert.deepEqual([picture?.codec_name, sound?.codec_name], ["h264", "aac"]);
  assert.equal(picture?.nb_read_frames, streamsOf(wanted)[0]?.nb_read_frames);
  const alike = likeness(file, wanted);
  assert.ok(alike >= ALIKE_DB, `only ${alike} dB like the program's film`);
  return alike;
}

test(
  "a prompt becomes a film, which is changed on every page, cut, and exported",
  { skip: isFirefox && "Firefox has its own, shorter way through." },
  async (t) => {
    await withStudio(t, async ({ page, studio, downloads, picture }) => {
      await beginFilm(page, PROMPT);
      await answerQuestions(page);
      const scene = await changeStoryboard(page);
      await picture("storyboard");
      await changeSound(page, scene);
      await picture("sound");
      await changeMotion(page, scene);
      await picture("motion");
      const project = await cut(page);
      await picture("editor");
      const file = await exported(page, downloads);
      await picture("exported");
      const alike = await isWhole(page, studio.films, project, file);
      t.diagnostic(`${alike.toFixed(1)} dB like the program's own film`);
    });
  },
);
