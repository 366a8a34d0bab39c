// axe on the editor's panels: nothing that the guidelines forbid.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { promises as files } from "node:fs";
import test from "node:test";
import { isFirefox } from "../run/browser.js";
import { openPlain, pick, tab } from "../run/editor.js";
import { withPage } from "../run/page.js";
import { button, plainDialogs } from "../run/use.js";

const skip = isFirefox && "the engine does not show right in Firefox yet";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** @param {import("puppeteer-core").Page} page @param {string} what */
async function isClean(page, what) {
  const found = await page.evaluate(async () => {
    // @ts-expect-error axe has put itself there
    const { violations } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
    });
    return violations.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`,
    );
  });
  assert.deepEqual(found, [], what);
}

for (const theme of ["light", "dark"])
  test(`axe finds nothing in the editor, ${theme}`, { skip }, async (t) => {
    const options = {
      before: async (/** @type {import("puppeteer-core").Page} */ page) => {
        await plainDialogs(page);
        await page.emulateMediaFeatures([
          { name: "prefers-color-scheme", value: theme },
          { name: "prefers-reduced-motion", value: "reduce" },
        ]);
      },
      size: { width: 1440, height: 900 },
    };
    await withPage(t, options, async ({ page }) => {
      await openPlain(page);
      await page.evaluate(await files.readFile(axe, "utf8"));
      await isClean(page, "the film's settings");
      await pick(page, 0.5, 0.5);
      await page.waitForSelector("[data-box]");
      await isClean(page, "a title");
      for (const name of ["Captions", "History"]) {
        await tab(page, name);
        await isClean(page, name);
      }
      await button(page, "Export").click();
      await page.waitForSelector("dialog[open]");
      await isClean(page, "the export dialog");
    });
  });
