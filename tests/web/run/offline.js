// The page with its service worker, for tests: alone with it, and what it is made to do.
import { promises as files } from "node:fs";
import path from "node:path";
import { browserName, until } from "./browser.js";
import { artifacts } from "./page.js";
import { button, says } from "./use.js";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * Waits until [check] is true in the page, which may be loaded again meanwhile.
 * @param {Page} page
 * @param {string} what
 * @param {() => boolean | Promise<boolean>} check
 */
export const untilIn = (page, what, check) =>
  until(what, () => page.evaluate(check).catch(() => false));

/** Waits until the page and the engine are kept. @param {Page} page */
export const untilKept = (page) =>
  untilIn(page, "the service worker keeps page and engine", async () => {
    if (!navigator.serviceWorker.controller) return false;
    /** @type {string[]} */
    const paths = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        paths.push(new URL(url).pathname);
    return ["index.html", "threads/engine.wasm", "fonts/fonts.txt"].every(
      (end) => paths.some((path) => path.endsWith(end)),
    );
  });

/**
 * Exports the open film with what the dialog offers; gives the file.
 * @param {import("./page.js").Use} use
 * @param {string} film
 */
export async function exportOf({ page, browser }, film) {
  await button(page, "Export").click();
  await page.waitForSelector("dialog[open]");
  await page.locator("dialog button[type=submit]").click();
  await says(page, "Done: ");
  const name = await until("a download has ended", async () => {
    const names = await files.readdir(browser.downloads);
    if (names.some((n) => /\.(part|crdownload)$/.test(n))) return "";
    const whole = names.find((n) => n.startsWith(film)) ?? "";
    const file = path.join(browser.downloads, whole);
    return whole && (await files.stat(file)).size > 0 ? whole : "";
  });
  const kept = path.join(artifacts, `${browserName}-kept-${name}`);
  await files.rename(path.join(browser.downloads, name), kept);
  return kept;
}
