/** Builds what the Worker serves beside its own answers (dist/web), and for `npm start` the Worker itself (dist/worker). */
import { spawn } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildEmbed } from "./build-embed.ts";
import { buildGuide } from "./build-guide.ts";
import { buildStudio } from "./build-studio.ts";

const root = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

export async function buildAssets(): Promise<void> {
  const assets = join(root, "dist/web/assets");
  await mkdir(assets, { recursive: true });
  await copyFile(require.resolve("rapidoc/dist/rapidoc-min.js"), join(assets, "api-reference.js"));
  await buildGuide();
  await buildEmbed();
  const weight = await buildStudio();
  if (weight === null) return;
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const { firstScript, firstStyle, largestPage } = weight;
  process.stderr.write(
    `studio: ${kilobytes(firstScript)} of script at first, ${kilobytes(firstStyle)} of style, ${kilobytes(largestPage)} for the largest page\n`,
  );
}

/** The very bundle a deploy uploads; `more` are options of wrangler's. Throws with its own words when it does not build. */
export async function buildWorker(more: readonly string[] = []): Promise<string> {
  const outdir = join(root, "dist/worker");
  await run(["deploy", "--dry-run", "--containers-rollout=none", "--outdir", outdir, ...more]);
  return join(outdir, "worker.js");
}

async function run(args: string[]): Promise<void> {
  const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");
  const child = spawn(process.execPath, [wrangler, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: join(root, "dist/logs") },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`wrangler ${args[0]} failed:\n${output}`);
}

if (import.meta.main) await buildAssets();
