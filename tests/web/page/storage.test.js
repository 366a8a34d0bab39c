// What takes room in this browser: shown, removed and restored; and what is said when there is none left.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { promises as files } from "node:fs";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import { keptWhen, openPlain, pick, type } from "../run/editor.js";
import { withPage } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Projects as earlier days left them. @param {Page} page */
const leaveProjects = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle("projects", { create: true });
    const day = 24 * 60 * 60 * 1000;
    /** @type {[string, string, number, boolean][]} */
    const wanted = [
      ["p1", "The Last Ferry", 3_400_000, false],
      [
        "p2",
        "A very long title that somebody gave to a very short film",
        52_000,
        false,
      ],
      ["p3", "Bees", 910_000, true],
    ];
    for (const [id, title, bytes, isRemoved] of wanted) {
      const folder = await all.getDirectoryHandle(id, { create: true });
      const write = async (
        /** @type {string} */ name,
        /** @type {string | Uint8Array<ArrayBuffer>} */ content,
      ) => {
        const file = await folder.getFileHandle(name, { create: true });
        const stream = await file.createWritable();
        await stream.write(content);
        await stream.close();
      };
      const card = { id, title, created: 0, changed: Date.now() - 3 * day };
      const size = { duration: 0, width: 1920, height: 1080, base: null };
      const removed = isRemoved ? Date.now() - day : null;
      await write("card.json", JSON.stringify({ ...card, ...size, removed }));
      await write("project.json", "{}");
      await write("film.mp4", new Uint8Array(bytes));
    }
  });

/** Opens the list from the page's foot. @param {Page} page */
async function openStorage(page) {
  await page.locator("main button ::-p-text(Storage ·)").click();
  await page.waitForSelector("dialog[open] section");
}

/** The rows under a heading. @param {Page} page @param {string} heading */
const rows = (page, heading) =>
  page.$$eval(`dialog section[aria-label="${heading}"] li`, (items) =>
    items.map((item) => item.innerText.split("\n")[0]),
  );

/** @param {Page} page @param {string} theme */
async function themed(page, theme) {
  await plainDialogs(page);
  if (isFirefox) return; // its driver cannot say what the user likes
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: theme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
}

for (const [theme, width] of /** @type {const} */ ([
  ["light", 1280],
  ["dark", 360],
]))
  test(`what takes room is shown, removed and restored, ${theme}`, async (t) => {
    const options = {
      before: (/** @type {Page} */ page) => themed(page, theme),
      size: { width, height: 780 },
    };
    await withPage(t, options, async ({ page, picture }) => {
      await says(page, "Open a film");
      await leaveProjects(page);
      await page.reload();
      await says(page, "The Last Ferry");
      await openStorage(page);
      await picture(`storage ${theme} ${width}`);
      assert.deepEqual((await rows(page, "Projects"))[0], "The Last Ferry");
      assert.deepEqual(await rows(page, "Deleted projects"), ["Bees"]);
      await says(page, "3.4 MB");
      await page.evaluate(await files.readFile(axe, "utf8"));
      const found = await page.evaluate(async () => {
        // @ts-expect-error axe has put itself there
        const { violations } = await window.axe.run("dialog", {
          runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
        });
        return violations.map((/** @type {any} */ one) => one.id);
      });
      assert.deepEqual(found, []);

      await button(page, "Delete: The Last Ferry").click();
      await says(page, "“The Last Ferry” is deleted.");
      await until("it is among the deleted", async () =>
        (await rows(page, "Deleted projects")).includes("The Last Ferry"),
      );
      await button(page, "Restore: Bees").click();
      await says(page, "“Bees” is back.");
      await button(page, "Delete for good: The Last Ferry").click();
      await says(page, "There is no way back.");
      await picture(`storage sure ${theme} ${width}`);
      await button(page, "Delete for good").click();
      await says(page, "That made 3.4 MB of room.");
      await until(
        "it is gone",
        async () => (await rows(page, "Deleted projects")).length === 0,
      );
      await button(page, "Close").click();
      await page.waitForSelector('a[aria-label="Open Bees"]');
      assert.equal(await page.$('a[aria-label="Open The Last Ferry"]'), null);
    });
  });

test("a full disk is said with what to do, and kept edits stay", async (t) => {
  await withPage(t, { before: plainDialogs }, async ({ page, picture }) => {
    await openPlain(page);
    await pick(page, 0.5, 0.9);
    await type(page, "Opacity", "40");
    await keptWhen(page, "the first edit is kept", () => true);
    await page.evaluate(() => {
      FileSystemFileHandle.prototype.createWritable = () =>
        Promise.reject(new DOMException("", "QuotaExceededError"));
    });
    await type(page, "Opacity", "50");
    await says(page, "There is no room left in this browser");
    await says(page, "Not saved");
    await picture(t.name);
    await button(page, "Not saved").click();
    await page.waitForSelector('dialog[open] [role="progressbar"]');
    await says(page, "Storage in this browser");
  });
});
