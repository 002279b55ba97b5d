import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const memberRoles = ["owner", "creator"] as const;
export type MemberRole = (typeof memberRoles)[number];

export const users = sqliteTable("users", {
  id: text().primaryKey(),
  /** Normalised: NFKC, trimmed, lower case. */
  email: text().notNull().unique(),
  /** E.164. */
  phone: text().unique(),
  name: text(),
  /** scrypt, with its parameters. */
  passwordHash: text("password_hash").notNull(),
  createdAtMs: integer("created_at_ms").notNull(),
});

export const tenants = sqliteTable(
  "tenants",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** When the free credits were granted; null until the ledger has said so, and the cron asks again. */
    welcomedAtMs: integer("welcomed_at_ms"),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [index("tenants_unwelcomed").on(table.createdAtMs).where(sql`${table.welcomedAtMs} is null`)],
);

export const memberships = sqliteTable(
  "memberships",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    role: text({ enum: memberRoles }).notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.userId] }),
    index("memberships_by_user").on(table.userId),
    check("memberships_role", sql`${table.role} in ('owner', 'creator')`),
  ],
);

/** A signed-in client. The access token names its session, so deleting nothing but setting `endedAtMs` ends it at once. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    createdAtMs: integer("created_at_ms").notNull(),
    expiresAtMs: integer("expires_at_ms").notNull(),
    endedAtMs: integer("ended_at_ms"),
    address: text(),
    userAgent: text("user_agent"),
  },
  (table) => [index("sessions_by_user").on(table.userId)],
);
