import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { transactionTypes } from "../../contract/credits.ts";

/** A copy of every tenant's ledger entries, for lists; the ledgers are the truth, and this can be rebuilt from them. */
export const creditTransactions = sqliteTable(
  "credit_transactions",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    /** The transaction's place in its ledger, from 1 without gaps. */
    sequence: integer().notNull(),
    type: text({ enum: transactionTypes }).notNull(),
    amount: integer().notNull(),
    balanceAfter: integer("balance_after").notNull(),
    description: text().notNull(),
    videoId: text("video_id"),
    paymentId: text("payment_id"),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [
    index("credit_transactions_by_tenant").on(table.tenantId, table.sequence),
    index("credit_transactions_by_video").on(table.videoId),
    index("credit_transactions_usage").on(table.createdAtMs).where(sql`${table.type} = 'usage'`),
  ],
);
