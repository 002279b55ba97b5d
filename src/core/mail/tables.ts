import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The outbox: written in the batch of what it tells of, sent by a queue, and asked for again by the cron. */
export const mails = sqliteTable(
  "mails",
  {
    id: text().primaryKey(),
    /** Normalised address; null once it is sent or given up: nothing of a mail is kept longer than it is needed. */
    recipient: text(),
    template: text().notNull(),
    language: text().notNull(),
    /** What the template is filled with, links that sign in among it; null as above. */
    values: text({ mode: "json" }).$type<Record<string, string>>(),
    attempts: integer().notNull().default(0),
    createdAtMs: integer("created_at_ms").notNull(),
    /** After this it would be of no use any more. */
    expiresAtMs: integer("expires_at_ms").notNull(),
    /** When the cron sends it again if nobody has; null: it is sent, or given up. */
    nextTryAtMs: integer("next_try_at_ms"),
    sentAtMs: integer("sent_at_ms"),
  },
  (table) => [index("mails_waiting").on(table.nextTryAtMs).where(sql`${table.nextTryAtMs} is not null`)],
);
