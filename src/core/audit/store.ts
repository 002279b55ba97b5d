import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { beginning, type Place, type SealedRow } from "./seal.ts";
import { auditLog, auditSeals } from "./tables.ts";

export type SealRow = typeof auditSeals.$inferSelect;

/** The chain of what has no tenant. */
export const serviceChain = "-";

export function chainOf(tenantId: string | null): string {
  return tenantId ?? serviceChain;
}

export async function findLastSeal({ db }: Deps, chain: string): Promise<SealRow | null> {
  const [seal] = await db
    .select()
    .from(auditSeals)
    .where(eq(auditSeals.chain, chain))
    .orderBy(desc(auditSeals.sequence))
    .limit(1);
  return seal ?? null;
}

export async function findSeals(
  { db }: Deps,
  chain: string,
  page: { afterSequence: number; limit: number },
): Promise<SealRow[]> {
  return await db
    .select()
    .from(auditSeals)
    .where(and(eq(auditSeals.chain, chain), gt(auditSeals.sequence, page.afterSequence)))
    .orderBy(asc(auditSeals.sequence))
    .limit(page.limit);
}

/** Rows of a chain in their order, those after a place and no newer than `untilMs`. */
export async function findRowsAfter(
  { db }: Deps,
  chain: string,
  page: { after: Place; untilMs: number; limit: number },
): Promise<SealedRow[]> {
  const { atMs, id } = page.after;
  // The first condition is what the index can use; the second alone would read every row of the tenant.
  return await db
    .select({
      id: auditLog.id,
      tenantId: auditLog.tenantId,
      actor: auditLog.actor,
      action: auditLog.action,
      target: auditLog.target,
      address: auditLog.address,
      requestId: auditLog.requestId,
      createdAtMs: auditLog.createdAtMs,
      // As it is written: read as JSON and written again, a change of its spaces would not be seen.
      details: sql<string | null>`${auditLog.details}`,
    })
    .from(auditLog)
    .where(
      and(
        chain === serviceChain ? sql`${auditLog.tenantId} is null` : eq(auditLog.tenantId, chain),
        sql`${auditLog.createdAtMs} >= ${atMs}`,
        sql`${auditLog.createdAtMs} <= ${page.untilMs}`,
        sql`(${auditLog.createdAtMs} > ${atMs} or ${auditLog.id} > ${id})`,
      ),
    )
    .orderBy(asc(auditLog.createdAtMs), asc(auditLog.id))
    .limit(page.limit);
}

/**
 * Chains that have rows of this span which no seal covers, those that have waited longest first: were it always the same ones,
 * and there are more than a run takes, the others would never have their turn.
 */
export async function findUnsealedChains(
  { db }: Deps,
  span: { fromMs: number; untilMs: number },
  limit: number,
): Promise<string[]> {
  const chain = sql<string>`coalesce(${auditLog.tenantId}, ${serviceChain})`;
  const lastSeal = sql`select last_row_at_ms, last_row_id from audit_seals where chain = ${chain} order by sequence desc limit 1`;
  const rows = await db
    .select({ chain })
    .from(auditLog)
    .where(
      sql`${auditLog.createdAtMs} between ${span.fromMs} and ${span.untilMs}
        and (${auditLog.createdAtMs}, ${auditLog.id}) >
          (select coalesce(max(last_row_at_ms), ${beginning.atMs}), coalesce(max(last_row_id), '') from (${lastSeal}))`,
    )
    .groupBy(chain)
    .orderBy(sql`min(${auditLog.createdAtMs})`)
    .limit(limit);
  return rows.map((row) => row.chain);
}

/** Whoever numbers a seal first has it: the other one's is dropped, and made again from what is left. */
export async function insertSeal({ db }: Deps, seal: SealRow): Promise<void> {
  await db.insert(auditSeals).values(seal).onConflictDoNothing();
}
