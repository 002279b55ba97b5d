import { eq, isNull, sql } from "drizzle-orm";
import { newestCompletedNight } from "../backups/newest-night.ts";
import type { Deps } from "../deps.ts";
import { type Gauge, waiting } from "../gauge.ts";
import { dataExports, deletions } from "./tables.ts";

/** Exports and deletions that people wait for, and the age of the newest whole backup. */
export async function measurePrivacy(deps: Deps): Promise<Gauge[]> {
  const { db, clock } = deps;
  const nowMs = clock.now();
  const count = sql<number>`count(*)`;
  const [[exports], [open], backedUpAtMs] = await Promise.all([
    db
      .select({ count, oldestMs: sql<number | null>`min(${dataExports.createdAtMs})` })
      .from(dataExports)
      .where(eq(dataExports.status, "running")),
    db
      .select({ count, oldestMs: sql<number | null>`min(${deletions.requestedAtMs})` })
      .from(deletions)
      .where(isNull(deletions.completedAtMs)),
    newestCompletedNight(deps),
  ]);
  return [
    ...waiting(
      { name: "shujaa_exports_running", help: "Exports that are being made." },
      exports?.count ?? 0,
      exports?.oldestMs ?? null,
      nowMs,
    ),
    ...waiting(
      { name: "shujaa_deletions_running", help: "Accounts that are being deleted." },
      open?.count ?? 0,
      open?.oldestMs ?? null,
      nowMs,
    ),
    {
      name: "shujaa_backup_age_seconds",
      help: "Since the newest whole backup began; none before the first.",
      samples: backedUpAtMs === null ? [] : [{ value: (nowMs - backedUpAtMs) / 1000 }],
    },
  ];
}
