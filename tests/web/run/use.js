// What a person does on the page, for tests.
import { promises as files } from "node:fs";
import path from "node:path";
import { DEADLINE_MS, isFirefox } from "./browser.js";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * A button by what it is called.
 * @param {Page} page
 * @param {string} name
 */
export const button = (page, name) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`);

/**
 * Waits until the page says [text] somewhere.
 * @param {Page} page
 * @param {string} text
 */
export const says = (page, text) =>
  page.waitForFunction(
    (wanted) => document.body.innerText.includes(wanted),
    { timeout: DEADLINE_MS },
    text,
  );

/** @param {string} folder @returns {Promise<string[]>} */
async function filesBelow(folder) {
  const entries = await files.readdir(folder, { withFileTypes: true });
  const found = entries.map((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(name) : [name];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Clicks [name] and answers the file dialog that comes.
 * @param {Page} page
 * @param {string} name
 * @param {string[]} paths
 */
export async function answerDialog(page, name, paths) {
  const [chooser] = await Promise.all([
    page.waitForFileChooser({ timeout: DEADLINE_MS }),
    button(page, name).click(),
  ]);
  await chooser.accept(paths);
}

/**
 * Opens a project's folder. Chromium is given the folder; a driver of Firefox can give only files.
 * @param {Page} page
 * @param {string} folder
 */
export async function openFolder(page, folder) {
  await page.waitForSelector("main button");
  const said = await page.$eval("main", (main) => main.innerText);
  if (said.startsWith("The engine did not start")) throw new Error(said);
  if (isFirefox)
    await answerDialog(page, "Choose media", await filesBelow(folder));
  else await answerDialog(page, "Open a project folder", [folder]);
}

/**
 * For `before`: file dialogs that a test can answer, in place of Chromium's own folder picker.
 * @param {Page} page
 */
export async function plainDialogs(page) {
  await page.evaluateOnNewDocument(() => {
    Reflect.deleteProperty(window, "showDirectoryPicker");
    Reflect.deleteProperty(window, "showSaveFilePicker");
  });
}
