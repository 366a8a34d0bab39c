// Two tabs on one project: both edit at once and end equal, with one history, and nothing is lost when
// the one that keeps the project is closed.
import assert from "node:assert/strict";
import test from "node:test";
import { DEADLINE_MS, until } from "../run/browser.js";
import { keepProjects, now } from "../run/cut.js";
import { clipOf, keptWhen, openPlain, pick, type } from "../run/editor.js";
import { withPage } from "../run/page.js";
import { plainDialogs, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

/** @param {Page} page */
async function prepared(page) {
  await plainDialogs(page);
  await keepProjects(page);
  await page.evaluateOnNewDocument(() => {
    Reflect.deleteProperty(Navigator.prototype, "serviceWorker");
  });
}

const options = { before: prepared };

/** Another tab with the project. @param {import("../run/page.js").Use} use */
async function secondTab({ browser, server }) {
  const page = await browser.browser.newPage();
  page.setDefaultTimeout(DEADLINE_MS);
  await page.setViewport({ width: 1280, height: 800 });
  await prepared(page);
  await page.goto(server.url);
  await page.locator('a[aria-label="Open Plain"]').click();
  await page.waitForSelector("button[aria-label=Play]:not([disabled])");
  await says(page, "Kept by another tab");
  return page;
}

/** Whether what the engines of all [pages] have is the same. @param {...Page} pages */
const areEqual = async (...pages) => {
  const texts = await Promise.all(
    pages.map(async (page) => JSON.stringify(await now(page))),
  );
  return texts.every((text) => text === texts[0]);
};

/**
 * Moves the selected clip by its handles, an edit a press, each as soon as the one before is seen.
 * @param {Page} page
 * @param {"ArrowRight" | "ArrowDown"} key
 * @param {number} times
 */
const nudge = (page, key, times) =>
  page.evaluate(
    async (name, count) => {
      const box = () => {
        const found = document.querySelector("[data-box]");
        if (!(found instanceof HTMLElement)) throw new Error("no box");
        return found;
      };
      const place = () =>
        name === "ArrowRight" ? box().style.left : box().style.top;
      // Timers of a tab behind another are slow; messages are not.
      const soon = () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(0);
        });
      const end = Date.now() + 30_000;
      for (let press = 0; press < count; press++) {
        const before = place();
        const event = { key: name, bubbles: true, cancelable: true };
        box().dispatchEvent(new KeyboardEvent("keydown", event));
        while (place() === before) {
          if (Date.now() > end) throw new Error(`stuck at press ${press}`);
          await soon();
        }
      }
    },
    key,
    times,
  );

const isPlaced =
  (/** @type {number=} */ x, /** @type {number=} */ y) =>
  (/** @type {any} */ project) => {
    const red = clipOf(project, "red");
    return red?.x === x && red?.y === y;
  };

/** The project open in two tabs, with the red clip selected in both. @param {import("../run/page.js").Use} use */
async function openTwice(use) {
  const { page } = use;
  await openPlain(page);
  await pick(page, 0.5, 0.9);
  await type(page, "Opacity", "40");
  await keptWhen(
    page,
    "it is kept",
    (project) => clipOf(project, "red")?.opacity === 0.4,
  );
  const other = await secondTab(use);
  assert.ok(await areEqual(page, other), "the second has the first's film");
  await pick(other, 0.5, 0.9);
  await other.waitForSelector("[data-box]");
  return other;
}

test("two tabs edit at once and end equal, with one history", async (t) => {
  await withPage(t, options, async (use) => {
    const { page } = use;
    const other = await openTwice(use);
    await Promise.all([
      nudge(page, "ArrowRight", 12),
      nudge(other, "ArrowDown", 12),
    ]);
    const project = await keptWhen(page, "all are kept", isPlaced(12, 12));
    await until("both tabs have them", () => areEqual(page, other));
    assert.deepEqual(await now(other), project);

    // An edit of the first is taken back in the second, and done again.
    await other.bringToFront();
    await other.keyboard.down("Control");
    for (let step = 0; step < 24; step++) await other.keyboard.press("z");
    await keptWhen(page, "they are taken back", (p) =>
      isPlaced(undefined, undefined)(p),
    );
    await other.keyboard.press("z");
    await keptWhen(
      page,
      "the edit from before the second tab, too",
      (p) => clipOf(p, "red")?.opacity === undefined,
    );
    await other.keyboard.up("Control");
    await until("both have that", () => areEqual(page, other));
    await use.picture(t.name);
  });
});

test("the tab that keeps the project goes in mid-edit, and nothing is lost", async (t) => {
  await withPage(t, options, async (use) => {
    const { page } = use;
    const other = await openTwice(use);
    await nudge(page, "ArrowRight", 3);
    const moving = nudge(other, "ArrowDown", 40);
    await until("the second is under way", async () => {
      const red = clipOf(await now(other), "red");
      return (red?.y ?? 0) > 5;
    });
    await page.close();
    await moving;
    await keptWhen(other, "all are kept", isPlaced(3, 40));
    await says(other, "Saved in this browser");
  });
});
