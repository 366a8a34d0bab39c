// The browser's host keeps the contract of tests/host: over its storage and over memory, with
// threads and without.
import assert from "node:assert/strict";
import test from "node:test";
import { openPage } from "./page.js";

for (const isolated of [true, false])
  test(`the contract, ${isolated ? "with" : "without"} threads`, async () => {
    const page = await openPage({ isolated });
    try {
      const worker = await page.worker();
      assert.equal(worker.threads > 1, isolated);
      // A thread that cannot begin is refused; it must not be waited for.
      assert.notEqual(
        await worker.run((host) => host.module._test_own_thread()),
        0,
      );
      for (const [prefix, hasFolders] of /** @type {[string, boolean][]} */ ([
        ["opfs:/contract/", true],
        ["memory:contract/", false],
      ])) {
        const results = await worker.run(
          (host, [prefix, hasFolders]) => host.contract(prefix, hasFolders),
          [prefix, hasFolders],
        );
        for (const [name, failure] of Object.entries(results))
          assert.equal(failure, "", `${prefix}: ${name}`);
        assert.ok(Object.keys(results).length >= 13);
      }
      const left = await worker.run(async ({ module }) => {
        const before = (await module.crOpfs.list("contract")).map(
          (file) => file.path,
        );
        await module.crOpfs.remove("opfs:/contract");
        return { before, after: await module.crOpfs.list("") };
      });
      assert.ok(left.before.includes("contract/made/deep/file.txt"));
      assert.ok(!left.before.some((path) => path.includes("dropped/")));
      assert.deepEqual(left.after, []);
    } finally {
      await page.close();
    }
  });
