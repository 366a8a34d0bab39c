// The page's canvas as WebGL 2 in the engine's worker: drawn, resized, lost and given back.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

test("the canvas of a worker", async (t) => {
  const page = await openPage();
  try {
    const worker = await page.worker();

    await t.test("without a canvas there is nothing to draw on", async () => {
      assert.equal(
        await worker.run((host) => host.module._test_canvas_fill(1, 0, 0)),
        -6,
      );
    });

    await t.test(
      "a picture is shown, in the size that the page says",
      async () => {
        const seen = await worker.run((host) => {
          const canvas = new OffscreenCanvas(16, 16);
          globalThis.canvas = canvas;
          host.module.crCanvas.set(canvas);
          host.module.crCanvas.resize(64, 32);
          const generation = host.module._test_canvas_fill(1, 0.5, 0);
          const { width, height } = canvas;
          const copy = new OffscreenCanvas(width, height);
          const context = copy.getContext("2d");
          context.drawImage(canvas, 0, 0);
          return {
            generation,
            width,
            height,
            pixel: [...context.getImageData(63, 31, 1, 1).data],
          };
        });
        assert.deepEqual(seen, {
          generation: 1,
          width: 64,
          height: 32,
          pixel: [255, 128, 0, 255],
        });
      },
    );

    await t.test(
      "a lost context is nothing for a while, then a new one",
      async () => {
        const seen = await worker.run(async (host) => {
          const extension = globalThis.canvas
            .getContext("webgl2")
            .getExtension("WEBGL_lose_context");
          const moved = host.module.crActivity();
          extension.loseContext();
          await moved;
          // It may be given back once everybody has heard that it is lost.
          await new Promise((resolve) => setTimeout(resolve));
          const lost = host.module._test_canvas_fill(0, 1, 0);
          const again = host.module.crActivity();
          extension.restoreContext();
          await again;
          return { lost, generation: host.module._test_canvas_fill(0, 1, 0) };
        });
        assert.deepEqual(seen, { lost: -1, generation: 2 });
      },
    );

    await t.test("another canvas takes its place", async () => {
      const generation = await worker.run((host) => {
        host.module.crCanvas.set(new OffscreenCanvas(8, 8));
        return host.module._test_canvas_fill(0, 0, 1);
      });
      assert.equal(generation, 3);
    });
  } finally {
    await page.close();
  }
});
