// axe on what a page shows: nothing that the guidelines forbid.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import { createRequire } from "node:module";

const source = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/**
 * Fails where axe finds something on [page]; [what] names what is shown.
 * @param {import("puppeteer-core").Page} page
 * @param {string} what
 */
export async function isClean(page, what) {
  await page.evaluate(await files.readFile(source, "utf8"));
  // What is still fading in has not the contrast that it will have.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ effect }) => effect?.getComputedTiming().iterations !== Infinity,
        )
        .map(({ finished }) => finished),
    ),
  );
  const found = await page.evaluate(async () => {
    // @ts-expect-error axe has put itself there
    const { violations } = await window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(
      (/** @type {any} */ { id, nodes }) =>
        `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`,
    );
  });
  assert.deepEqual(found, [], what);
}
