/** What is stored of exports. */
import { and, asc, desc, eq, gte, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { dataExports } from "./tables.ts";

export type ExportRow = typeof dataExports.$inferSelect;

/** Begins one, unless one is being made or the day's are used up; what came of it is to be read. */
export async function insertExport(
  context: Context,
  row: { id: string; tenantId: string; userId: string; nowMs: number; sinceMs: number; max: number },
): Promise<void> {
  const { id, tenantId, userId, nowMs, sinceMs, max } = row;
  const { db } = context.deps;
  const begun = sql`(select count(*) from ${dataExports} where tenant_id = ${tenantId} and created_at_ms > ${sinceMs})`;
  await db.batch([
    db
      .insert(dataExports)
      .select(
        sql`select ${id}, ${tenantId}, ${userId}, 'running', 0, 0, ${nowMs}, null, null, null, null, null where ${begun} < ${max}`,
      )
      .onConflictDoNothing(),
    auditRowIfChanged(context, { action: "account.export", target: id, tenantId }),
  ]);
}

export async function findExport(deps: Deps, id: string): Promise<ExportRow | null> {
  const [row] = await deps.db.select().from(dataExports).where(eq(dataExports.id, id)).limit(1);
  return row ?? null;
}

export async function findRunning(deps: Deps, tenantId: string): Promise<ExportRow | null> {
  const [row] = await deps.db
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.tenantId, tenantId), eq(dataExports.status, "running")))
    .limit(1);
  return row ?? null;
}

/** The last 30, the newest first; of one user, or since a moment. */
export async function findExports(
  deps: Deps,
  tenantId: string,
  { userId, sinceMs = 0 }: { userId?: string; sinceMs?: number },
): Promise<ExportRow[]> {
  const isTheirs = userId === undefined ? undefined : eq(dataExports.userId, userId);
  return deps.db
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.tenantId, tenantId), isTheirs, gte(dataExports.createdAtMs, sinceMs)))
    .orderBy(desc(dataExports.createdAtMs), desc(dataExports.id))
    .limit(30);
}

/** Those of one user that may have a file, in whichever tenant. */
export async function findUnpurgedOf(deps: Deps, userId: string): Promise<ExportRow[]> {
  return deps.db
    .select()
    .from(dataExports)
    .where(and(isNull(dataExports.purgedAtMs), eq(dataExports.userId, userId)));
}

/** Takes it for as long as `leaseMs`; null: it is made, given up, or somebody else's at the moment. `attempts` is the lease. */
export async function claimExport(deps: Deps, id: string, leaseMs: number): Promise<ExportRow | null> {
  const nowMs = deps.clock.now();
  const [row] = await deps.db
    .update(dataExports)
    .set({ leaseUntilMs: nowMs + leaseMs, attempts: sql`${dataExports.attempts} + 1` })
    .where(and(eq(dataExports.id, id), eq(dataExports.status, "running"), lt(dataExports.leaseUntilMs, nowMs)))
    .returning();
  return row ?? null;
}

/** false: it is not this lease's any more. A lease of nothing gives it back. */
export async function leaseExport(deps: Deps, row: ExportRow, leaseMs: number): Promise<boolean> {
  const leaseUntilMs = leaseMs === 0 ? 0 : deps.clock.now() + leaseMs;
  const rows = await deps.db
    .update(dataExports)
    .set({ leaseUntilMs })
    .where(leased(row))
    .returning({ id: dataExports.id });
  return rows.length > 0;
}

/** The guarded UPDATE that ends it, with its audit row behind it: for a batch. */
export function endStatements(
  context: Context,
  row: ExportRow,
  end: Partial<ExportRow> & { status: ExportRow["status"] },
) {
  const { id, tenantId } = row;
  const update = context.deps.db.update(dataExports).set(end).where(leased(row)).returning({ id: dataExports.id });
  return [update, auditRowIfChanged(context, { action: `export.${end.status}`, target: id, tenantId })] as const;
}

function leased({ id, attempts }: ExportRow) {
  return and(eq(dataExports.id, id), eq(dataExports.attempts, attempts), eq(dataExports.status, "running"));
}

/** Those that nobody makes: their message was lost, or whoever had it died. */
export async function findUnmade(deps: Deps, createdBeforeMs: number, limit: number): Promise<ExportRow[]> {
  return deps.db
    .select()
    .from(dataExports)
    .where(
      and(
        isNull(dataExports.purgedAtMs),
        eq(dataExports.status, "running"),
        lt(dataExports.createdAtMs, createdBeforeMs),
        lt(dataExports.leaseUntilMs, deps.clock.now()),
      ),
    )
    .orderBy(asc(dataExports.createdAtMs))
    .limit(limit);
}

export async function findExpired(deps: Deps, limit: number): Promise<ExportRow[]> {
  return deps.db
    .select()
    .from(dataExports)
    .where(
      and(
        isNull(dataExports.purgedAtMs),
        isNotNull(dataExports.expiresAtMs),
        lte(dataExports.expiresAtMs, deps.clock.now()),
      ),
    )
    .orderBy(asc(dataExports.createdAtMs))
    .limit(limit);
}

export async function markExportPurged(context: Context, { id, tenantId }: ExportRow): Promise<void> {
  const { db, clock } = context.deps;
  await db.batch([
    db
      .update(dataExports)
      .set({ purgedAtMs: clock.now() })
      .where(and(eq(dataExports.id, id), isNull(dataExports.purgedAtMs))),
    auditRowIfChanged(context, { action: "export.purge", target: id, tenantId }),
  ]);
}
