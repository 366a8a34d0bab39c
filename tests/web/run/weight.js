// What the page's scripts weigh as they travel, without the engine: told, and too much of it fails.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

/** All together, and the heaviest, in bytes of Brotli. */
const TOTAL_MAX = 300_000;
const EACH_MAX = 90_000;

const folder = path.resolve(process.argv[2] ?? "build/web", "assets");
const weights = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => ({
    name,
    bytes: brotliCompressSync(readFileSync(path.join(folder, name))).length,
  }))
  .sort((one, other) => other.bytes - one.bytes);
const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
const kilobytes = (/** @type {number} */ bytes) =>
  `${(bytes / 1000).toFixed(1)} kB`;
const [heaviest] = weights;
if (!heaviest) throw new Error(`There are no scripts in ${folder}.`);
console.log(
  `web: ${weights.length} scripts, ${kilobytes(total)} of Brotli, the heaviest ${heaviest.name} with ${kilobytes(heaviest.bytes)}`,
);
if (total > TOTAL_MAX || heaviest.bytes > EACH_MAX) {
  console.error(
    `web: that is too much: at most ${kilobytes(TOTAL_MAX)} in all, ${kilobytes(EACH_MAX)} each`,
  );
  process.exitCode = 1;
}
