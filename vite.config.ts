import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The studio: built by `npm run build`, and served while it is worked on by `npm run dev:studio` in front of `npm start`. */
export default defineConfig({
  root: join(import.meta.dirname, "src/studio"),
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, "dist/studio"),
    emptyOutDir: true,
    // Names of what the build makes hold a digest: /assets/studio/* may be kept for ever, but for what is in public/.
    assetsDir: "assets/studio",
    target: "es2022",
    // Pictures stay files: the page's policy takes them from here, and the first load should not carry them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // A phone on a slow line pays for each request: few files, and those of others' code keep their names when ours change.
        codeSplitting: {
          groups: [
            { name: "libraries", tags: ["$initial"], test: /node_modules/, priority: 2 },
            { name: "first", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "^/(api|assets/studio/bricolage)": "http://127.0.0.1:8787" },
  },
});
