// Exports as a person makes them on the page, and what they leave in its private files.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import { browserName, until } from "./browser.js";
import { artifacts } from "./page.js";
import { button } from "./use.js";

/** @typedef {import("puppeteer-core").Page} Page */

/** The select below the label [name]. @param {Page} page @param {string} name @param {string} value */
export async function select(page, name, value) {
  const field = await page.waitForSelector(`::-p-aria([name="${name}"])`);
  await field?.select(value);
}

/** @param {Page} page @param {string} name @param {string} text */
export const fill = (page, name, text) =>
  page.locator(`::-p-aria([name="${name}"])`).fill(text);

/**
 * Begins an export from the dialog: its defaults, but for what [choose] does there.
 * @param {Page} page
 * @param {(page: Page) => Promise<void>} [choose]
 */
export async function beginExport(page, choose) {
  await button(page, "Export").click();
  await page.waitForSelector("dialog[open]");
  await choose?.(page);
  await page.locator("dialog button[type=submit]").click();
  await page.waitForSelector('aside[aria-label="Exports"]');
}

/**
 * Takes the next finished download, as [name] among what the tests leave. Gives its path.
 * @param {string} downloads
 * @param {string} name without the ending, which stays
 */
export async function takeDownload(downloads, name) {
  const file = await until("a download has ended", async () => {
    const names = await files.readdir(downloads);
    // Firefox keeps the name with an empty file until the part is whole.
    if (names.some((n) => /\.(part|crdownload)$/.test(n))) return "";
    const whole = path.join(downloads, names[0] ?? "");
    return names.length > 0 && (await files.stat(whole)).size > 0 ? whole : "";
  });
  const kept = path.join(
    artifacts,
    `${browserName}-${name}${path.extname(file)}`,
  );
  await files.copyFile(file, kept);
  await files.rm(file);
  return kept;
}

/**
 * Everything in the page's private files but what is empty: path to size.
 * @param {Page} page
 * @returns {Promise<Record<string, number>>}
 */
export const privateFiles = (page) =>
  page.evaluate(async () => {
    /** @type {Record<string, number>} */
    const found = {};
    /** @param {FileSystemDirectoryHandle} folder @param {string} at */
    const gather = async (folder, at) => {
      for await (const [name, handle] of folder.entries()) {
        const here = `${at}${name}`;
        // One that goes away meanwhile was never there.
        if (handle instanceof FileSystemDirectoryHandle)
          await gather(handle, `${here}/`).catch(
            (/** @type {unknown} */ why) => {
              if (
                !(why instanceof DOMException) ||
                why.name !== "NotFoundError"
              )
                throw why;
            },
          );
        else if (handle instanceof FileSystemFileHandle) {
          const file = await handle.getFile().catch(() => null);
          if (file && file.size > 0) found[here] = file.size;
        }
      }
    };
    await gather(await navigator.storage.getDirectory(), "");
    return found;
  });

/**
 * What exports left in the private files: theirs, and parts of files that are in nobody's place.
 * What the network gave is kept for the next time, and is no export's.
 * @param {Page} page
 */
const leftOfExports = async (page) =>
  Object.entries(await privateFiles(page))
    .filter(([name]) => /^exports\/|^\.cutroom\/parts\//.test(name))
    .map(([name, size]) => `${name} (${size} bytes)`);

/** The page's living parts of files, which are empty, note down what they were: no film is in that. */
const NOTE = /\/journal \(/;

/**
 * Fails where a page that lives on keeps anything of an export that was stopped.
 * @param {Page} page
 */
export async function keepsNothing(page) {
  const left = await leftOfExports(page);
  assert.deepEqual(
    left.filter((line) => !NOTE.test(line)),
    [],
  );
}

/** How long a page may take to sweep up behind an export. */
const SWEEP_MS = 30_000;

/** Waits until exports have left nothing behind. @param {Page} page */
export const leavesNothing = (page) =>
  until(
    "nothing is left of exports",
    async () => (await leftOfExports(page)).length === 0,
    SWEEP_MS,
  ).catch(async () => assert.deepEqual(await leftOfExports(page), []));
