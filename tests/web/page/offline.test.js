// The network is cut in the middle of an edit: the page is loaded again without it, edits and exports go on.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { until } from "../run/browser.js";
import { clipOf, keptWhen, openPlain, pick, type } from "../run/editor.js";
import { complaintsOf, streamsOf } from "../run/measure.js";
import { exportOf, untilIn, untilKept } from "../run/offline.js";
import { root, withPage } from "../run/page.js";
import { startServer } from "../run/server.js";
import { plainDialogs, says } from "../run/use.js";

const isOpacity =
  (/** @type {number} */ value) => (/** @type {any} */ project) =>
    clipOf(project, "red")?.opacity === value;

for (const isolated of [true, false])
  test(`the network is cut on a host ${isolated ? "with" : "without"} headers`, async (t) => {
    const options = {
      isKept: true,
      isolated,
      before: plainDialogs,
      // What the browser says of each request that found no network.
      allowed: /ERR_|NetworkError|Failed to load resource/,
    };
    await withPage(t, options, async (use) => {
      const { page, server } = use;
      await untilIn(page, "the page is isolated", () => crossOriginIsolated);
      await says(page, "Open a film");
      await openPlain(page);
      await untilKept(page);
      await pick(page, 0.5, 0.9);
      await type(page, "Opacity", "40");
      // In mid-edit: nobody waited for it to be kept.
      await server.close();
      await keptWhen(page, "the edit is kept", isOpacity(0.4));

      await page.reload();
      await page.locator('a[aria-label="Open Plain"]').click();
      await page.waitForSelector("button[aria-label=Play]:not([disabled])");
      assert.ok(await page.evaluate(() => crossOriginIsolated));
      await pick(page, 0.5, 0.9);
      await type(page, "Opacity", "70");
      await keptWhen(page, "the second edit is kept", isOpacity(0.7));
      await use.picture(t.name);
      const file = await exportOf(use, "Plain");
      assert.equal(streamsOf(file)[0]?.width, 640);
      assert.equal(complaintsOf(file), "");

      const again = await startServer({
        folders: { "/": path.join(root, "build/web") },
        isolated,
        port: Number(new URL(server.url).port),
      });
      try {
        await until("the page asks for the server by itself", () =>
          again.requests.some((asked) => asked.path === "/api/server"),
        );
        await page.reload();
        await says(page, "Plain");
        await keptWhen(page, "both edits are there", isOpacity(0.7));
      } finally {
        await again.close();
      }
    });
  });
