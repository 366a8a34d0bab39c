// What a person does on the pages of a film, for tests; and the server and browser that it is done with.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import { borrowBrowser } from "../run/borrowed.js";
import { browserName, DEADLINE_MS, until } from "../run/browser.js";
import { keepProjects } from "../run/cut.js";
import { artifacts } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";
import { startStudio } from "./server.js";

/** @typedef {import("puppeteer-core").Page} Page */

/** Making a film takes a while on two slow cores. */
export const MAKING_MS = 240_000;

/** @param {Page} page @param {string} role @param {string} name */
export const by = (page, role, name) =>
  page.locator(`::-p-aria([name="${name}"][role="${role}"])`);

/** What the server says of the film whose page this is. @param {Page} page @returns {Promise<any>} */
export const stateOf = (page) =>
  page.evaluate(async () => {
    const id = location.hash.split("/")[2];
    return (await fetch(`api/films/${id}`)).json();
  });

/**
 * Waits until the server says of the film what [holds] wants; gives its state.
 * @param {Page} page @param {string} what @param {(film: any) => boolean} holds
 */
export async function filmWhen(page, what, holds) {
  /** @type {any} */
  let film;
  await until(what, async () => holds((film = await stateOf(page))), MAKING_MS);
  return film;
}

/** To one of the film's pages by its link. @param {Page} page @param {string} name */
export const toPage = (page, name) =>
  page.locator(`nav a[href$="/${name}"]`).setTimeout(MAKING_MS).click();

/** Replaces what a text field holds. @param {Page} page @param {string} selector @param {string} text */
export async function write(page, selector, text) {
  const field = await page.waitForSelector(selector);
  await field?.focus();
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type(text);
}

/** A command by its name. @param {Page} page @param {string} name */
export async function command(page, name) {
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.waitForSelector("dialog[open] input");
  await page.keyboard.type(name);
  await page.waitForFunction(
    (wanted) =>
      document
        .querySelector("dialog[open] [role=option][aria-selected=true]")
        ?.textContent?.includes(wanted),
    {},
    name,
  );
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog[open]", { hidden: true });
}

/**
 * From the first page; [change] does more to its form first.
 * @param {Page} page @param {string} prompt @param {() => Promise<unknown>} [change]
 */
export async function beginFilm(page, prompt, change) {
  await says(page, "What is your film about?");
  await write(page, "textarea", prompt);
  await page.select('select[aria-label="Length"]', "15");
  await change?.();
  await button(page, "Make the film").click();
  await page.waitForFunction(() => location.hash.startsWith("#/film/"));
}

/** Exports with the dialog's defaults; gives the path of the download. @param {Page} page @param {string} downloads */
export async function exported(page, downloads) {
  await button(page, "Export").click();
  await page.waitForSelector("dialog[open]");
  await page.locator("dialog button[type=submit]").click();
  // Asked again and again: one question may not last as long as an export.
  await until(
    "the export is done",
    () => page.evaluate(() => document.body.innerText.includes("Done: ")),
    MAKING_MS,
  );
  const name = await until("a download has ended", async () => {
    const names = await files.readdir(downloads);
    return names.some((n) => /\.(part|crdownload)$/.test(n))
      ? ""
      : (names.find((n) => n.endsWith(".mp4")) ?? "");
  });
  return path.join(downloads, name);
}

/**
 * @typedef {object} Use
 * @property {Page} page
 * @property {Awaited<ReturnType<typeof startStudio>>} studio
 * @property {string} downloads
 * @property {(name: string) => Promise<unknown>} picture keeps what the page looks like
 */

/**
 * Opens the page of a new server. The page is to say nothing on its console but what [allowed] covers.
 * @param {import("node:test").TestContext} t
 * @param {(use: Use) => Promise<void>} body
 * @param {{ allowed?: RegExp, environment?: Record<string, string> }} [options]
 */
export async function withStudio(t, body, options = {}) {
  const studio = await startStudio(options);
  const { browser, downloads, close } = await borrowBrowser();
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.setDefaultTimeout(DEADLINE_MS);
  await page.setViewport({ width: 1440, height: 900 });
  const picture = (/** @type {string} */ name) =>
    page.screenshot({
      path: path.join(artifacts, `${browserName}-studio-${name}.png`),
    });
  try {
    await plainDialogs(page);
    await keepProjects(page);
    await page.goto(studio.link);
    await body({ page, studio, downloads, picture });
    const told = complaints.filter((line) => !options.allowed?.test(line));
    assert.deepEqual(told, [], "The page complained on its console.");
  } catch (error) {
    await picture(`failed ${t.name}`).catch(() => undefined);
    for (const line of complaints) t.diagnostic(`the page said: ${line}`);
    throw error;
  } finally {
    await close();
    await studio.close();
  }
}
