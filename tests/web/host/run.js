// The browser's host under test, in Chromium: node tests/web/host/run.js [FILE…]
// It needs host_contract of both builds: tools/build wasm, tools/build wasm-single.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const missing = ["wasm", "wasm-single"].find(
  (build) => !existsSync(path.join(root, "build", build, "host_contract.mjs")),
);
if (missing) {
  console.error(
    `host: build/${missing}/host_contract.mjs is not there: tools/build ${missing}`,
  );
  process.exit(1);
}
const named = process.argv.slice(2).map((name) => path.resolve(name));
const all = readdirSync(here)
  .filter((name) => name.endsWith(".test.js"))
  .sort()
  .map((name) => path.join(here, name));
const { status } = spawnSync(
  process.execPath,
  [
    "--test",
    "--test-concurrency=1",
    "--test-reporter=spec",
    "--test-reporter-destination=stdout",
    ...(named.length ? named : all),
  ],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
