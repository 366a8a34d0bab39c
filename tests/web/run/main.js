// tools/web test: runs the test files in each browser, one file after the other.
//
//   node main.js [--chromium | --firefox] [FILE…]
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const words = process.argv.slice(2);
const browsers = words.includes("--firefox")
  ? ["firefox"]
  : words.includes("--chromium")
    ? ["chromium"]
    : ["chromium", "firefox"];
const named = words.filter((word) => !word.startsWith("--"));
const folders = ["page", "studio"].map((name) => path.join(here, "..", name));
const tests = named.length
  ? named.map((name) => path.resolve(name))
  : folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".test.js"))
        .sort()
        .map((name) => path.join(folder, name)),
    );

/** @param {string} browser @returns {Promise<number>} */
function run(browser) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        "--test",
        "--test-concurrency=1",
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        ...tests,
      ],
      {
        cwd: root,
        stdio: "inherit",
        env: { ...process.env, CUTROOM_BROWSER: browser },
      },
    );
    child.on("close", (code) => resolve(code ?? 1));
  });
}

if (!existsSync(path.join(root, "build/web/index.html"))) {
  console.error("web: there is no page yet: tools/web build");
  process.exit(1);
}
mkdirSync(path.join(root, "build/web-test"), { recursive: true });
let failed = 0;
for (const browser of browsers) {
  console.log(`web: ${browser}`);
  failed += (await run(browser)) === 0 ? 0 : 1;
}
console.log(
  failed === 0
    ? `web: every test passed in ${browsers.join(" and ")}`
    : "web: tests failed (see above); pictures are in build/web-test",
);
process.exitCode = failed === 0 ? 0 : 1;
