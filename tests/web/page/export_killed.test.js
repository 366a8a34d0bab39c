// Killed in the midst of an export, again and again: the page goes on with it, and the finished film
// is the one that an export without any interruption gives.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { DEADLINE_MS, isFirefox, startBrowser, until } from "../run/browser.js";
import { beginExport, leavesNothing, takeDownload } from "../run/exporting.js";
import { madeFilm } from "../run/film.js";
import { complaintsOf, digestsOf, isSameFilm } from "../run/measure.js";
import { artifacts, root } from "../run/page.js";
import { drawnNumbers } from "../run/random.js";
import { startServer } from "../run/server.js";
import { button, plainDialogs, says } from "../run/use.js";

/**
 * @typedef {import("puppeteer-core").Page} Page
 * @typedef {"renderer" | "tab" | "browser"} Kill
 */

const KILLS = 20;

/** By turns; a browser takes the longest to come back. @type {Kill[]} */
const KINDS = ["renderer", "tab", "renderer", "browser"];

/** However unlucky the draw. */
const LIVES_MAX = 3 * KILLS;

/** The last moment to kill at, in parts of what a whole export takes: most exports are killed several times. */
const PART = 0.7;

/** A browser that can be killed and brought back, with one tab of the page at a time. */
class Lives {
  /** @type {Page | null} */
  page = null;
  /** What pages said to their consoles as errors. @type {string[]} */
  complaints = [];

  /**
   * @param {string} url
   * @param {Awaited<ReturnType<typeof startBrowser>>} started
   */
  constructor(url, started) {
    this.url = url;
    this.started = started;
  }

  /** A new tab with the page. */
  async open() {
    const page = await this.started.browser.newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    await page.setViewport({ width: 1280, height: 800 });
    await plainDialogs(page);
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    await page.goto(this.url, { waitUntil: "load" });
    this.page = page;
    return page;
  }

  current() {
    if (!this.page) throw new Error("There is no page.");
    return this.page;
  }

  /** Begins an export of the film, in the tab that there is. */
  async begin() {
    const page = this.page ?? (await this.open());
    await page.goto(`${this.url}?project=film/project.json`, {
      waitUntil: "load",
    });
    await page.waitForSelector("button[aria-label=Play]:not([disabled])");
    await beginExport(page);
    return page;
  }

  async close() {
    await this.page?.close({ runBeforeUnload: false });
    this.page = null;
  }

  /** @param {Kill} kind */
  async kill(kind) {
    const page = this.current();
    if (kind === "browser") {
      await this.started.kill();
      this.page = null;
      this.started = await startBrowser({ home: this.started.home });
      return;
    }
    if (kind === "renderer") {
      const crashed = new Promise((resolve) => page.once("error", resolve));
      const session = await page.createCDPSession();
      // It never answers: whoever would is gone.
      session.send("Page.crash").catch(() => undefined);
      await crashed;
    }
    await this.close();
  }
}

/** Whether an export has a folder among the private files. @param {Page} page */
const hasFolder = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const exports = await root.getDirectoryHandle("exports").catch(() => null);
    if (!exports) return false;
    for await (const name of exports.keys()) return name !== "";
    return false;
  });

/**
 * Goes on with the export that an earlier life left; false where it left none, and where it was killed
 * before it wrote down what it is.
 * @param {Page} page
 */
async function resumed(page) {
  await page.waitForSelector("main button");
  const found = await until("the export is offered or gone", async () => {
    if (await page.$('::-p-aria([name="Resume"][role="button"])'))
      return "left";
    return (await hasFolder(page)) ? "" : "none";
  });
  if (found === "none") return false;
  await button(page, "Resume").click();
  await page.waitForSelector('aside[aria-label="Exports"]');
  return true;
}

/** Whether the export ended by itself within [delay] milliseconds. @param {Page} page @param {number} delay */
const endsWithin = (page, delay) =>
  page
    .waitForFunction(() => document.body.innerText.includes("Done: "), {
      timeout: Math.max(1, delay),
    })
    .then(
      () => true,
      () => false,
    );

/** How long the export took that has just ended, in milliseconds as the page says it. @param {Page} page */
const duration = async (page) => {
  const said = await page.evaluate(() => document.body.innerText);
  const [, minutes, seconds] = /Done: .* in (\d+):(\d\d)/.exec(said) ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

/**
 * Begins exports of the film, kills them at moments that are drawn, and goes on with them, until KILLS
 * are done and the last one is whole. Tells [ended] of every finished one.
 * @param {Lives} lives
 * @param {() => number} next
 * @param {(name: string) => Promise<void>} ended
 */
async function killAndResume(lives, next, ended) {
  await says(await lives.begin(), "Done: ");
  const whole = await duration(lives.current());
  await ended("not killed");
  const counts = { kills: 0, resumes: 0, films: 0, whole };
  for (let life = 0; life < LIVES_MAX; life++) {
    await lives.close();
    const page = await lives.open();
    if (await resumed(page)) counts.resumes++;
    else await lives.begin();
    const isLast = counts.kills === KILLS;
    if (isLast) await says(page, "Done: ");
    if (isLast || (await endsWithin(page, next() * whole * PART))) {
      await ended("killed");
      counts.films++;
      if (isLast) return counts;
      continue;
    }
    await lives.kill(KINDS[counts.kills % KINDS.length] ?? "tab");
    counts.kills++;
  }
  throw new Error(`${LIVES_MAX} lives gave ${JSON.stringify(counts)}.`);
}

test(
  "an export that is killed twenty times is the same film",
  { skip: isFirefox && "its driver cannot end a tab's process" },
  async (t) => {
    const film = await madeFilm({ isLong: true });
    const server = await startServer({
      folders: { "/": path.join(root, "build/web"), "/film/": film.project },
      isolated: true,
    });
    const lives = new Lives(server.url, await startBrowser());
    const { seed, next } = drawnNumbers();
    t.diagnostic(`CUTROOM_SEED=${seed}`);
    /** @type {string[] | null} */
    let wanted = null;
    try {
      const counts = await killAndResume(lives, next, async (name) => {
        const file = await takeDownload(lives.started.downloads, name);
        const digests = digestsOf(file);
        if (!wanted) assert.equal(complaintsOf(file), "");
        wanted ??= digests;
        isSameFilm(digests, wanted);
      });
      t.diagnostic(JSON.stringify(counts));
      await lives.close();
      const page = await lives.open();
      await page.waitForSelector("main button");
      await leavesNothing(page);
      assert.deepEqual(lives.complaints, []);
    } catch (error) {
      const picture = path.join(artifacts, "chromium-failed-export-killed.png");
      await lives.page?.screenshot({ path: picture }).catch(() => undefined);
      throw error;
    } finally {
      await lives.started.close();
      await server.close();
    }
  },
);
