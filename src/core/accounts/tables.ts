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
  /** When its owner last showed that mail to this address reaches them; null: anybody may have typed it. */
  emailProvenAtMs: integer("email_proven_at_ms"),
  /** Since when they may not sign in any more: an operator has said so. */
  disabledAtMs: integer("disabled_at_ms"),
  createdAtMs: integer("created_at_ms").notNull(),
});

/** Only of users who have chosen one: others sign in by link or by a provider. */
export const passwords = sqliteTable("passwords", {
  userId: text("user_id")
    .primaryKey()
    .references(() => users.id),
  /** scrypt, with its parameters. */
  hash: text().notNull(),
  setAtMs: integer("set_at_ms").notNull(),
});

/** Each user has one of their own, made with them; others may let them into theirs. */
export const tenants = sqliteTable(
  "tenants",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** When the free credits were granted; null until the ledger has said so, and the cron asks again. */
    welcomedAtMs: integer("welcomed_at_ms"),
    /** Since when it is being deleted: nobody is in it any more. */
    closedAtMs: integer("closed_at_ms"),
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
