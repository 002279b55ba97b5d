import { execFile } from "node:child_process";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import packageFile from "../package.json" with { type: "json" };
import { heartbeatIntervalMs, keepFinishedMs } from "../src/contract/container-protocol.ts";
import { openDesk } from "./desk.ts";
import { findFfmpeg } from "./ffmpeg/binary.ts";
import { createRendererServer } from "./http.ts";
import { openJobs } from "./jobs.ts";
import { causesOf, log } from "./log.ts";
import { offlineProviders } from "./providers.ts";
import { readRendererVersion } from "./renderer-version.ts";

const settings = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8788),
  /** Renders at a time: each keeps about two cores busy. */
  RENDER_SLOTS: z.coerce
    .number()
    .int()
    .min(1)
    .default(Math.max(1, Math.floor(availableParallelism() / 2))),
  RENDER_DIR: z.string().default(path.join(tmpdir(), "shujaa-renders")),
  /** How long a step may stand still before its encoder is ended. */
  RENDER_STEP_LIMIT_SECONDS: z.coerce.number().positive().default(60),
  /** `1`: end when standard input closes, so that a killed parent leaves no renderer behind. */
  EXIT_WITH_PARENT: z.enum(["0", "1"]).default("0"),
});

/** A stopping renderer has ended by then, whoever still listens. */
const stopLimitMs = 3_000;

async function ffmpegVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(findFfmpeg(), ["-version"], { timeout: 10_000 });
  return /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? "unknown";
}

async function main(): Promise<void> {
  const { HOST, PORT, RENDER_SLOTS, RENDER_DIR, RENDER_STEP_LIMIT_SECONDS, EXIT_WITH_PARENT } = settings.parse(
    process.env,
  );
  const ffmpeg = await ffmpegVersion();
  const jobs = await openJobs({
    rootDirectory: RENDER_DIR,
    slots: RENDER_SLOTS,
    providers: offlineProviders,
    version: await readRendererVersion(ffmpeg),
    heartbeatMs: heartbeatIntervalMs,
    keepFinishedMs,
    stepLimitMs: RENDER_STEP_LIMIT_SECONDS * 1_000,
  });
  const desk = openDesk({ directory: jobs.directory, providers: offlineProviders });
  const server = createRendererServer({ jobs, desk, about: { version: packageFile.version, ffmpeg } });

  const stop = () => {
    setTimeout(() => process.exit(0), stopLimitMs).unref();
    server.close();
    void jobs.close().then(() => {
      log("stopped", {});
      server.closeIdleConnections();
      process.stdin.destroy();
    });
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  if (EXIT_WITH_PARENT === "1") process.stdin.once("close", stop).resume();

  server.once("error", fail);
  server.listen(PORT, HOST, () => {
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : PORT;
    log("listening", { url: `http://${HOST}:${port}`, slots: RENDER_SLOTS, ffmpeg });
  });
}

function fail(error: unknown): void {
  log("not_started", { causes: causesOf(error) });
  process.exit(1);
}

await main().catch(fail);
