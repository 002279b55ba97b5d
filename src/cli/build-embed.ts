import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** dist/web/embed.js: one classic script, since a page of another origin may load that without being asked first. */
export async function buildEmbed(): Promise<void> {
  const { build } = await import("vite");
  await build({
    configFile: false,
    logLevel: "warn",
    root,
    build: {
      outDir: join(root, "dist/web"),
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2022",
      lib: {
        entry: join(root, "src/embed/embed.ts"),
        formats: ["iife"],
        name: "ShujaaEmbed",
        fileName: () => "embed.js",
      },
    },
  });
}

if (import.meta.main) await buildEmbed();
