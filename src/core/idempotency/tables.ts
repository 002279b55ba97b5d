import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row for each Idempotency-Key of each user or API key: claimed before the work, answered after it. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    /** The user's id, or the API key's: one caller's keys are nobody else's (`idempotencyScope`). */
    scope: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of method, path and body. */
    fingerprint: text().notNull(),
    /** null while the first request runs. */
    status: integer(),
    body: text(),
    claimedAtMs: integer("claimed_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.key] }),
    index("idempotency_keys_by_age").on(table.claimedAtMs),
  ],
);
