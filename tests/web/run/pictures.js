// tools/web pictures: every state of the page, light and dark, on phones, a laptop and a 4K screen, into
// build/pictures. To look at; what is too wide for a screen is told.
import { promises as files } from "node:fs";
import path from "node:path";
import { startBrowser } from "./browser.js";
import { drawnFilm } from "./film.js";
import { artifacts, root } from "./page.js";
import { startServer } from "./server.js";
import { startStudio } from "./studio.js";
import { VIEWS } from "./studio_states.js";
import { button, openFolder, plainDialogs, says } from "./use.js";

/** @typedef {import("puppeteer-core").Page} Page */

const SIZES = {
  narrow: { width: 320, height: 640, deviceScaleFactor: 2 },
  phone: { width: 390, height: 844, deviceScaleFactor: 2 },
  laptop: { width: 1440, height: 900 },
  "4k": { width: 3840, height: 2160 },
};

/** @param {Page} page */
const film = async (page) => {
  await openFolder(page, await drawnFilm());
  await says(page, "00:00:00:00");
  await page.waitForFunction(() => window.fake.players.length > 0);
  await page.evaluate(() =>
    window.fake.players[0]?.set({ playhead: 705_600_000 * 6.2 }),
  );
};

/** @param {Page} page @param {string} format */
const exporting = async (page, format = "MP4") => {
  await film(page);
  await button(page, "Export").click();
  await says(page, "Export the film");
  await page.locator(`::-p-text(${format})`).click();
  await page.locator("dialog button[type=submit]").click();
  await page.waitForFunction(() => window.fake.exports.length > 0);
  await page.evaluate(() =>
    window.fake.exports[0]?.set({
      phase: "painting",
      framesDone: 187,
      bytes: 4_300_000,
      framesPerSecond: 61.4,
      secondsLeft: 4.3,
    }),
  );
};

/** The states: what is asked of the fake engine, and what is done. */
/** @type {Record<string, { query?: string, act?: (page: Page) => Promise<unknown> }>} */
const STATES = {
  start: {},
  "start-lacking": {
    query: "?lacks=threads,h264&left",
    act: (page) => page.locator("main summary").click(),
  },
  blocked: { query: "?lacks=canvas" },
  starting: { query: "?never" },
  broken: { query: "?broken" },
  opening: {
    query: "?slow",
    act: async (page) => openFolder(page, await drawnFilm()),
  },
  "not-a-film": {
    act: async (page) => {
      const folder = path.join(artifacts, "no-film");
      await files.mkdir(folder, { recursive: true });
      await files.writeFile(path.join(folder, "notes.txt"), "none");
      await openFolder(page, folder);
      await says(page, "notes.txt");
    },
  },
  film: { act: film },
  playing: {
    act: async (page) => {
      await film(page);
      await page.keyboard.press("l");
      await page.keyboard.press("l");
      await page.evaluate(() =>
        window.fake.players[0]?.set({ framesDropped: 12 }),
      );
    },
  },
  holes: {
    act: async (page) => {
      const without = ["assets/s1.png", "assets/music.wav"];
      await openFolder(page, await drawnFilm({ without }));
      await says(page, "2 files are missing");
      await page.locator("main summary").click();
      await page.evaluate(() =>
        window.fake.players[0]?.trouble(
          "The picture of this clip cannot be decoded.",
          "assets/s1.png: byte 12",
        ),
      );
    },
  },
  "export-dialog": {
    act: async (page) => {
      await film(page);
      await button(page, "Export").click();
      await page.waitForSelector("dialog[open]");
    },
  },
  "export-running": { act: (page) => exporting(page) },
  "export-done": {
    act: async (page) => {
      await exporting(page);
      await page.evaluate(() => window.fake.exports[0]?.end(9_100_000));
      await says(page, "Done");
    },
  },
  "export-failed": {
    act: async (page) => {
      await exporting(page);
      await page.evaluate(() =>
        window.fake.exports[0]?.breakDown(
          "There is no room left on this disk: 2.1 GB are needed, 0.4 GB are free.",
        ),
      );
      await says(page, "no room");
    },
  },
  shortcuts: {
    act: async (page) => {
      await film(page);
      await page.keyboard.press("?");
      await page.waitForSelector("dialog[open]");
    },
  },
};

/** @param {Page} page */
const isCalm = (page) =>
  page.waitForFunction(
    () =>
      [...document.images].every(
        (image) => image.complete || image.loading === "lazy",
      ) && document.fonts.status === "loaded",
  );

/**
 * Shows [theme] on [page] without anything that moves.
 * @param {Page} page
 * @param {string} theme
 */
const dress = (page, theme) =>
  page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: theme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);

/**
 * What is wider than the screen, on which a person would have to scroll sideways.
 * @param {Page} page
 * @param {string} name
 */
async function tellOverflow(page, name) {
  const wide = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main ? main.scrollWidth - main.clientWidth : 0;
  });
  if (wide > 0) console.log(`web: ${name} is ${wide} px too wide`);
}

/** @typedef {{ name: string, open: (page: Page) => Promise<unknown> }} Shown */

/** @param {string} url @returns {Shown[]} */
const editorStates = (url) =>
  Object.entries(STATES).map(([name, { query = "", act }]) => ({
    name,
    async open(page) {
      await page.goto(url + query, { waitUntil: "load" });
      await page.waitForSelector("main > *");
      await act?.(page);
    },
  }));

/** @type {{ studio: Awaited<ReturnType<typeof startStudio>> | null }} */
const running = { studio: null };

/** @type {Shown[]} */
const studioViews = Object.entries(VIEWS).map(([name, view]) => ({
  name,
  async open(page) {
    await running.studio?.close();
    running.studio = await startStudio(view.studio());
    await page.goto(running.studio.url + view.hash, { waitUntil: "load" });
    await page.waitForSelector(view.ready);
    await view.act?.(page);
  },
}));

const wanted = process.argv.slice(2);
const folder = path.join(root, "build/pictures");
await files.mkdir(folder, { recursive: true });
const server = await startServer({
  folders: { "/": path.join(root, "build/web-fake") },
  isolated: true,
});
const browser = await startBrowser();

/** @param {Page} page @param {Shown} shown */
async function take(page, { name: state, open }) {
  const names = Object.keys(SIZES).flatMap((screen) =>
    ["light", "dark"].map((theme) => ({ screen, theme })),
  );
  for (const { screen, theme } of names) {
    const name = `${state}-${screen}-${theme}`;
    if (wanted.length && !wanted.some((part) => name.includes(part))) continue;
    await page.setViewport(SIZES[/** @type {keyof SIZES} */ (screen)]);
    await dress(page, theme);
    await open(page);
    await isCalm(page);
    await page.evaluate(
      () => new Promise((ended) => setTimeout(ended, 60)), // its transitions of 1 ms end
    );
    await tellOverflow(page, name);
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

try {
  const page = await browser.browser.newPage();
  await plainDialogs(page);
  page.on("dialog", (dialog) => void dialog.accept()); // a running export asks before it is left
  for (const shown of [...studioViews, ...editorStates(server.url)])
    await take(page, shown);
} finally {
  await browser.close();
  await server.close();
  await running.studio?.close();
}
console.log(`web: the pictures are in ${path.relative(root, folder)}`);
