import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { buildAssets, buildWorker } from "../../src/cli/build.ts";
import { readMigrations } from "../support/read-migrations.ts";
import { median } from "./median.ts";

/**
 * The ledger of the very bundle that is deployed, against a Durable Object that does one insert a call. A hold asks for its
 * limits and its credits, writes its operation, its entry with its hash, its counters and its row, and is copied to D1
 * meanwhile.
 */

const rounds = 3;
const debits = 2_000;
const inFlight = 50;
const manyAccounts = 50;

export async function benchLedger(): Promise<string[]> {
  const stateDir = await mkdtemp(join(tmpdir(), "shujaa-ledger-bench-"));
  const miniflare = await startLedgers(stateDir);
  try {
    const lines = [
      `ledger, holds a second, ${inFlight} in flight, median of ${rounds} interleaved rounds of ${debits}, called from inside workerd:`,
    ];
    for (const accounts of [1, manyAccounts]) {
      await measure(miniflare, "product", accounts, -1);
      await measure(miniflare, "bare", accounts, -1);
      const measured: { product: number; bare: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        measured.push({
          product: await measure(miniflare, "product", accounts, round),
          bare: await measure(miniflare, "bare", accounts, round),
        });
      }
      const rate = (of: "product" | "bare") => median(measured.map((one) => one[of])).toFixed(0);
      const ratio = median(measured.map(({ product, bare }) => product / bare)).toFixed(2);
      const name = accounts === 1 ? "on one account" : `over ${accounts} accounts`;
      lines.push(`  ${name}: ${rate("product")}, a bare object's inserts ${rate("bare")}, ratio ${ratio}`);
    }
    return lines;
  } finally {
    await miniflare.dispose();
    await rm(stateDir, { recursive: true, force: true });
  }
}

/** Debits a second. One request makes all of them, so that what it costs itself is lost among them. */
async function measure(miniflare: Miniflare, target: "product" | "bare", accounts: number, round: number) {
  const body = JSON.stringify({ target, accounts, round, debits, inFlight });
  const startedMs = performance.now();
  const response = await miniflare.dispatchFetch("http://bench/", { method: "POST", body });
  const { made } = (await response.json()) as { made: number };
  const seconds = (performance.now() - startedMs) / 1_000;
  if (made !== debits) throw new Error(`${target}: ${made} of ${debits} debits were made`);
  return debits / seconds;
}

async function startLedgers(stateDir: string): Promise<Miniflare> {
  await buildAssets();
  const bundle = await buildWorker();
  const common = { compatibilityDate: "2026-10-01", compatibilityFlags: ["nodejs_compat"] };
  const worker = (name: string, directory: string, file: string) => ({
    ...common,
    name,
    rootPath: directory,
    modules: [{ type: "ESModule" as const, path: join(directory, file) }],
    modulesRoot: directory,
  });
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.ERROR),
      telemetry: { enabled: false },
      resourcePersistencePath: stateDir,
      workers: [
        {
          ...worker("driver", import.meta.dirname, "ledger-driver.mjs"),
          durableObjects: {
            PRODUCT: { className: "CreditLedger", scriptName: "product", useSQLite: true },
            BARE: { className: "Ledger", scriptName: "bare", useSQLite: true },
          },
        },
        {
          ...worker("product", join(bundle, ".."), "worker.js"),
          d1Databases: { DB: "bench" },
          durableObjects: { CREDIT_LEDGER: { className: "CreditLedger", useSQLite: true } },
        },
        {
          ...worker("bare", import.meta.dirname, "bare-worker.mjs"),
          durableObjects: { LEDGER: { className: "Ledger", useSQLite: true } },
        },
      ],
    }),
  );
  const database = await miniflare.getD1Database("DB", "product");
  for (const { queries } of readMigrations(join(import.meta.dirname, "../../migrations"))) {
    for (const query of queries) await database.prepare(query).run();
  }
  return miniflare;
}
