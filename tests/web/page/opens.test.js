// The page comes up under any path, isolated or not, without a word on the console.
import assert from "node:assert/strict";
import test from "node:test";
import { withPage } from "../run/page.js";

for (const [where, options] of Object.entries({
  "on a host that isolates": { isolated: true },
  "on a plain host, below a folder": { isolated: false, under: "/a/b/" },
}))
  test(`opens ${where}`, async (t) => {
    await withPage(t, options, async ({ page, picture }) => {
      const isolated = await page.evaluate(() => crossOriginIsolated);
      assert.equal(isolated, options.isolated);
      await page.waitForSelector("h1");
      await picture(t.name);
    });
  });
