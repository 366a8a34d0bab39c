// What is said where the engine cannot start: a sentence with what to do, never a program's own words.
import { promises as files } from "node:fs";
import path from "node:path";
import test from "node:test";
import { artifacts, root, withPage } from "../run/page.js";
import { button, says } from "../run/use.js";

const engine = path.join(root, "build/web/engine");

/**
 * The engine with threads, changed by [change], under the address of the true one.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} change
 */
async function changedEngine(name, change) {
  const folder = path.join(artifacts, `engine-${name}`);
  await files.rm(folder, { recursive: true, force: true });
  await files.mkdir(folder, { recursive: true });
  for (const file of ["engine.mjs", "engine.wasm"])
    await files.copyFile(
      path.join(engine, "threads", file),
      path.join(folder, file),
    );
  await change(folder);
  return { folders: { "/engine/threads/": folder }, allowed: /./ };
}

/** @param {string} text of a script that is there in place of the engine's */
const script = (text) => (/** @type {string} */ folder) =>
  files.writeFile(path.join(folder, "engine.mjs"), text);

/** @type {[string, (folder: string) => Promise<void>, string[]][]} */
const CASES = [
  [
    "the engine's code is not there",
    (folder) => files.rm(path.join(folder, "engine.wasm")),
    ["engine.wasm is not there (HTTP 404)", "Whoever runs the server"],
  ],
  [
    "the engine's script is not there",
    (folder) => files.rm(path.join(folder, "engine.mjs")),
    ["engine.mjs is not there (HTTP 404)", "Whoever runs the server"],
  ],
  [
    "the engine's code is cut short",
    (folder) => files.truncate(path.join(folder, "engine.wasm"), 100_000),
    // "arrived damaged", or "did not arrive" where a browser takes it for a broken connection.
    ["arrive"],
  ],
  [
    "the engine's script is no script",
    script("<!doctype html><p>Welcome to the wireless network"),
    ["arrived damaged", "Ctrl+Shift+R"],
  ],
  [
    "the engine's script is older than its code",
    script(
      "export default (options) => new Promise((done) => options.instantiateWasm({}, done));",
    ),
    ["Reload the page"],
  ],
  [
    "the engine stops while it starts",
    script(
      'export default () => Promise.reject(new WebAssembly.RuntimeError("Aborted(Assertion failed)"));',
    ),
    ["cannot start in this browser", "Reload the page"],
  ],
];

for (const [name, change, sentences] of CASES)
  test(name, async (t) => {
    await withPage(t, await changedEngine("changed", change), async (use) => {
      await says(use.page, "The engine did not start");
      for (const sentence of sentences) await says(use.page, sentence);
      await use.picture(name);
      const text = await use.page.evaluate(() => document.body.innerText);
      if (/Aborted|WebAssembly\.|Import #|compileStreaming|fetch/.test(text))
        throw new Error(`The page shows a program's words: ${text}`);
      await button(use.page, "Try again").click();
      await says(use.page, "The engine did not start");
    });
  });

test("without room for shared memory the engine has one thread", async (t) => {
  const change = script(
    'export default () => Promise.reject(new RangeError("WebAssembly.Memory(): could not allocate memory"));',
  );
  await withPage(t, await changedEngine("full", change), async ({ page }) => {
    await says(page, "Open a film");
  });
});
