// The languages of the page: the same texts in each, chosen by the browser or by the user, and room
// for them on a small screen, also for those that are read from the right.
import assert from "node:assert/strict";
import test from "node:test";
import { isClean } from "../run/axe.js";
import { DEADLINE_MS, isFirefox, startBrowser } from "../run/browser.js";
import { openSource } from "../run/source.js";
import { startStudio } from "../run/studio.js";
import { VIEWS } from "../run/studio_states.js";
import { button, says } from "../run/use.js";

/** @typedef {import("puppeteer-core").Page} Page */

/**
 * Every key of [texts], with what stands there: "text", or how many values it takes.
 * @param {any} texts
 * @param {string} [place]
 * @returns {string[]}
 */
function keysOf(texts, place = "") {
  if (typeof texts === "string") {
    assert(texts.trim(), `${place} is empty.`);
    return [`${place}: text`];
  }
  if (typeof texts === "function") return [`${place}: takes ${texts.length}`];
  if (typeof texts !== "object") return [`${place}: ${texts}`];
  return Object.keys(texts)
    .sort()
    .flatMap((key) => keysOf(texts[key], `${place}/${key}`));
}

test(
  "every language has the same texts",
  { skip: isFirefox && "no browser is needed" },
  async () => {
    const source = await openSource();
    try {
      const { en } = await source.load("strings/en/all.ts");
      const { de } = await source.load("strings/de/all.ts");
      assert.deepEqual(keysOf(de), keysOf(en));
    } finally {
      await source.end();
    }
  },
);

/** @type {Awaited<ReturnType<typeof startBrowser>>} */
let browser;
test.before(async () => {
  browser = await startBrowser();
});
test.after(() => browser.close());

/**
 * @param {string} name of a view
 * @param {{ language?: string, languages?: string[], isTurned?: boolean, width?: number }} how
 * @param {(page: Page) => Promise<void>} body
 */
async function shown(name, how, body) {
  const view = VIEWS[name];
  assert(view);
  const server = await startStudio(view.studio());
  const context = await browser.browser.createBrowserContext();
  const page = await context.newPage();
  try {
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewport({ width: how.width ?? 1280, height: 800 });
    if (!isFirefox)
      await page.emulateMediaFeatures([
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
    await page.evaluateOnNewDocument(
      (language, languages, isTurned) => {
        if (language)
          localStorage.setItem("cutroom.language", JSON.stringify(language));
        if (languages)
          Object.defineProperty(navigator, "languages", { value: languages });
        if (isTurned)
          document.addEventListener("DOMContentLoaded", () => {
            document.documentElement.dir = "rtl";
          });
      },
      how.language ?? null,
      how.languages ?? null,
      how.isTurned ?? false,
    );
    await page.goto(server.url + view.hash, { waitUntil: "load" });
    await page.waitForSelector(view.ready);
    await body(page);
  } finally {
    await context.close();
    await server.close();
  }
}

const lang = (/** @type {Page} */ page) =>
  page.evaluate(() => document.documentElement.lang);

test("the page speaks the browser's language where it can, or else English", async () => {
  await shown("home-empty", { languages: ["fr-CH", "de-CH"] }, async (page) => {
    await says(page, "Wovon handelt dein Film?");
    assert.equal(await lang(page), "de");
  });
  await shown("home-empty", { languages: ["fr-CH"] }, async (page) => {
    await says(page, "What is your film about?");
    assert.equal(await lang(page), "en");
  });
});

test("the user's choice is kept", async () => {
  await shown("home-empty", { languages: ["en-GB"] }, async (page) => {
    await button(page, "Language").click();
    await page.locator("::-p-text(Deutsch)").click();
    await says(page, "Wovon handelt dein Film?");
    await page.reload({ waitUntil: "load" });
    await says(page, "Wovon handelt dein Film?");
    await button(page, "Sprache").click();
    await page.locator("::-p-text(Wie der Browser)").click();
    await says(page, "What is your film about?");
  });
});

test("money, dates and lengths are written as the language does", async () => {
  await shown("storyboard-full", { language: "de" }, async (page) => {
    await says(page, "1,34\u00a0$ ausgegeben");
  });
  await shown("motion-full", { language: "de" }, async (page) => {
    await says(page, "7,1 s");
  });
});

test("German has room on a screen of 320 pixels, and axe finds nothing", async (t) => {
  for (const name of Object.keys(VIEWS))
    await t.test(name, () =>
      shown(name, { language: "de", width: 320 }, async (page) => {
        const over = await page.evaluate(() => {
          const main = document.querySelector("main");
          return main ? main.scrollWidth - main.clientWidth : -1;
        });
        assert.equal(over, 0);
        if (!isFirefox) await isClean(page, name);
      }),
    );
});

test("what is read from the right has room, and stands on the right", async (t) => {
  for (const name of Object.keys(VIEWS))
    await t.test(name, () =>
      shown(name, { isTurned: true, width: 320 }, async (page) => {
        const { over, aside } = await page.evaluate(() => {
          const main = document.querySelector("main");
          const heading = document.querySelector("h1");
          if (!main || !heading) return { over: -1, aside: -1 };
          const [one, all] = [heading, main].map((element) => {
            const { left, width } = element.getBoundingClientRect();
            return left + width / 2;
          });
          return {
            over: main.scrollWidth - main.clientWidth,
            aside: (one ?? 0) - (all ?? 0),
          };
        });
        assert.equal(over, 0);
        assert(aside >= -1, `The heading is ${-aside} pixels to the left.`);
      }),
    );
});
