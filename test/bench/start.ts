import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { buildWorker } from "../../src/cli/build.ts";
import { median } from "./median.ts";
import { cpuMsOf, startedRuntimes } from "./process-cost.ts";

const rounds = 5;
const modulesTold = 12;

type Metadata = { outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> };

/**
 * What a new isolate has to load and run before it can answer: the bundle's size and what makes it, and the CPU time of a
 * runtime from nothing to its first answer, over that of one with the bare Worker. Both without bindings, so that nothing
 * else is started: the product's first answer says that its configuration is missing, which is after all of it was evaluated.
 */
export async function benchStart(): Promise<string[]> {
  const metafile = join(import.meta.dirname, "../../dist/worker-modules.json");
  const scriptPath = await buildWorker(["--metafile", metafile]);
  const script = await readFile(scriptPath);
  const { outputs } = JSON.parse(await readFile(metafile, "utf8")) as Metadata;
  await rm(metafile);
  const [product, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    product.push(await firstAnswerMs(scriptPath));
    bare.push(await firstAnswerMs(join(import.meta.dirname, "bare-worker.mjs")));
  }
  const own = median(product) - median(bare);
  return [
    `the bundle: ${kilobytes(script.byteLength)}, ${kilobytes(gzipSync(script).byteLength)} in gzip; its largest parts`,
    ...largestParts(outputs),
    `CPU of a new runtime until its first answer, median of ${rounds}: ${median(product).toFixed(0)} ms, of the bare Worker ${median(bare).toFixed(0)} ms`,
    `  loading and running the bundle: about ${own.toFixed(0)} ms`,
  ];
}

function largestParts(outputs: Metadata["outputs"]): string[] {
  const sizes = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(path);
      sizes.set(part, (sizes.get(part) ?? 0) + bytesInOutput);
    }
  }
  const sorted = [...sizes].sort(([, a], [, b]) => b - a).slice(0, modulesTold);
  return sorted.map(([part, bytes]) => `  ${kilobytes(bytes).padStart(9)}  ${part}`);
}

/** A package of npm, or a folder of ours. */
function partOf(path: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.split("/").slice(0, 2).join("/");
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

async function firstAnswerMs(scriptPath: string): Promise<number> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.NONE),
      telemetry: { enabled: false },
      workers: [
        {
          name: "start",
          rootPath: join(scriptPath, ".."),
          compatibilityDate: "2026-10-01",
          compatibilityFlags: ["nodejs_compat"],
          modules: [{ type: "ESModule", path: scriptPath }],
          modulesRoot: join(scriptPath, ".."),
        },
      ],
    }),
  );
  const url = await miniflare.ready;
  await (await fetch(new URL("/empty", url))).arrayBuffer();
  const [runtime = 0] = startedRuntimes();
  const cpuMs = cpuMsOf(runtime);
  await miniflare.dispose();
  return cpuMs;
}
