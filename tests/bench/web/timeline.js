// How the timeline does with 5 000 clips, on the built page in Chromium: frames while it scrolls, zooms and
// drags, and how long an edit takes from the key to the picture of it.
//
//   node tests/bench/web/timeline.js      after tools/web build, with the engine of tools/build wasm
import { promises as files } from "node:fs";
import path from "node:path";
import { startBrowser } from "../../web/run/browser.js";
import { keepProjects } from "../../web/run/cut.js";
import { TICKS } from "../../web/run/film.js";
import { artifacts, root } from "../../web/run/page.js";
import { startServer } from "../../web/run/server.js";

const CLIPS = 5000;
const TRACKS = 10;
const SECONDS = 2;
const STEPS = 90;
const EDITS = 20;

async function longFilm() {
  const tracks = Array.from({ length: TRACKS }, (_, track) => ({
    id: `t${track}`,
    kind: track % 2 === 0 ? "video" : "text",
    clips: Array.from({ length: CLIPS / TRACKS }, (_, place) => ({
      id: `t${track}c${place}`,
      kind: track % 2 === 0 ? "solid" : "title",
      start: place * SECONDS * TICKS,
      duration: SECONDS * TICKS - (place % 3 === 0 ? TICKS / 2 : 0),
      ...(track % 2 === 0 ? { color: "#35507aff" } : { text: `Line ${place}` }),
    })),
  }));
  const folder = path.join(artifacts, "long");
  await files.mkdir(folder, { recursive: true });
  await files.writeFile(
    path.join(folder, "project.json"),
    JSON.stringify({
      version: 1,
      title: "Long",
      settings: { width: 640, height: 360, frame_rate: 30 },
      sequences: [{ id: "film", tracks }],
    }),
  );
  return folder;
}

/** @param {number[]} values @param {number} part */
const at = (values, part) =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * part))
  ] ?? 0;

const shown = (/** @type {number} */ value) => value.toFixed(1);

/**
 * Lengths of frames, in milliseconds, while [work] goes on.
 * @param {import("puppeteer-core").Page} page
 * @param {() => Promise<void>} work
 */
async function frames(page, work) {
  await page.evaluate(() => {
    const lengths = [];
    let before = performance.now();
    const tick = (time) => {
      lengths.push(time - before);
      before = time;
      if (window.measured) requestAnimationFrame(tick);
    };
    window.measured = lengths;
    window.tasks = [];
    window.watch = new PerformanceObserver((list) =>
      list.getEntries().forEach((task) => window.tasks.push(task.duration)),
    );
    window.watch.observe({ type: "longtask" });
    requestAnimationFrame(tick);
  });
  await work();
  const { lengths, tasks } = await page.evaluate(() => {
    const lengths = window.measured;
    window.measured = null;
    window.watch.disconnect();
    return { lengths, tasks: window.tasks };
  });
  const kept = lengths.slice(2);
  return `p50 ${shown(at(kept, 0.5))} ms, p95 ${shown(at(kept, 0.95))} ms, worst ${shown(at(kept, 1))} ms a frame; ${tasks.length} tasks over 50 ms`;
}

const server = await startServer({
  folders: {
    "/": path.join(root, "build/web"),
    "/film/": await longFilm(),
  },
  isolated: true,
});
const { browser, close } = await startBrowser();
try {
  const page = await browser.newPage();
  await keepProjects(page);
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`${server.url}?project=film/project.json`);
  await page.waitForSelector("[role=option]");
  await page.waitForFunction(
    () => !document.querySelector("button[aria-label=Play]:disabled"),
  );
  const box = await (await page.$("[data-lanes]")).boundingBox();
  const x = box.x + box.width / 2;
  const y = box.y + 60;
  await page.mouse.move(x, y);
  const wheel = (/** @type {object} */ by) => async () => {
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.wheel(by);
    }
  };
  console.log(`${CLIPS} clips on ${TRACKS} tracks, all of them in sight`);
  console.log("scroll, all:", await frames(page, wheel({ deltaX: 8 })));
  await page.keyboard.down("Control");
  console.log("zoom in:    ", await frames(page, wheel({ deltaY: -14 })));
  await page.keyboard.up("Control");
  console.log("scroll:     ", await frames(page, wheel({ deltaX: 60 })));
  await page.keyboard.down("Control");
  console.log("zoom out:   ", await frames(page, wheel({ deltaY: 8 })));
  await page.keyboard.up("Control");
  console.log(
    "drag:       ",
    await frames(page, async () => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (let step = 0; step < STEPS; step++)
        await page.mouse.move(x + step, y + (step % 7));
      await page.keyboard.press("Escape");
      await page.mouse.up();
    }),
  );
  await page.evaluate(() => {
    window.events = [];
    new PerformanceObserver((list) =>
      list.getEntries().forEach((event) => {
        if (event.interactionId) window.events.push(event.duration);
      }),
    ).observe({ type: "event", durationThreshold: 16, buffered: false });
  });
  const edits = [];
  await page.keyboard.press("Tab");
  await page.focus("[role=listbox]");
  for (let edit = 0; edit < EDITS; edit++) {
    await page.keyboard.press("ArrowRight");
    const time = page.evaluate(
      () =>
        new Promise((resolve) => {
          const known = window.kept.length;
          let begun = 0;
          window.addEventListener(
            "keydown",
            ({ timeStamp }) => (begun ||= timeStamp),
            { capture: true, once: true },
          );
          // The frame behind the one in which the project came has painted it.
          const look = () => {
            if (window.kept.length === known) requestAnimationFrame(look);
            else
              requestAnimationFrame(() => resolve(performance.now() - begun));
          };
          look();
        }),
    );
    await page.keyboard.down("Shift");
    await page.keyboard.press("E");
    await page.keyboard.up("Shift");
    edits.push(await time);
  }
  const events = await page.evaluate(() => window.events);
  console.log(
    `edits:       p50 ${shown(at(edits, 0.5))} ms, p95 ${shown(at(edits, 0.95))} ms from the key to its picture (${edits.length})`,
  );
  console.log(
    `interactions: p95 ${shown(at(events, 0.95))} ms, worst ${shown(at(events, 1))} ms (${events.length} over 16 ms)`,
  );
} finally {
  await close();
  await server.close();
}
