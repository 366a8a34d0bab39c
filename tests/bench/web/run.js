// The rows of tools/bench that are measured in one tab of headless Chromium, everybody in turns: exports, seeks,
// scrubbing, the first picture, playing, starting.
//
//   node run.js [--runs N] [--seconds S] [--only exports|looking|playing|start]
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { startBrowser } from "../../web/run/browser.js";
import { startServer } from "../../web/run/server.js";

const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../../..",
);
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    seconds: { type: "string", default: "20" },
    only: { type: "string", default: "" },
  },
});
const runs = Number(values.runs);
const seconds = Number(values.seconds);
const media = path.join(root, `build/bench-media-${seconds}`);

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** What each contestant is called with. */
const contestants = {
  limit: ["runLimit", (seconds / 2) * 30],
  cut: ["runOurs", "cut.json"],
  film: ["runOurs", "project.json"],
  mediabunny: ["runMediabunny", seconds],
};

/** @param {import("puppeteer-core").Page} page */
async function measure(page) {
  /** @type {Record<string, number[]>} */
  const rates = {};
  for (let run = 0; run < runs; run++) {
    for (const [name, [call, argument]] of Object.entries(contestants)) {
      const done = await page.evaluate(
        `bench.${call}(${JSON.stringify(argument)})`,
      );
      console.error(
        `web: ${name}: ${done.frames} frames in ${done.seconds.toFixed(2)} s`,
      );
      (rates[name] ??= []).push(done.frames / done.seconds);
    }
  }
  return rates;
}

const SEEKS = 20;
const SCRUB_SECONDS = 10;

/** @param {number[]} numbers @param {number} part */
function percentile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  );
}

/** @param {import("puppeteer-core").Page} page */
async function look(page) {
  const last = (seconds / 2) * 30 - 1;
  /** @type {Record<string, { cold: number[], warm: number[], scrub: number[] }>} */
  const found = {};
  for (let run = 0; run < Math.min(runs, 3); run++)
    for (const who of ["ours", "video", "mediabunny"]) {
      const one = (found[who] ??= { cold: [], warm: [], scrub: [] });
      const { cold, warm } = await page.evaluate(
        `bench.runSeeks("${who}", ${SEEKS}, ${last})`,
      );
      one.cold.push(...cold);
      one.warm.push(...warm);
      one.scrub.push(
        Number(
          await page.evaluate(
            `bench.runScrub("${who}", ${SCRUB_SECONDS}, ${last})`,
          ),
        ),
      );
      console.error(
        `web: ${who}: seeks p50 ${percentile(one.cold, 0.5).toFixed(1)} ms, p95 ${percentile(one.cold, 0.95).toFixed(1)} ms; back p95 ${percentile(one.warm, 0.95).toFixed(1)} ms; scrub ${median(one.scrub).toFixed(1)} pictures/s`,
      );
    }
  for (const peer of ["video", "mediabunny"]) {
    const [own, other] = [found["ours"], found[peer]];
    if (!own || !other) continue;
    for (const part of [0.5, 0.95])
      report(
        `seek-cold-p${part * 100}`,
        [percentile(own.cold, part)],
        [percentile(other.cold, part)],
        peer,
        "<= 0.5",
        "ms",
      );
    report(
      "seek-warm-p95",
      [percentile(own.warm, 0.95)],
      [percentile(other.warm, 0.95)],
      peer,
      "<= 33 ms",
      "ms",
    );
    report("scrub", own.scrub, other.scrub, peer, ">= 2", "pictures/s");
  }
  const first = [];
  for (let run = 0; run < runs; run++)
    first.push(Number(await page.evaluate("bench.runFirstPicture()")));
  report("start-first-picture", first, null, "", "<= 300", "ms");
}

/** @param {import("puppeteer-core").Page} page */
async function play(page) {
  /** @type {{ ours: Played[], video: Played[] }} */
  const found = { ours: [], video: [] };
  await page.evaluate(`bench.exportedFile("project.json").then(() => 0)`);
  for (let run = 0; run < Math.min(runs, 3); run++)
    for (const who of /** @type {const} */ (["ours", "video"])) {
      const played = /** @type {Played} */ (
        await page.evaluate(`bench.runPlay("${who}", ${seconds - 2})`)
      );
      console.error(
        `web: ${who}: ${played.shown} pictures shown, ${played.dropped} not; from the sound ${played.offset?.toFixed(1) ?? "?"} ms`,
      );
      found[who].push(played);
    }
  report(
    "play-dropped",
    found.ours.map(({ dropped }) => dropped),
    found.video.map(({ dropped }) => dropped),
    "video",
    "<= 0 more",
    "pictures",
  );
  report(
    "play-offset-p95",
    found.ours.map(({ offset }) => offset ?? 0),
    null,
    "",
    "<= 20",
    "ms",
  );
}

/** @typedef {{ shown: number, dropped: number, offset: number | null }} Played */

/**
 * From the address to the page's first button that can be used, with everything in the browser's cache.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 */
async function start(browser, url) {
  const taken = [];
  for (let run = 0; run <= runs; run++) {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: "domcontentloaded" });
    await page.waitForSelector("main button:not([disabled])");
    const ms = await page.evaluate(() => performance.now());
    if (run > 0) taken.push(ms);
    await page.close();
  }
  report("start-page", taken, null, "", "<= 1000", "ms");
  const wasm = readFileSync(
    path.join(root, "build/web/engine/threads/engine.wasm"),
  );
  const size = brotliCompressSync(wasm).length / 1e6;
  report("start-engine-brotli", [size], null, "", "<= 3", "MB");
}

/**
 * @param {string} row
 * @param {number[]} ours
 * @param {number[] | null} peer
 * @param {string} peer_name
 * @param {string} goal
 */
function report(row, ours, peer, peer_name, goal, unit = "frames/s") {
  console.log(
    JSON.stringify({
      row,
      ours: median(ours),
      peer: peer && median(peer),
      peer_name,
      unit,
      goal,
    }),
  );
}

if (!existsSync(path.join(media, "cut.json")))
  execFileSync(
    "python3",
    [
      path.join(root, "tests/bench/film.py"),
      "--make",
      media,
      "--seconds",
      `${seconds}`,
    ],
    {
      stdio: "inherit",
    },
  );
const server = await startServer({
  folders: {
    "/": path.join(root, "build/bench-web"),
    "/engine/": path.join(root, "build/web/engine"),
    "/media/": media,
  },
  isolated: true,
});
const pageServer = await startServer({
  folders: { "/": path.join(root, "build/web") },
  isolated: true,
});
const { browser, close } = await startBrowser();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on("console", (message) => console.error(`page: ${message.text()}`));
  page.on("pageerror", (why) => console.error(`page: ${why}`));
  await page.goto(`${server.url}index.html`);
  const does = (/** @type {string} */ part) =>
    values.only === "" || values.only === part;
  if (does("exports")) {
    const rates = await measure(page);
    const { limit = [], cut = [], film = [], mediabunny = [] } = rates;
    report("export-cut", cut, limit, "limit", ">= 0.95");
    report("export-film", film, limit, "limit", ">= 0.85");
    report("export-peer", film, mediabunny, "mediabunny", ">= 1.5");
  }
  if (does("looking")) await look(page);
  if (does("playing")) await play(page);
  if (does("start")) await start(browser, pageServer.url);
} finally {
  await close();
  await server.close();
  await pageServer.close();
}
