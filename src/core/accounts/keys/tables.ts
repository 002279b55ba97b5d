import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { keyKinds } from "../../../contract/keys.ts";
import { tenants, users } from "../tables.ts";

export type KeyKind = (typeof keyKinds)[number];

export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    /** Who made it, and so for whom it acts. */
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    kind: text({ enum: keyKinds }).notNull(),
    /** SHA-256, hexadecimal, of the whole key. */
    hash: text().notNull().unique(),
    /** What is shown of it: the kind's prefix and the first characters behind it. */
    prefix: text().notNull(),
    lastFour: text("last_four").notNull(),
    /** Of an embed key: the pages it may be used from, as exact origins. */
    origins: text({ mode: "json" }).$type<string[]>(),
    /** The one that `rotate-api-key` replaces. */
    isDefault: integer("is_default", { mode: "boolean" }).notNull().default(false),
    createdAtMs: integer("created_at_ms").notNull(),
    /** Written at most once a minute. */
    lastUsedAtMs: integer("last_used_at_ms"),
    /** The end of its grace, once another has replaced it. */
    expiresAtMs: integer("expires_at_ms"),
    revokedAtMs: integer("revoked_at_ms"),
  },
  (table) => [index("api_keys_by_tenant").on(table.tenantId), index("api_keys_by_user").on(table.userId)],
);
