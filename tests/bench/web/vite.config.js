import { fileURLToPath } from "node:url";

const at = (/** @type {string} */ path) =>
  fileURLToPath(new URL(path, import.meta.url));

// The page's own engine folder beside the peers, in one bundle.
export default {
  root: at("."),
  base: "./",
  resolve: {
    alias: {
      "@shims": at("../../../shims/browser"),
      "@": at("../../../web/src"),
    },
  },
  worker: { format: "es" },
  build: {
    outDir: at("../../../build/bench-web"),
    emptyOutDir: true,
    target: "es2022",
  },
};
