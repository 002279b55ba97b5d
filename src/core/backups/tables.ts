import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One a UTC day: `night` is that day, 2026-11-25. */
export const backups = sqliteTable("backups", {
  night: text().primaryKey(),
  startedAtMs: integer("started_at_ms").notNull(),
  completedAtMs: integer("completed_at_ms"),
  tenants: integer().notNull().default(0),
  bytes: integer().notNull().default(0),
});

/** The share of each tenant in it. */
export const tenantBackups = sqliteTable(
  "tenant_backups",
  {
    night: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    completedAtMs: integer("completed_at_ms"),
    bytes: integer().notNull().default(0),
    sha256: text(),
  },
  (table) => [
    primaryKey({ columns: [table.night, table.tenantId] }),
    index("tenant_backups_by_tenant").on(table.tenantId),
  ],
);
