import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
