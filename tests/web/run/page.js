// One page under test: the built page on a server of its own. A console error fails the test that it
// happens in, and a failure leaves a picture in build/web-test.
import assert from "node:assert/strict";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { borrowBrowser } from "./borrowed.js";
import { browserName, DEADLINE_MS } from "./browser.js";
import { startServer } from "./server.js";

export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../..",
);
export const artifacts = path.join(root, "build/web-test");

/**
 * @typedef {import("./borrowed.js").Started} Started
 * @typedef {Awaited<ReturnType<typeof startServer>>} Server
 * @typedef {object} Use
 * @property {import("puppeteer-core").Page} page
 * @property {Started} browser
 * @property {Server} server
 * @property {string[]} complaints what the page said to the console as an error so far
 * @property {(name: string) => Promise<void>} picture
 */

/** @param {string} name */
const fileName = (name) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** @param {import("puppeteer-core").Page} page */
const withoutServiceWorker = (page) =>
  page.evaluateOnNewDocument(() => {
    Reflect.deleteProperty(Navigator.prototype, "serviceWorker");
  });

/**
 * Opens the page and gives it to [body].
 * @param {import("node:test").TestContext} test
 * @param {object} options
 * @param {boolean} [options.isolated] true: with the headers for threads
 * @param {string} [options.under] the path that the page is served below
 * @param {boolean} [options.isFake] the page with the engine of ../fake
 * @param {string} [options.query] what follows the address
 * @param {Record<string, string>} [options.folders] further folders of the server
 * @param {{ width: number, height: number }} [options.size]
 * @param {boolean} [options.isKept] with the service worker, which is no part of what other tests are about
 * @param {string[]} [options.flags] of Chromium, beside the usual ones
 * @param {boolean} [options.hidesTabs] a tab behind another is slowed down, as a person's is
 * @param {RegExp} [options.allowed] what the console may say
 * @param {(page: import("puppeteer-core").Page) => Promise<void>} [options.before] before the page is opened
 * @param {(use: Use) => Promise<void>} body
 */
export async function withPage(test, options, body) {
  const under = options.under ?? "/";
  const server = await startServer({
    folders: {
      [under]: path.join(root, options.isFake ? "build/web-fake" : "build/web"),
      ...options.folders,
    },
    isolated: options.isolated ?? true,
  });
  const browser = await borrowBrowser({
    flags: options.flags,
    hidesTabs: options.hidesTabs,
  });
  /** @type {string[]} */
  const complaints = [];
  try {
    const page = await browser.browser.newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewport(options.size ?? { width: 1280, height: 800 });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    /** @param {string} name */
    const picture = async (name) => {
      await page.screenshot({
        path: path.join(artifacts, `${browserName}-${fileName(name)}.png`),
      });
    };
    if (!options.isKept) await withoutServiceWorker(page);
    await options.before?.(page);
    try {
      await page.goto(new URL(under + (options.query ?? ""), server.url).href, {
        waitUntil: "load",
      });
      await body({ page, browser, server, complaints, picture });
    } catch (error) {
      await picture(`failed ${test.name}`).catch(() => undefined);
      for (const line of complaints) test.diagnostic(`the page said: ${line}`);
      throw error;
    }
    const told = complaints.filter((line) => !options.allowed?.test(line));
    assert.deepEqual(told, [], "The page complained on its console.");
  } finally {
    await browser.close();
    await server.close();
  }
}
