// The painter on the graphics processor against the exact one, both in a worker of real Chromium:
// node tests/web/paint_gl/run.js. It needs paint_gl_web: tools/build wasm.
import assert from "node:assert/strict";
import { openPage } from "../host/page.js";

/** @typedef {{ name: string, pictures: number, difference: number, psnr: number }} Group */

const DIFFERENCE_MAX = 2;
const PSNR_MIN = 50;
/** How many of each kind there are at least, and of how many pictures one is painted. */
const KINDS = /** @type {const} */ ([
  { kind: "blend", groups: 16, oneOf: 1 },
  { kind: "effect", groups: 4, oneOf: 1 },
  { kind: "transition", groups: 6, oneOf: 5 },
]);
const STATUS_AGAIN = -1;
const STATUS_IO = -5;

const page = await openPage();
const worker = await page.worker();
const wrong = /** @type {string[]} */ ([]);

/** @param {number} kind @param {number} oneOf @returns {Promise<Group[]>} */
const measure = (kind, oneOf) =>
  worker.run((_, [kind, oneOf]) => {
    const { gl } = /** @type {any} */ (globalThis);
    return Array.from({ length: gl._test_run(kind, oneOf) }, (_, i) => ({
      name: gl.UTF8ToString(gl._test_group_name(i)),
      pictures: gl._test_group_pictures(i),
      difference: gl._test_group_difference(i),
      psnr: gl._test_group_psnr(i),
    }));
  }, /** @type {[number, number]} */ ([kind, oneOf]));

/** @param {string} kind @param {number} count @param {Group[]} groups */
function judge(kind, count, groups) {
  if (groups.length < count)
    wrong.push(`${groups.length} of ${count} groups of ${kind}`);
  for (const { name, pictures, difference, psnr } of groups) {
    const isNear = difference <= DIFFERENCE_MAX && psnr >= PSNR_MIN;
    const line = `${kind} ${name}: ${pictures} pictures, at most ${difference} of 255, ${psnr.toFixed(1)} dB`;
    console.log(line);
    if (!isNear) wrong.push(line);
  }
}

/** What became of a picture that was painted right after its context was lost, and then of later ones. */
const lose = () =>
  worker.run(async () => {
    const { gl, canvas } = /** @type {any} */ (globalThis);
    const once = (/** @type {string} */ name) =>
      new Promise((resolve) =>
        canvas.addEventListener(name, resolve, { once: true }),
      );
    const extension = canvas
      .getContext("webgl2")
      .getExtension("WEBGL_lose_context");
    const gone = once("webglcontextlost");
    extension.loseContext();
    const painted = gl._test_paint();
    const fault = gl.UTF8ToString(gl._test_fault());
    await gone;
    await new Promise((resolve) => setTimeout(resolve));
    const whileLost = gl._test_use();
    const back = once("webglcontextrestored");
    extension.restoreContext();
    await back;
    return { painted, fault, whileLost };
  });

try {
  await worker.run(async (_, url) => {
    const all = /** @type {any} */ (globalThis);
    const { default: create } = await import(url);
    all.gl = await create();
    all.canvas = new OffscreenCanvas(16, 16);
    all.gl.crCanvas.set(all.canvas);
    if (all.gl._test_open() !== 0 || all.gl._test_use() !== 0)
      throw new Error("There is no WebGL 2 here.");
  }, `${page.server.url}build/wasm/paint_gl_web.mjs`);
  for (const [number, { kind, groups, oneOf }] of KINDS.entries())
    judge(kind, groups, await measure(number, oneOf));
  assert.deepEqual(await lose(), {
    painted: STATUS_IO,
    fault: "The graphics processor was lost while it painted.",
    whileLost: STATUS_AGAIN,
  });
  judge("blend after a lost context,", 16, await measure(0, 18));
} finally {
  await page.close();
}
for (const line of wrong) console.error(`WRONG: ${line}`);
console.log(
  wrong.length
    ? `paint_gl: ${wrong.length} wrong`
    : "paint_gl: all as it should be",
);
process.exitCode = wrong.length ? 1 : 0;
