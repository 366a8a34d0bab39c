import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Relative addresses, so that the built folder works under any path of any static host.
export default defineConfig({
  base: "./",
  plugins: [react(), tailwind()],
  resolve: {
    alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) },
  },
  worker: { format: "es" },
  build: {
    outDir: "../build/web",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: true,
    // Small files inlined into others would escape the host's caching of hashed names.
    assetsInlineLimit: 0,
  },
});
