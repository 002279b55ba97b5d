/** What is stored of deletions. */
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { leaveStatements, soleTenants } from "../accounts/leave.ts";
import { auditRow, auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { deletions } from "./tables.ts";

export type DeletionRow = typeof deletions.$inferSelect;

/** Begins one and shuts everybody out whom it concerns, all at once; a user whose deletion is under way has that one. */
export async function insertDeletion(
  context: Context,
  row: { id: string; userId: string; tenantId: string; emailDigest: string },
): Promise<void> {
  const { db, clock } = context.deps;
  const { id, userId, tenantId, emailDigest } = row;
  const open = sql`select 1 from ${deletions} where user_id = ${userId} and completed_at_ms is null`;
  const goingIds = sql`(select value from ${deletions}, json_each(tenant_ids)
    where user_id = ${userId} and completed_at_ms is null)`;
  await db.batch([
    db
      .insert(deletions)
      .select(
        sql`select ${id}, ${userId}, ${soleTenants(userId)}, ${emailDigest}, ${clock.now()}, 0, 0, null, null, null where not exists (${open})`,
      ),
    auditRowIfChanged(context, { action: "account.delete", target: userId, tenantId }),
    ...leaveStatements(context.deps, userId, goingIds),
  ]);
}

export async function findDeletion(deps: Deps, id: string): Promise<DeletionRow | null> {
  const [row] = await deps.db.select().from(deletions).where(eq(deletions.id, id)).limit(1);
  return row ?? null;
}

export async function findOpenDeletion(deps: Deps, userId: string): Promise<DeletionRow | null> {
  const [row] = await deps.db
    .select()
    .from(deletions)
    .where(and(eq(deletions.userId, userId), isNull(deletions.completedAtMs)))
    .limit(1);
  return row ?? null;
}

export async function hasDeletionOf(deps: Deps, emailDigest: string): Promise<boolean> {
  const [row] = await deps.db
    .select({ id: deletions.id })
    .from(deletions)
    .where(eq(deletions.emailDigest, emailDigest))
    .limit(1);
  return row !== undefined;
}

/** Takes it for as long as `leaseMs`; null: it is done and swept, or somebody else's at the moment. `attempts` is the lease. */
export async function claimDeletion(deps: Deps, id: string, leaseMs: number): Promise<DeletionRow | null> {
  const nowMs = deps.clock.now();
  const [row] = await deps.db
    .update(deletions)
    .set({ leaseUntilMs: nowMs + leaseMs, attempts: sql`${deletions.attempts} + 1` })
    .where(and(eq(deletions.id, id), isNull(deletions.sweptAtMs), lt(deletions.leaseUntilMs, nowMs)))
    .returning();
  return row ?? null;
}

/** false: it is not this lease's any more. */
export async function leaseDeletion(deps: Deps, row: DeletionRow, leaseUntilMs: number): Promise<boolean> {
  const rows = await deps.db.update(deletions).set({ leaseUntilMs }).where(leased(row)).returning({ id: deletions.id });
  return rows.length > 0;
}

/** What there was, written down once, before anything of it is deleted. */
export async function writeCounts(
  deps: Deps,
  { id }: DeletionRow,
  counts: Record<string, number>,
  letter: BatchItem<"sqlite">[],
): Promise<void> {
  const update = deps.db
    .update(deletions)
    .set({ counts })
    .where(and(eq(deletions.id, id), isNull(deletions.counts)));
  await deps.db.batch([update, ...letter]);
}

/** The end of it, with the last rows that go: all or nothing. */
export async function writeCompleted(context: Context, row: DeletionRow, last: BatchItem<"sqlite">[]): Promise<void> {
  const { db, clock } = context.deps;
  const done = db
    .update(deletions)
    .set({ completedAtMs: clock.now() })
    .where(and(eq(deletions.id, row.id), isNull(deletions.completedAtMs)));
  const audit = auditRow(context, {
    action: "account.deleted",
    target: row.userId,
    tenantId: row.tenantIds[0] ?? null,
  });
  await db.batch([done, audit, ...last]);
}

/** The end of the sweep. */
export async function writeSwept({ db, clock }: Deps, row: DeletionRow, last: BatchItem<"sqlite">[]): Promise<void> {
  const done = db
    .update(deletions)
    .set({ sweptAtMs: clock.now() })
    .where(and(eq(deletions.id, row.id), isNull(deletions.sweptAtMs)));
  await db.batch([done, ...last]);
}

function leased({ id, attempts }: DeletionRow) {
  return and(eq(deletions.id, id), eq(deletions.attempts, attempts), isNull(deletions.sweptAtMs));
}

/** Those that nobody is at work on, and whose time it is. */
export async function findDueDeletions(deps: Deps, requestedBeforeMs: number, limit: number): Promise<DeletionRow[]> {
  return deps.db
    .select()
    .from(deletions)
    .where(
      and(
        isNull(deletions.sweptAtMs),
        lt(deletions.requestedAtMs, requestedBeforeMs),
        lt(deletions.leaseUntilMs, deps.clock.now()),
      ),
    )
    .orderBy(asc(deletions.requestedAtMs))
    .limit(limit);
}
