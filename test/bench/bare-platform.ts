import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { root } from "../../src/cli/local-settings.ts";
import { findFreePort } from "../../src/cli/processes.ts";
import { countedModules } from "./counted-modules.ts";

const host = "127.0.0.1";
const { workerOptions } = workerOptionsOf(join(root, "wrangler.toml"));
const scriptPath = join(import.meta.dirname, "bare-worker.mjs");

/** The bare Worker, on a platform of its own, as the product is. */
export async function startBare(options: { isCounted: boolean } = { isCounted: false }) {
  const port = await findFreePort(host);
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-bare-"));
  const plain = { modules: [{ type: "ESModule" as const, path: scriptPath }], modulesRoot: import.meta.dirname };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host,
      port,
      cf: false,
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
      resourcePersistencePath: stateDir,
      workers: [
        {
          name: "bare",
          rootPath: import.meta.dirname,
          compatibilityDate: "2026-10-01",
          ...(options.isCounted ? await countedModules(scriptPath) : plain),
          // A Worker with static files is reached through the platform's own router, as the product is.
          assets: workerOptions.assets as { directory: string; binding: string },
          d1Databases: { DB: "bare" },
          durableObjects: {
            LEDGER: { className: "Ledger", useSQLite: true },
            RATE_WINDOW: { className: "RateWindow", useSQLite: true },
          },
          ratelimits: {
            RATE_LIMIT_USER: { namespace_id: "bare", simple: { limit: 1_000_000_000, period: 60 } },
          },
          queueProducers: { QUEUE: "bare" },
        },
      ],
    }),
  );
  const database = await miniflare.getD1Database("DB");
  await database.batch(
    [
      "CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL)",
      "INSERT INTO sessions VALUES ('one', 'somebody')",
      "CREATE TABLE videos (id TEXT PRIMARY KEY, body TEXT NOT NULL)",
      "CREATE TABLE audit_log (id TEXT PRIMARY KEY, target TEXT NOT NULL)",
    ].map((query) => database.prepare(query)),
  );
  return {
    url: `http://${host}:${port}`,
    async stop() {
      await miniflare.dispose();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
