import { and, asc, desc, eq, getTableColumns, gt, gte, lt } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { TransactionType } from "../../contract/credits.ts";
import { creditTransactions } from "./tables.ts";

export type TransactionRow = typeof creditTransactions.$inferSelect;

/** D1 takes 100 bound parameters a statement. */
const rowsPerStatement = Math.floor(100 / Object.keys(getTableColumns(creditTransactions)).length);

/** Copies entries into the list, all or none; those that are there already stay as they are. */
export async function copyTransactions(db: DrizzleD1Database, rows: readonly TransactionRow[]): Promise<void> {
  const statementOf = (start: number) =>
    db
      .insert(creditTransactions)
      .values(rows.slice(start, start + rowsPerStatement))
      .onConflictDoNothing({ target: creditTransactions.id });
  if (rows.length === 0) return;
  const others = [];
  for (let start = rowsPerStatement; start < rows.length; start += rowsPerStatement) others.push(statementOf(start));
  await db.batch([statementOf(0), ...others]);
}

export type TransactionFilter = {
  tenantId: string;
  type?: TransactionType | undefined;
  /** Epoch milliseconds, the first included, the last not. */
  fromMs?: number | undefined;
  untilMs?: number | undefined;
};

/** Newest first, those older than `beforeSequence`. */
export async function findTransactions(
  db: DrizzleD1Database,
  filter: TransactionFilter,
  page: { beforeSequence: number | null; limit: number },
): Promise<TransactionRow[]> {
  const { tenantId, type, fromMs, untilMs } = filter;
  const { tenantId: tenant, sequence, type: kind, createdAtMs } = creditTransactions;
  return await db
    .select()
    .from(creditTransactions)
    .where(
      and(
        eq(tenant, tenantId),
        page.beforeSequence === null ? undefined : lt(sequence, page.beforeSequence),
        type === undefined ? undefined : eq(kind, type),
        fromMs === undefined ? undefined : gte(createdAtMs, fromMs),
        untilMs === undefined ? undefined : lt(createdAtMs, untilMs),
      ),
    )
    .orderBy(desc(sequence))
    .limit(page.limit);
}

/** Oldest first, those after a place. */
export async function findTransactionsAfter(
  db: DrizzleD1Database,
  tenantId: string,
  page: { afterNumber: number; limit: number },
): Promise<TransactionRow[]> {
  return await db
    .select()
    .from(creditTransactions)
    .where(and(eq(creditTransactions.tenantId, tenantId), gt(creditTransactions.sequence, page.afterNumber)))
    .orderBy(asc(creditTransactions.sequence))
    .limit(page.limit);
}
