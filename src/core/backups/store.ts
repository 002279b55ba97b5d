import { and, asc, count, desc, eq, isNotNull, isNull, lt, lte, max, or, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { backups, tenantBackups } from "./tables.ts";

export type NightRow = typeof backups.$inferSelect;
export type TenantBackupRow = typeof tenantBackups.$inferSelect;

export async function findNewestNight({ db }: Deps): Promise<NightRow | null> {
  const [row] = await db.select().from(backups).orderBy(desc(backups.night)).limit(1);
  return row ?? null;
}

export async function findNight({ db }: Deps, night: string): Promise<NightRow | null> {
  const [row] = await db.select().from(backups).where(eq(backups.night, night)).limit(1);
  return row ?? null;
}

/** A night of another database, which has written its files before this one was made. */
export async function adoptNight({ db }: Deps, night: NightRow): Promise<void> {
  await db.insert(backups).values(night).onConflictDoNothing();
}

/**
 * Begins a night for every tenant that there is now; `isAgain`: also one that was begun or ended before. false: another was
 * faster.
 */
export async function beginNight({ db }: Deps, night: string, nowMs: number, isAgain: boolean): Promise<boolean> {
  const row = db.insert(backups).values({ night, startedAtMs: nowMs });
  const begun = isAgain
    ? row.onConflictDoUpdate({ target: backups.night, set: { startedAtMs: nowMs, completedAtMs: null } })
    : row.onConflictDoNothing();
  const [inserted] = await db.batch([
    begun.returning({ night: backups.night }),
    db
      .insert(tenantBackups)
      .select(sql`select ${night}, id, null, 0, null from tenants where closed_at_ms is null`)
      .onConflictDoNothing(),
  ]);
  return inserted.length > 0;
}

/** Those that the night, as it was begun last, does not have yet. */
const isMissing = or(isNull(tenantBackups.completedAtMs), lt(tenantBackups.completedAtMs, backups.startedAtMs));

export async function findMissingTenants({ db }: Deps, night: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ tenantId: tenantBackups.tenantId })
    .from(tenantBackups)
    .innerJoin(backups, eq(backups.night, tenantBackups.night))
    .where(and(eq(tenantBackups.night, night), isMissing))
    .orderBy(asc(tenantBackups.tenantId))
    .limit(limit);
  return rows.map((row) => row.tenantId);
}

export async function isTenantMissing({ db }: Deps, night: string, tenantId: string): Promise<boolean> {
  const rows = await db
    .select({ tenantId: tenantBackups.tenantId })
    .from(tenantBackups)
    .innerJoin(backups, eq(backups.night, tenantBackups.night))
    .where(and(eq(tenantBackups.night, night), eq(tenantBackups.tenantId, tenantId), isMissing));
  return rows.length > 0;
}

export async function isTenantOpen({ db }: Deps, tenantId: string): Promise<boolean> {
  const rows = await db.all(sql`select 1 from tenants where id = ${tenantId} and closed_at_ms is null`);
  return rows.length > 0;
}

/** Users whose first tenant it is: each user is in the backup of exactly one. */
export async function findFirstUsers({ db }: Deps, tenantId: string): Promise<string[]> {
  const rows = await db.all<{ userId: string }>(sql`
    select user_id as userId from memberships as mine where tenant_id = ${tenantId} and not exists (
      select 1 from memberships as earlier where earlier.user_id = mine.user_id
        and (earlier.created_at_ms, earlier.tenant_id) < (mine.created_at_ms, mine.tenant_id))
    order by user_id`);
  return rows.map((row) => row.userId);
}

export async function completeTenant({ db }: Deps, row: TenantBackupRow): Promise<void> {
  const { night, tenantId, completedAtMs, bytes, sha256 } = row;
  await db
    .update(tenantBackups)
    .set({ completedAtMs, bytes, sha256 })
    .where(and(eq(tenantBackups.night, night), eq(tenantBackups.tenantId, tenantId)));
}

/** A restored one has the backup it came from. */
export async function rememberBackup({ db }: Deps, row: TenantBackupRow): Promise<void> {
  await db.insert(tenantBackups).values(row).onConflictDoNothing();
}

export async function forgetTenant({ db }: Deps, night: string, tenantId: string): Promise<void> {
  await db.delete(tenantBackups).where(and(eq(tenantBackups.night, night), eq(tenantBackups.tenantId, tenantId)));
}

export async function sumNight({ db }: Deps, night: string): Promise<{ tenants: number; bytes: number }> {
  const [sums] = await db
    .select({ tenants: count(), bytes: sql<number>`coalesce(sum(${tenantBackups.bytes}), 0)` })
    .from(tenantBackups)
    .where(and(eq(tenantBackups.night, night), isNotNull(tenantBackups.completedAtMs)));
  return sums ?? { tenants: 0, bytes: 0 };
}

/** Ends a night as it was begun; false: it was begun anew meanwhile, or another has ended it. */
export async function completeNight({ db }: Deps, { night, startedAtMs, ...ended }: NightRow): Promise<boolean> {
  const rows = await db
    .update(backups)
    .set(ended)
    .where(and(eq(backups.night, night), eq(backups.startedAtMs, startedAtMs), isNull(backups.completedAtMs)))
    .returning({ night: backups.night });
  return rows.length > 0;
}

export async function findNightsBefore({ db }: Deps, night: string): Promise<string[]> {
  const rows = await db.select({ night: backups.night }).from(backups).where(lt(backups.night, night));
  return rows.map((row) => row.night);
}

export async function forgetNightsThrough({ db }: Deps, night: string): Promise<void> {
  await db.batch([
    db.delete(tenantBackups).where(lte(tenantBackups.night, night)),
    db.delete(backups).where(lte(backups.night, night)),
  ]);
}

export async function findLastBackup({ db }: Deps, tenantId: string): Promise<number | null> {
  const [row] = await db
    .select({ atMs: max(tenantBackups.completedAtMs) })
    .from(tenantBackups)
    .where(eq(tenantBackups.tenantId, tenantId));
  return row?.atMs ?? null;
}
