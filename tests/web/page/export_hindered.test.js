// What comes between a film and its end: a pause, another tab in front, a full disk, a change of mind.
import assert from "node:assert/strict";
import test from "node:test";
import { isFirefox, until } from "../run/browser.js";
import {
  beginExport,
  keepsNothing,
  leavesNothing,
  takeDownload,
} from "../run/exporting.js";
import { madeFilm } from "../run/film.js";
import { digestsOf, isSameFilm } from "../run/measure.js";
import { withPage } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {import("../run/page.js").Use} Use
 */

/** Frames of the export: within its first segment, so that nothing is complete yet. */
const BEGUN = 100;

/** Looks at a paused export, a tenth of a second after one another. */
const LOOKS = 10;

/** Frames of one. */
const SEGMENT = 240;

const options = async () => ({
  before: plainDialogs,
  folders: { "/film/": (await madeFilm({ isLong: true })).project },
  query: "?project=film/project.json",
});

/** @param {Page} page */
const isOpen = (page) =>
  page.waitForSelector("button[aria-label=Play]:not([disabled])");

/** How many frames the export is said to have. @param {Page} page */
const framesDone = (page) =>
  page.evaluate(() =>
    Number(
      /([\d,]+) of [\d,]+ frames/
        .exec(document.body.innerText)?.[1]
        ?.replace(",", "") ?? 0,
    ),
  );

/** @param {Page} page */
const isUnderWay = (page) =>
  until(
    "the export is under way",
    async () => (await framesDone(page)) >= BEGUN,
  );

/** Waits for the end in a way that a hidden tab has, too. @param {Page} page */
const isDone = (page) =>
  until("the export is done", () =>
    page.evaluate(() => document.body.innerText.includes("Done: ")),
  );

/** @type {Promise<string[]> | null} */
let whole = null;

/** The film as an export makes it that nothing comes between. @param {import("node:test").TestContext} t */
const wanted = (t) =>
  (whole ??= (async () => {
    /** @type {string[]} */
    let digests = [];
    await withPage(t, await options(), async ({ page, browser }) => {
      await isOpen(page);
      await beginExport(page);
      await says(page, "Done: ");
      digests = digestsOf(
        await takeDownload(browser.downloads, "hindered by nothing"),
      );
    });
    return digests;
  })());

/** @param {import("node:test").TestContext} t @param {Use} use @param {string} name */
async function isWhole(t, { browser }, name) {
  isSameFilm(
    digestsOf(await takeDownload(browser.downloads, name)),
    await wanted(t),
  );
}

test(
  "a paused export stands still, goes on, and is the same film",
  {
    skip:
      isFirefox &&
      "the engine pauses alike in any browser; Firefox stops and exports",
  },
  async (t) => {
    await withPage(t, await options(), async (use) => {
      const { page } = use;
      await isOpen(page);
      await beginExport(page);
      await isUnderWay(page);
      await button(page, "Pause").click();
      await says(page, "Paused");
      let stood = 0;
      let last = -1;
      await until("it stands still", async () => {
        const now = await framesDone(page);
        stood = now === last ? stood + 1 : 0;
        last = now;
        await new Promise((resolve) => setTimeout(resolve, 100));
        return stood >= LOOKS;
      });
      await button(page, "Go on").click();
      await isDone(page);
      await isWhole(t, use, "paused");
    });
  },
);

test("an export that is stopped leaves nothing behind", async (t) => {
  await withPage(t, await options(), async ({ page }) => {
    await isOpen(page);
    for (const isPaused of [false, true]) {
      await beginExport(page);
      await isUnderWay(page);
      if (isPaused) await button(page, "Pause").click();
      await button(page, "Stop").click();
      await button(page, "Throw away").click();
      await page.waitForFunction(
        () => !document.querySelector('aside[aria-label="Exports"]'),
      );
      await keepsNothing(page);
    }
    // Before there is anything to see of it.
    await beginExport(page);
    await button(page, "Stop").click();
    await button(page, "Throw away").click();
    await page.waitForFunction(
      () => !document.querySelector('aside[aria-label="Exports"]'),
    );
    await keepsNothing(page);
    await page.reload();
    await isOpen(page);
    await leavesNothing(page);
  });
});

test(
  "an export goes on to its end while another tab is in front",
  { skip: isFirefox && "its driver leaves every tab visible" },
  async (t) => {
    const tab = { ...(await options()), hidesTabs: true };
    await withPage(t, tab, async (use) => {
      const { page, browser } = use;
      await isOpen(page);
      await beginExport(page);
      const other = await browser.browser.newPage();
      await other.bringToFront();
      const isHidden = () => page.evaluate(() => document.hidden);
      await until("the tab is hidden", isHidden);
      const before = await framesDone(page);
      await isDone(page);
      assert.ok(
        before < 900,
        `${before} frames were made before it was hidden`,
      );
      assert.ok(await isHidden());
      await isWhole(t, use, "hidden");
    });
  },
);

test(
  "a full disk is told, nothing is lost, and with room it goes on",
  { skip: isFirefox && "its driver sets no quota" },
  async (t) => {
    const full = { ...(await options()), allowed: /no more space/ };
    await withPage(t, full, async (use) => {
      const { page, server } = use;
      await isOpen(page);
      const session = await page.createCDPSession();
      const origin = new URL(server.url).origin;
      await beginExport(page);
      await until("a segment is complete", async () => {
        return (await framesDone(page)) > SEGMENT + BEGUN;
      });
      // As if something else had filled the disk meanwhile.
      await session.send("Storage.overrideQuotaForOrigin", {
        origin,
        quotaSize: 1,
      });
      await says(page, "room");
      t.diagnostic(
        await page.$eval("aside[aria-label=Exports] [role=alert]", (e) =>
          String(e.textContent),
        ),
      );
      await session.send("Storage.overrideQuotaForOrigin", { origin });
      await says(page, "Unfinished exports");
      const kept = await framesDone(page);
      t.diagnostic(`${kept} frames were kept`);
      assert.ok(kept >= SEGMENT);
      await button(page, "Resume").click();
      await isDone(page);
      await isWhole(t, use, "no room");
    });
  },
);
