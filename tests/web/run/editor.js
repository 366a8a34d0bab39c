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
