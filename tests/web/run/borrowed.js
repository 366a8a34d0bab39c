// One browser for all tests of a file, since starting one takes longer than many a test. Nothing of one
// test meets another: the server of each has a port of its own, so each page is of another origin, and
// tabs and downloads are cleared away in between.
import { promises as files } from "node:fs";
import path from "node:path";
import { after } from "node:test";
import { startBrowser } from "./browser.js";

/** @typedef {Awaited<ReturnType<typeof startBrowser>>} Started */

/** Only a file that `node --test` runs has an end that can be waited for. */
const hasEnd = process.env.NODE_TEST_CONTEXT !== undefined;

/** @type {Started | undefined} */
let kept;
if (hasEnd) after(() => kept?.close());

/** Closes what a test opened, and takes away what it downloaded. @param {Started} started */
async function clear(started) {
  const [first, ...others] = await started.browser.pages();
  if (!first) throw new Error("The browser has no tab left.");
  await Promise.all(others.map((page) => page.close()));
  for (const name of await files.readdir(started.downloads))
    await files.rm(path.join(started.downloads, name), { recursive: true });
}

/**
 * The file's browser, for one test at a time; `close` gives it back. A test that has wishes for its
 * browser has one of its own.
 * @param {{ flags?: string[] | undefined, hidesTabs?: boolean | undefined }} [options]
 * @returns {Promise<Started>}
 */
export async function borrowBrowser({ flags, hidesTabs } = {}) {
  if (!hasEnd || flags || hidesTabs)
    return startBrowser({
      ...(flags && { flags }),
      ...(hidesTabs && { hidesTabs }),
    });
  const lent = (kept ??= await startBrowser());
  return {
    ...lent,
    async close() {
      // One that cannot be cleared is not for the next test.
      await clear(lent).catch(async () => {
        kept = undefined;
        await lent.close().catch(() => undefined);
      });
    },
  };
}
