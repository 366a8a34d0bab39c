// The painter on the graphics processor against the exact one, both in a worker of real Chromium:
// node tests/web/paint_gl/run.js. It needs paint_gl_web: tools/build wasm.
import { openPage } from "../host/page.js";

const DIFFERENCE_MAX = 2;
const PSNR_MIN = 50;
/** Of each kind, one picture of so many is painted. */
const KINDS = /** @type {const} */ ([
  ["blend", 6],
  ["effect", 8],
  ["transition", 12],
]);

const page = await openPage();
let failed = 0;
try {
  const worker = await page.worker();
  await worker.run(async (_, url) => {
    const all = /** @type {any} */ (globalThis);
    const { default: create } = await import(url);
    all.gl = await create();
    all.canvas = new OffscreenCanvas(16, 16);
    all.gl.crCanvas.set(all.canvas);
    if (all.gl._test_open() !== 0 || all.gl._test_use() !== 0)
      throw new Error("There is no WebGL 2 here.");
  }, `${page.server.url}build/wasm/paint_gl_web.mjs`);
  const measure = (/** @type {[number, number]} */ which) =>
    worker.run((_, [kind, oneOf]) => {
      const { gl } = /** @type {any} */ (globalThis);
      return Array.from({ length: gl._test_run(kind, oneOf) }, (_, i) => ({
        name: gl.UTF8ToString(gl._test_group_name(i)),
        pictures: gl._test_group_pictures(i),
        difference: gl._test_group_difference(i),
        psnr: gl._test_group_psnr(i),
      }));
    }, which);
  /** @param {string} kind @param {Awaited<ReturnType<typeof measure>>} groups */
  const judge = (kind, groups) => {
    if (!groups.length) failed++;
    for (const { name, pictures, difference, psnr } of groups) {
      const isNear = difference <= DIFFERENCE_MAX && psnr >= PSNR_MIN;
      if (!isNear) failed++;
      console.log(
        `${kind} ${name}: ${pictures} pictures, at most ${difference} of 255, ${psnr.toFixed(1)} dB${isNear ? "" : " WRONG"}`,
      );
    }
  };
  for (const [kind, [name, oneOf]] of KINDS.entries())
    judge(name, await measure([kind, oneOf]));
  const fault = await worker.run(() => {
    const { gl } = /** @type {any} */ (globalThis);
    return gl.UTF8ToString(gl._test_fault());
  });
  if (fault) console.log(`paint_gl: ${fault}`);
  const lost = await worker.run(async () => {
    const { gl, canvas } = /** @type {any} */ (globalThis);
    const extension = canvas
      .getContext("webgl2")
      .getExtension("WEBGL_lose_context");
    const once = (/** @type {string} */ name) =>
      new Promise((resolve) =>
        canvas.addEventListener(name, resolve, { once: true }),
      );
    const gone = once("webglcontextlost");
    extension.loseContext();
    await gone;
    await new Promise((resolve) => setTimeout(resolve));
    const status = gl._test_use();
    const back = once("webglcontextrestored");
    extension.restoreContext();
    await back;
    return status;
  });
  if (lost !== -1) failed++;
  judge("after a lost context, blend", await measure([0, 18]));
} finally {
  await page.close();
}
console.log(failed ? `paint_gl: ${failed} wrong` : "paint_gl: as it should be");
process.exitCode = failed ? 1 : 0;
