import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** `sign_in`: a magic link. `reset`: choose a new password. `proof`: this address is mine. */
export const linkKinds = ["sign_in", "reset", "proof"] as const;
export type LinkKind = (typeof linkKinds)[number];

/** Links that work once, sent by mail. An address that has no account gets rows too, so that nobody can tell. */
export const oneTimeLinks = sqliteTable(
  "one_time_links",
  {
    id: text().primaryKey(),
    kind: text({ enum: linkKinds }).notNull(),
    /** SHA-256, hexadecimal, of 256 random bits (ASVS 6.5.2). */
    tokenHash: text("token_hash").notNull().unique(),
    /** Normalised. */
    email: text().notNull(),
    /** null: the account is made when the link is used. */
    userId: text("user_id"),
    /** SHA-256, hexadecimal, of the cookie of the browser that asked; null: no browser did. */
    browserHash: text("browser_hash"),
    createdAtMs: integer("created_at_ms").notNull(),
    expiresAtMs: integer("expires_at_ms").notNull(),
    usedAtMs: integer("used_at_ms"),
  },
  (table) => [
    index("one_time_links_by_user").on(table.userId),
    index("one_time_links_by_email").on(table.email),
    index("one_time_links_by_expiry").on(table.expiresAtMs),
  ],
);
