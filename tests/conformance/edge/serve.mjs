// The Worker in workerd, on a bucket filled from a store's folder: node serve.mjs EDGE.WASM FOLDER.
// Prints its address; SIGTERM ends it.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";

const [wasm, folder] = process.argv.slice(2);
const script = new URL("../../../shims/edge/worker.js", import.meta.url);

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  cf: false,
  compatibilityDate: "2025-06-01",
  modules: [
    {
      type: "ESModule",
      path: "worker.js",
      contents: readFileSync(script, "utf8"),
    },
    {
      type: "CompiledWasm",
      path: "edge.wasm",
      contents: readFileSync(wasm),
    },
  ],
  r2Buckets: { MEDIA: "media" },
});

/** What the store says of a key. @param {string} key */
function aboutOf(key) {
  try {
    return JSON.parse(
      readFileSync(join(folder, "about", `${key}.json`), "utf8"),
    );
  } catch {
    return {};
  }
}

const bucket = await miniflare.getR2Bucket("MEDIA");
for (const start of readdirSync(join(folder, "objects"))) {
  for (const key of readdirSync(join(folder, "objects", start))) {
    const path = join(folder, "objects", start, key);
    const modified = Math.floor(statSync(path).mtimeMs / 1000);
    const bytes = new Uint8Array(readFileSync(path));
    await bucket.put(key, bytes.buffer, {
      httpMetadata: {
        contentType: aboutOf(key).type ?? "application/octet-stream",
      },
      customMetadata: { modified: String(modified) },
    });
  }
}
process.on("SIGTERM", async () => {
  await miniflare.dispose();
  process.exit(0);
});
console.log((await miniflare.ready).href);
