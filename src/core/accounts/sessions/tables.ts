import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenants, users } from "../tables.ts";

export const signInMethods = ["password", "link", "google", "github"] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** A signed-in client. Every access token and refresh token names one, so that setting `endedAtMs` ends them all at once. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** In which of their tenants they are at work. */
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    method: text({ enum: signInMethods }).notNull().default("password"),
    createdAtMs: integer("created_at_ms").notNull(),
    /** When they last proved who they are; `permissions.ts` says what needs that to be lately. */
    authenticatedAtMs: integer("authenticated_at_ms").notNull().default(0),
    /** Absolute: no refresh moves it; what is ended expires then, so that one index finds both. */
    expiresAtMs: integer("expires_at_ms").notNull(),
    endedAtMs: integer("ended_at_ms"),
    /** How often its refresh token was changed for a new one: only the newest is good. */
    generation: integer().notNull().default(0),
    /** When the newest was made. */
    refreshedAtMs: integer("refreshed_at_ms").notNull().default(0),
    /** Who made the last change: address and user agent, digested. */
    refreshedBy: text("refreshed_by"),
    /** Random: part of what its refresh tokens are made of. */
    salt: text().notNull().default(""),
    address: text(),
    userAgent: text("user_agent"),
  },
  (table) => [
    index("sessions_by_user").on(table.userId),
    index("sessions_by_tenant").on(table.tenantId),
    index("sessions_by_expiry").on(table.expiresAtMs),
  ],
);
