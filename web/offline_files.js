// Writes in front of the service worker which files the built folder has, by their hashes: a change of
// any of them is a new service worker, and so a new version.
//
//   node web/offline_files.js FOLDER
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const WORKER = "sw.js";
const MARK = "self.cutroomFiles=";

/** Nobody needs them without the network, they are other forms of what is there, or the server's answers. */
const LEFT_OUT = /\.(map|br|gz)$|^sw\.js$|^engine\/licences\.txt$|^api\//;

/** @param {string} folder @param {string} below @returns {string[]} */
function filesBelow(folder, below = "") {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .flatMap((entry) => {
      const name = below ? `${below}/${entry.name}` : entry.name;
      return entry.isDirectory() ? filesBelow(folder, name) : [name];
    })
    .sort();
}

/** @param {string} folder of the built page */
export function writeOfflineFiles(folder) {
  const worker = path.join(folder, WORKER);
  if (!existsSync(worker)) return;
  const files = filesBelow(folder)
    .filter((name) => !LEFT_OUT.test(name))
    .map((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return {
        path: name,
        hash: createHash("sha256").update(bytes).digest("hex"),
      };
    });
  const script = readFileSync(worker, "utf8");
  const rest = script.startsWith(MARK)
    ? script.slice(script.indexOf("\n") + 1)
    : script;
  writeFileSync(worker, `${MARK}${JSON.stringify(files)};\n${rest}`);
}

const [, called = "", folder = ""] = process.argv;
if (import.meta.url === pathToFileURL(called).href) writeOfflineFiles(folder);
