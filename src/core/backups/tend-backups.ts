import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { readRows } from "../privacy/read-rows.ts";
import { serviceTables } from "./backed-tables.ts";
import { type BackupPart, backupVersion, nightPrefix, serviceFileKey, writeBackupFile } from "./backup-file.ts";
import { learnDeletions } from "./deleted-accounts.ts";
import {
  findMark,
  isDue,
  listNightNames,
  markNight,
  type NightMark,
  nightOf,
  oldestKept,
  removeMark,
} from "./nights.ts";
import {
  adoptNight,
  beginNight,
  completeNight,
  findMissingTenants,
  findNewestNight,
  findNight,
  findNightsBefore,
  forgetNightsThrough,
  type NightRow,
  sumNight,
} from "./store.ts";

/**
 * Sent in one run. Ten are worked on at once, and a tenant takes about a second; what is not done by the next run is sent
 * again, and whoever comes second finds it done.
 */
const tenantsPerRun = 200;
/** Before the next begins. One tenant that cannot be backed up must not keep the deletions, and all others' old nights, waiting. */
const nightMs = 20 * 3_600_000;

/** The cron's: begins the night, sends what is missing of it, ends it, and drops the nights that are too old. */
export async function tendBackups(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const today = nightOf(nowMs);
  const newest = await findNewestNight(deps);
  if (isDue(nowMs) && newest?.night !== today) {
    if (newest?.completedAtMs === null) deps.log.write("error", "backup_unfinished", { night: newest.night });
    await startNight(deps, today);
  }
  const current = await findNewestNight(deps);
  if (current === null || current.completedAtMs !== null) return;
  const missing = await findMissingTenants(deps, current.night, tenantsPerRun);
  if (missing.length === 0) return endNight(context, current);
  if (nowMs >= current.startedAtMs + nightMs) {
    deps.log.write("error", "backup_incomplete", { night: current.night, tenants: missing.slice(0, 10) });
    return endNight(context, current);
  }
  await sendTenants(deps, current.night, missing);
}

/** Tonight's backup now, or once more: it takes the place of what this night has so far. */
export async function startNight(deps: Deps, night: string, isAgain = false): Promise<NightRow> {
  const mark = await findMark(deps, night);
  const nowMs = deps.clock.now();
  if (mark !== null && !isAgain && (await findNight(deps, night)) === null) {
    // This database is younger than the night's files: they are of the one that was lost, and all there is of it.
    const { started_at: startedAt, completed_at: completedAt, tenants, bytes } = mark;
    const completedAtMs = completedAt === null ? nowMs : Date.parse(completedAt);
    const adopted = { night, startedAtMs: Date.parse(startedAt), completedAtMs, tenants, bytes };
    await adoptNight(deps, adopted);
    return adopted;
  }
  await learnDeletions(deps);
  const begun = { night, startedAtMs: nowMs, completedAtMs: null, tenants: 0, bytes: 0 };
  if (await beginNight(deps, night, nowMs, isAgain)) await markNight(deps, toMark(begun));
  return begun;
}

function toMark({ night, startedAtMs, completedAtMs, tenants, bytes }: NightRow): NightMark {
  return {
    night,
    started_at: new Date(startedAtMs).toISOString(),
    completed_at: completedAtMs === null ? null : new Date(completedAtMs).toISOString(),
    tenants,
    bytes,
  };
}

async function sendTenants(deps: Deps, night: string, tenantIds: readonly string[]): Promise<void> {
  await Promise.all(tenantIds.map((tenantId) => deps.accountQueue.send({ type: "backup", night, tenantId })));
}

/** The service's own share last, so that it knows of every deletion until then. */
async function endNight({ deps }: Context, current: NightRow): Promise<void> {
  const { night } = current;
  const nowMs = deps.clock.now();
  const header = { version: backupVersion, night, tenant_id: null, made_at: new Date(nowMs).toISOString() };
  await writeBackupFile(deps, serviceFileKey(night), header, serviceParts(deps));
  await dropOldNights(deps, nowMs);
  const ended = { ...current, ...(await sumNight(deps, night)), completedAtMs: nowMs };
  // The mark first: who dies between the two ends the night again, and marks it the same.
  await markNight(deps, toMark(ended));
  if (!(await completeNight(deps, ended))) return;
  const { tenants, bytes, startedAtMs } = ended;
  deps.log.write("info", "backup_completed", { night, tenants, bytes, duration_ms: nowMs - startedAtMs });
}

async function* serviceParts(deps: Deps): AsyncGenerator<BackupPart> {
  for (const from of serviceTables) {
    for await (const rows of readRows(deps, from, "")) yield { table: from.table, rows };
  }
}

/** Only ever when a newer one has ended: while none is made, the last one there is stays. */
async function dropOldNights(deps: Deps, nowMs: number): Promise<void> {
  const oldest = oldestKept(nowMs);
  const marked = (await listNightNames(deps)).filter((night) => night < oldest);
  const old = [...new Set([...marked, ...(await findNightsBefore(deps, oldest))])].sort();
  for (const night of old) {
    await deps.files.deleteAll(nightPrefix(night));
    await removeMark(deps, night);
    await forgetNightsThrough(deps, night);
  }
}
