/** Builds src/sdk as an npm package without dependencies (dist/sdk): one module, and one file of types. */
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { writeSdkTypes } from "./sdk-types.ts";

const root = join(import.meta.dirname, "../..");
/** What of it is not ours: its licence asks to be named where it goes. */
const banner = "/*! With eventsource-parser by Espen Hovlandsdal, MIT licence. */";

/** Answers with the folder, ready for `npm publish` or `npm pack`. */
export async function buildSdk(folder = join(root, "dist/sdk")): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    configFile: false,
    logLevel: "warn",
    root,
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2022",
      minify: false,
      lib: { entry: join(root, "src/sdk/package.ts"), formats: ["es"], fileName: () => "index.js" },
      rolldownOptions: { output: { banner } },
    },
  });
  await writeSdkTypes(join(folder, "index.d.ts"));
  await writeFile(join(folder, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`);
  await copyFile(join(root, "src/sdk/README.md"), join(folder, "README.md"));
  await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
  return folder;
}

async function manifest() {
  const own = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string; license: string };
  return {
    name: "shujaa-studio",
    version: own.version,
    description: "The client of Shujaa Studio: a prompt in, a narrated and captioned video out.",
    license: own.license,
    type: "module",
    sideEffects: false,
    exports: { ".": { types: "./index.d.ts", default: "./index.js" }, "./package.json": "./package.json" },
    types: "./index.d.ts",
    files: ["index.js", "index.d.ts"],
    // AbortSignal.any, which a call's own time limit beside the caller's signal needs.
    engines: { node: ">=20.3" },
  };
}

if (import.meta.main) console.log(await buildSdk());
