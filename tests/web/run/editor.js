// The editor under test, with the real engine and a film that needs no media.
import { promises as files } from "node:fs";
import path from "node:path";
import { until } from "./browser.js";
import { artifacts } from "./page.js";
import { openFolder } from "./use.js";

/** @typedef {import("puppeteer-core").Page} Page */

export const TICKS = 705_600_000;

/** @param {number} seconds */
export const seconds = (seconds) => Math.round(seconds * TICKS);

/** 8 s: red, then blue with a dissolve, a title, two captions. */
export const plainProject = () => ({
  version: 1,
  title: "Plain",
  settings: { width: 640, height: 360 },
  assets: [],
  sequences: [
    {
      id: "film",
      markers: [{ id: "m1", name: "Here", start: seconds(2) }],
      tracks: [
        {
          id: "v",
          kind: "video",
          clips: [
            {
              id: "red",
              kind: "solid",
              name: "Red",
              color: "#d02020ff",
              start: 0,
              duration: seconds(4),
            },
            {
              id: "blue",
              kind: "solid",
              name: "Blue",
              color: "#2030d0ff",
              start: seconds(4),
              duration: seconds(4),
            },
          ],
          transitions: [
            {
              id: "t1",
              kind: "cross-dissolve",
              from: "red",
              to: "blue",
              start: seconds(3.5),
              duration: seconds(1),
            },
          ],
        },
        {
          id: "x",
          kind: "text",
          clips: [
            {
              id: "hello",
              kind: "title",
              text: "Hello",
              start: 0,
              duration: seconds(3),
            },
          ],
        },
        {
          id: "c",
          kind: "text",
          clips: [
            {
              id: "one",
              kind: "caption",
              text: "The first line",
              start: seconds(0.5),
              duration: seconds(2),
            },
            {
              id: "two",
              kind: "caption",
              text: "The second line",
              start: seconds(3),
              duration: seconds(2),
            },
          ],
        },
      ],
    },
  ],
});

/**
 * Writes a project's folder and opens it; resolves when its first picture is there.
 * @param {Page} page
 * @param {object} [project]
 */
export async function openPlain(page, project = plainProject()) {
  const folder = path.join(artifacts, "plain");
  await files.mkdir(folder, { recursive: true });
  await files.writeFile(
    path.join(folder, "project.json"),
    JSON.stringify(project),
  );
  await openFolder(page, folder);
  await page.waitForSelector("button[aria-label=Play]:not([disabled])");
}

/** What the page has kept of the project that was changed last: what a reload would open. @param {Page} page */
export const kept = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    /** @type {{ text: string, changed: number }[]} */
    const found = [];
    const projects = await root.getDirectoryHandle("projects", {
      create: true,
    });
    for await (const [, handle] of projects.entries()) {
      if (!(handle instanceof FileSystemDirectoryHandle)) continue;
      try {
        const file = await handle.getFileHandle("project.json");
        const { lastModified } = await file.getFile();
        const text = await (await file.getFile()).text();
        found.push({ text, changed: lastModified });
      } catch {
        continue; // it is being written for the first time
      }
    }
    found.sort((one, other) => other.changed - one.changed);
    return found[0]?.text ? JSON.parse(found[0].text) : null;
  });

/**
 * Waits until the kept project is as [isRight] wants it; gives it.
 * @param {Page} page
 * @param {string} what
 * @param {(project: any) => boolean} isRight
 */
export async function keptWhen(page, what, isRight) {
  /** @type {any} */
  let project = null;
  await until(what, async () => {
    project = await kept(page);
    return project !== null && isRight(project);
  });
  return project;
}

/** @param {any} project @param {string} id */
export const clipOf = (project, id) =>
  project.sequences[0].tracks
    .flatMap((/** @type {any} */ track) => track.clips ?? [])
    .find((/** @type {any} */ clip) => clip.id === id);

/**
 * Types into a field of the inspector by its label.
 * @param {Page} page
 * @param {string} label
 * @param {string} text
 */
export async function type(page, label, text) {
  const field = await page.waitForSelector(
    `:is(input, textarea)[aria-label="${label}"]`,
  );
  await field?.focus();
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
  await page.keyboard.press("Tab");
}

/**
 * Clicks on the picture at parts of its width and height: what is there is selected.
 * @param {Page} page
 * @param {number} x
 * @param {number} y
 * @param {{ count?: number }} [options]
 */
export async function pick(page, x, y, options = {}) {
  const overlay = await page.waitForSelector("[data-overlay]");
  const box = await overlay?.boundingBox();
  if (!box) throw new Error("There is no picture.");
  await page.mouse.click(
    box.x + box.width * x,
    box.y + box.height * y,
    options,
  );
}

/**
 * Drags from the middle of what [selector] finds, by so many pixels.
 * @param {Page} page
 * @param {string} selector
 * @param {number} x
 * @param {number} y
 */
export async function drag(page, selector, x, y) {
  const found = await page.waitForSelector(selector);
  const box = await found?.boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen.`);
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + x / 2, from.y + y / 2, { steps: 3 });
  await page.mouse.move(from.x + x, from.y + y, { steps: 3 });
  await page.mouse.up();
}

/** @param {Page} page @param {string} name */
export const tab = (page, name) =>
  page.locator(`::-p-aria([name="${name}"][role="tab"])`).click();

/**
 * The colour of the canvas at parts of its width and height, as it is on the screen.
 * @param {Page} page
 * @param {number} x
 * @param {number} y
 * @returns {Promise<number[]>}
 */
export async function colorAt(page, x, y) {
  const canvas = await page.$("canvas");
  const box = await canvas?.boundingBox();
  if (!box) throw new Error("There is no picture.");
  const shot = await page.screenshot({
    clip: {
      x: Math.round(box.x + box.width * x),
      y: Math.round(box.y + box.height * y),
      width: 1,
      height: 1,
    },
    encoding: "base64",
  });
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    context?.drawImage(image, 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, shot);
}

/** @param {readonly number[]} color @param {readonly number[]} wanted */
export const isNear = (color, wanted) =>
  color.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) < 24);
