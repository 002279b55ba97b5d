import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const exportStatuses = ["running", "ready", "failed"] as const;

/** A tenant's data and files in one ZIP. */
export const dataExports = sqliteTable(
  "data_exports",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    status: text({ enum: exportStatuses }).notNull(),
    attempts: integer().notNull().default(0),
    /** Until when whoever makes it is believed to be alive. */
    leaseUntilMs: integer("lease_until_ms").notNull().default(0),
    createdAtMs: integer("created_at_ms").notNull(),
    readyAtMs: integer("ready_at_ms"),
    /** When its file is deleted. */
    expiresAtMs: integer("expires_at_ms"),
    size: integer(),
    sha256: text(),
    purgedAtMs: integer("purged_at_ms"),
  },
  (table) => [
    uniqueIndex("data_exports_one_at_a_time").on(table.tenantId).where(sql`${table.status} = 'running'`),
    index("data_exports_by_tenant").on(table.tenantId, table.createdAtMs),
    index("data_exports_unpurged").on(table.createdAtMs).where(sql`${table.purgedAtMs} is null`),
  ],
);

/**
 * Deletions of accounts, done and under way: the receipt. It names tenants and users, who are nobody any more, and no person:
 * the address is a digest, so that whoever asks about an address of theirs can be answered.
 */
export const deletions = sqliteTable(
  "deletions",
  {
    id: text().primaryKey(),
    userId: text("user_id").notNull(),
    /** Those that go with them. */
    tenantIds: text("tenant_ids", { mode: "json" }).$type<string[]>().notNull(),
    /** SHA-256, hexadecimal. */
    emailDigest: text("email_digest").notNull(),
    requestedAtMs: integer("requested_at_ms").notNull(),
    attempts: integer().notNull().default(0),
    leaseUntilMs: integer("lease_until_ms").notNull().default(0),
    completedAtMs: integer("completed_at_ms"),
    /** What was deleted, by kind. */
    counts: text({ mode: "json" }).$type<Record<string, number>>(),
    /** When all of it was done once more, for what late requests and workers had written. */
    sweptAtMs: integer("swept_at_ms"),
  },
  (table) => [
    index("deletions_unswept").on(table.requestedAtMs).where(sql`${table.sweptAtMs} is null`),
    index("deletions_by_digest").on(table.emailDigest),
  ],
);
