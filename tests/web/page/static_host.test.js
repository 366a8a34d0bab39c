// The built folder on a host that knows nothing of it: threads, edits, an export, and new versions.
import assert from "node:assert/strict";
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { keptWhen, clipOf, openPlain, pick, type } from "../run/editor.js";
import { complaintsOf, streamsOf } from "../run/measure.js";
import { exportOf, untilIn, untilKept } from "../run/offline.js";
import { artifacts, root, withPage } from "../run/page.js";
import { button, plainDialogs, says } from "../run/use.js";

test("a host without headers: isolated by the service worker, edits and exports", async (t) => {
  const options = {
    isKept: true,
    isolated: false,
    under: "/a/b/",
    before: plainDialogs,
  };
  await withPage(t, options, async (use) => {
    const { page } = use;
    let loads = 0;
    page.on("load", () => loads++);
    await untilIn(page, "the page is isolated", () => crossOriginIsolated);
    await says(page, "Open a film");
    await openPlain(page);
    const threads = await page.evaluate(
      () => typeof SharedArrayBuffer === "function" && crossOriginIsolated,
    );
    assert.ok(threads, "the engine has shared memory");
    assert.ok(loads <= 1, `it was loaded again ${loads} times`);
    await pick(page, 0.5, 0.9);
    await type(page, "Opacity", "40");
    await keptWhen(
      page,
      "the edit is kept",
      (project) => clipOf(project, "red")?.opacity === 0.4,
    );
    const file = await exportOf(use, "Plain");
    const [picture] = streamsOf(file);
    assert.equal(picture?.width, 640);
    assert.equal(complaintsOf(file), "");
    await use.picture(t.name);
  });
});

/** A copy of the built folder, that a test may change. */
async function copiedPage() {
  const folder = path.join(artifacts, "versions");
  await files.rm(folder, { recursive: true, force: true });
  await files.cp(path.join(root, "build/web"), folder, { recursive: true });
  return folder;
}

/** Puts another version in its place, as a host does it. @param {string} folder */
async function changeVersion(folder) {
  const index = path.join(folder, "index.html");
  const text = await files.readFile(index, "utf8");
  await files.writeFile(index, text.replace("<html ", '<html data-new="" '));
  const list = /** @type {{ writeOfflineFiles(folder: string): void }} */ (
    await import(path.join(root, "web/offline_files.js"))
  );
  list.writeOfflineFiles(folder);
}

test("a new version waits until it is wished, and comes whole", async (t) => {
  const folder = await copiedPage();
  const options = { isKept: true, folders: { "/v/": folder } };
  await withPage(
    t,
    { ...options, under: "/" },
    async ({ page, server, picture }) => {
      await page.goto(new URL("/v/", server.url).href);
      await says(page, "Open a film");
      await untilKept(page);
      await changeVersion(folder);
      await page.evaluate(async () => {
        await (await navigator.serviceWorker.ready).update();
      });
      await says(page, "A new version of Cutroom is ready.");
      await picture(t.name);
      const isNew = () => document.documentElement.hasAttribute("data-new");
      // Loaded again by hand, it is the version that it was.
      await page.reload();
      assert.equal(await page.evaluate(isNew), false);
      await says(page, "A new version of Cutroom is ready.");
      await button(page, "Reload").click();
      await untilIn(page, "the new version is here", isNew);
      await says(page, "Open a film");
    },
  );
});

test("media, the API and ranges pass the service worker by", async (t) => {
  const media = path.join(artifacts, "passed-by");
  await files.mkdir(path.join(media, "api"), { recursive: true });
  await files.writeFile(path.join(media, "film.mp4"), "0123456789");
  await files.writeFile(path.join(media, "api/films"), "first");
  const options = { isKept: true, folders: { "/media/": media } };
  await withPage(t, options, async ({ page }) => {
    await says(page, "Open a film");
    await untilKept(page);
    const read = (/** @type {string} */ address, /** @type {string} */ range) =>
      page.evaluate(
        async (to, bytes) => {
          const headers = bytes ? { Range: bytes } : undefined;
          const answer = await fetch(to, { headers });
          return [answer.status, await answer.text()];
        },
        address,
        range,
      );
    assert.deepEqual(await read("/media/film.mp4", "bytes=2-4"), [206, "234"]);
    assert.deepEqual(await read("/media/api/films", ""), [200, "first"]);
    await files.writeFile(path.join(media, "api/films"), "second");
    assert.deepEqual(await read("/media/api/films", ""), [200, "second"]);
    const [status, part] = await read("/engine/fonts/fonts.txt", "bytes=0-3");
    assert.equal(status, 206);
    assert.equal(String(part).length, 4);
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(
        names.map(async (name) => (await caches.open(name)).keys()),
      );
      return keys.flat().map(({ url }) => url);
    });
    assert.ok(kept.length > 0 && !kept.some((url) => /api|media/.test(url)));
  });
});
