import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { writeOfflineFiles } from "./offline_files.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The page with an engine that only tests have: every state of the page at will.
const fake = {
  find: "@/engine/start",
  replacement: here("../tests/web/fake/start.ts"),
};

// The page waits for its catalogue of texts before it begins: what comes behind that is fetched beside it.
const preloadApp: Plugin = {
  name: "preload-app",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle = {} }) {
      const app = Object.values(bundle).find(
        (part) =>
          part.type === "chunk" && part.facadeModuleId?.endsWith("/app.tsx"),
      );
      if (!app) return [];
      const attrs = { rel: "modulepreload", href: `./${app.fileName}` };
      return [
        {
          tag: "link",
          attrs: { ...attrs, crossorigin: true },
          injectTo: "head",
        },
      ];
    },
  },
};

/** The service worker's list of files; tools/web writes it again once the engine is there. */
const offline: Plugin = {
  name: "offline-files",
  writeBundle: ({ dir = "" }) => writeOfflineFiles(dir),
};

export default defineConfig(({ mode }) => ({
  // Relative addresses, so that the built folder works under any path of any static host.
  base: "./",
  plugins: [
    react(),
    tailwind(),
    preloadApp,
    ...(mode === "fake" ? [] : [offline]),
  ],
  resolve: {
    alias: [
      ...(mode === "fake" ? [fake] : []),
      { find: "@shims", replacement: here("../shims/browser") },
      { find: "@", replacement: here("./src") },
    ],
  },
  worker: { format: "es" },
  build: {
    outDir: mode === "fake" ? "../build/web-fake" : "../build/web",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: mode !== "fake",
    // Small files inlined into others would escape the host's caching of hashed names.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        index: here("./index.html"),
        // Its name is its address for good, above everything that it serves.
        ...(mode !== "fake" && { sw: here("./src/offline/worker/sw.ts") }),
      },
      output: {
        entryFileNames: ({ name }) =>
          name === "sw" ? "sw.js" : "assets/[name]-[hash].js",
      },
    },
  },
}));
