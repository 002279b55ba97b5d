import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { oauthProviders } from "../../../contract/oauth.ts";
import { users } from "../tables.ts";

/** Who a user is at a provider: by its subject, which stays, and never by an address, which may change hands (ASVS 6.8.1). */
export const identities = sqliteTable(
  "identities",
  {
    provider: text({ enum: oauthProviders }).notNull(),
    subject: text().notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id),
    /** As the provider had it when they were linked. */
    email: text().notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    lastUsedAtMs: integer("last_used_at_ms").notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] }), index("identities_by_user").on(table.userId)],
);
