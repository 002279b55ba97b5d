import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Every change of state: who, for which tenant, what, to what, from where, when. */
export const auditLog = sqliteTable(
  "audit_log",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id"),
    actor: text().notNull(),
    action: text().notNull(),
    target: text().notNull(),
    address: text(),
    requestId: text("request_id").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    details: text({ mode: "json" }).$type<Record<string, string | number>>(),
  },
  (table) => [
    index("audit_log_by_tenant").on(table.tenantId, table.createdAtMs),
    index("audit_log_by_age").on(table.createdAtMs),
  ],
);

/**
 * Seals over the log, a chain for each tenant and one (`-`) for what has none: each is the hash of the rows since the seal
 * before it and of that seal. The rows cannot be changed by triggers; whoever gets round those breaks a seal.
 */
export const auditSeals = sqliteTable(
  "audit_seals",
  {
    chain: text().notNull(),
    sequence: integer().notNull(),
    /** The newest row it covers, by the order of `created_at_ms` and `id`. */
    lastRowId: text("last_row_id").notNull(),
    lastRowAtMs: integer("last_row_at_ms").notNull(),
    rows: integer().notNull(),
    /** SHA-256, hexadecimal. */
    hash: text().notNull(),
    sealedAtMs: integer("sealed_at_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.sequence] })],
);
