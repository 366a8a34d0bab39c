// The rows export-cut, export-film and export-peer of tools/bench: in one tab of headless Chromium, in turns.
//
//   node run.js [--runs N] [--seconds S]
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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

/**
 * @param {string} row
 * @param {number[]} ours
 * @param {number[]} peer
 * @param {string} peer_name
 * @param {string} goal
 */
function report(row, ours, peer, peer_name, goal) {
  const unit = "frames/s";
  console.log(
    JSON.stringify({
      row,
      ours: median(ours),
      peer: median(peer),
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
const { browser, close } = await startBrowser();
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on("console", (message) => console.error(`page: ${message.text()}`));
  page.on("pageerror", (why) => console.error(`page: ${why}`));
  await page.goto(`${server.url}index.html`);
  const rates = await measure(page);
  const { limit = [], cut = [], film = [], mediabunny = [] } = rates;
  report("export-cut", cut, limit, "limit", ">= 0.95");
  report("export-film", film, limit, "limit", ">= 0.85");
  report("export-peer", film, mediabunny, "mediabunny", ">= 1.5");
} finally {
  await close();
  await server.close();
}
