import { sql } from "drizzle-orm";
import type { HealthAnswer } from "../contract/health.ts";
import type { Context } from "./context.ts";
import { errorWords } from "./error-words.ts";

const checkLimitMs = 5_000;
/** A ledger that belongs to nobody: whether it answers tells whether ledgers do. */
const probeTenant = "health";

/** Asks each part that a paid video needs; what is down is named, why is only logged. */
export async function checkHealth(context: Context): Promise<HealthAnswer> {
  const { deps } = context;
  const probes = {
    database: () => deps.db.get(sql`select 1`),
    ledger: () => deps.ledger(probeTenant).readBalance(),
    storage: () => deps.files.probe(),
    renderer: () => deps.renderer.health(),
  };
  const names = Object.keys(probes) as (keyof typeof probes)[];
  const results = await Promise.all(
    names.map(async (name) => [name, await check(context, name, probes[name])] as const),
  );
  const checks = Object.fromEntries(results) as HealthAnswer["checks"];
  const isUp = results.every(([, result]) => result.status === "ok");
  return { status: isUp ? "ok" : "down", version: deps.version, checks };
}

async function check(context: Context, name: string, probe: () => Promise<unknown>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), checkLimitMs);
  });
  try {
    await Promise.race([probe(), tooLate]);
    return { status: "ok" as const };
  } catch (error) {
    context.deps.log.write("error", "health_check_failed", { check: name, error: errorWords(error) });
    return { status: "down" as const };
  } finally {
    clearTimeout(timer);
  }
}
