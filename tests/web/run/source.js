// Modules of web/src without a browser, for tests of what is only computed.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./page.js";

/**
 * Gives [load], which imports a file of web/src, and an end.
 * @returns {Promise<{ load: (file: string) => Promise<any>, end: () => Promise<void> }>}
 */
export async function openSource() {
  const web = path.join(root, "web");
  const from = createRequire(path.join(web, "package.json"));
  const entry = from
    .resolve("vite")
    .replace(/index\.cjs$/, "dist/node/index.js");
  const { createServer } = await import(pathToFileURL(entry).href);
  const server = await createServer({
    root: web,
    configFile: false,
    logLevel: "error",
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true, include: [] },
    resolve: { alias: { "@": path.join(web, "src") } },
    appType: "custom",
  });
  /** @param {string} file */
  const load = (file) => server.ssrLoadModule(`/src/${file}`);
  const { speak } = await load("strings.ts");
  speak((await load("strings/en/all.ts")).en, "en");
  return {
    load,
    end: () => server.close(),
  };
}
