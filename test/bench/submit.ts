import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { buildAssets, buildWorker } from "../../src/cli/build.ts";
import { startPlatform } from "../../src/cli/local-platform.ts";
import { findFreePort } from "../../src/cli/processes.ts";
import { median } from "./median.ts";

const rounds = 3;
const roundSeconds = 3;
const connections = 10;
const host = "127.0.0.1";
const body = JSON.stringify({ prompt: "A young Kenyan entrepreneur builds an AI startup in Nairobi", scenes: 3 });

type Target = { name: string; url: string; headers: Record<string, string> };

export async function benchSubmit(): Promise<string[]> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-bench-"));
  const product = await startProduct(stateDir);
  const bare = await startBare();
  const targets: Target[] = [
    { name: "POST /api/videos", url: `${product.url}/api/videos`, headers: product.headers },
    { name: "bare Worker, same platform calls", url: `${bare.url}/submit`, headers: {} },
    { name: "bare Worker, no platform calls", url: `${bare.url}/empty`, headers: {} },
  ];
  const rates: number[][] = targets.map(() => []);
  for (const target of targets) await fire(target, 1);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of targets.entries()) rates[index]?.push(await fire(target, roundSeconds));
    await product.emptyBacklog();
  }
  await product.stop();
  await bare.stop();
  await rm(stateDir, { recursive: true, force: true });

  const ratio = (index: number) =>
    median((rates[0] ?? []).map((rate, round) => rate / (rates[index]?.[round] ?? Number.NaN)));
  return [
    `submit path, ${connections} connections, median of ${rounds} rounds of ${roundSeconds} s, workerd without a proxy`,
    ...targets.map(
      ({ name }, index) =>
        `  ${median(rates[index] ?? [])
          .toFixed(0)
          .padStart(6)} requests/s  ${name}`,
    ),
    `  ratio over the same platform calls  ${ratio(1).toFixed(2)}`,
    `  ratio over no platform calls        ${ratio(2).toFixed(2)}`,
  ];
}

async function fire(target: Target, seconds: number): Promise<number> {
  const result = await autocannon({
    url: target.url,
    method: "POST",
    headers: { "Content-Type": "application/json", ...target.headers },
    body,
    connections,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${target.name}: ${result.non2xx} refused, ${result.errors} errors`);
  return result["2xx"] / result.duration;
}

/** The product as `npm start` runs it, but with nobody rendering, limits out of the way, and a plan whose videos cost none. */
export async function startProduct(stateDir: string) {
  await buildAssets();
  const scriptPath = await buildWorker();
  const port = await findFreePort(host);
  const unlimited = (name: string) => ({
    [name]: { type: "ratelimit", name, namespace_id: name, simple: { limit: 1_000_000_000, period: 60 } },
  });
  const { miniflare } = await startPlatform({
    scriptPath,
    host,
    port,
    stateDir,
    variables: {
      ENVIRONMENT: "development",
      JWT_SECRET: "a secret of the bench, longer than 32 characters",
      RENDERER_URL: "http://127.0.0.1:9",
      USER_REQUESTS_PER_SECOND: "10000",
    },
    onLog: () => undefined,
    overrides: {
      queueConsumers: {},
      ratelimits: { ...unlimited("RATE_LIMIT_ADDRESS"), ...unlimited("RATE_LIMIT_USER") },
    },
  });
  const url = `http://${host}:${port}`;
  const response = await fetch(`${url}/api/auth/signup`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: "bench@example.com", password: "a password of the bench" }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  const database = await miniflare.getD1Database("DB");
  await database
    .prepare(
      "INSERT INTO plan_periods (id, tenant_id, plan, source, starts_at_ms, paid_until_ms, access_until_ms, created_at_ms) SELECT 'bench', id, 'enterprise', 'operator', 0, 1e15, 1e15, 0 FROM tenants",
    )
    .run();
  return {
    url,
    headers: { Authorization: `Bearer ${token}` },
    /** Nobody renders here, and a full backlog is refused. */
    emptyBacklog: () => database.prepare("DELETE FROM videos").run(),
    stop: () => miniflare.dispose(),
  };
}

async function startBare() {
  const port = await findFreePort(host);
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-bare-"));
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
          modules: [{ type: "ESModule", path: join(import.meta.dirname, "bare-worker.mjs") }],
          modulesRoot: import.meta.dirname,
          d1Databases: { DB: "bare" },
          durableObjects: { LEDGER: { className: "Ledger", useSQLite: true } },
          queueProducers: { QUEUE: "bare" },
        },
      ],
    }),
  );
  const database = await miniflare.getD1Database("DB");
  await database.exec("CREATE TABLE videos (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  return {
    url: `http://${host}:${port}`,
    async stop() {
      await miniflare.dispose();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
