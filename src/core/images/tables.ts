import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { aspects, pictureStyles } from "../../contract/video.ts";

export const images = sqliteTable(
  "images",
  {
    /** Also the id of its hold in the ledger. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    prompt: text().notNull(),
    aspect: text({ enum: aspects }).notNull(),
    style: text({ enum: pictureStyles }).notNull(),
    provider: text().notNull(),
    contentType: text("content_type").notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    credits: integer().notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    /** When the ledger has captured the hold; null: the cron still has to. */
    settledAtMs: integer("settled_at_ms"),
    deletedAtMs: integer("deleted_at_ms"),
    /** When the file of a deleted image was gone; null on a deleted one: the cron still has to. */
    purgedAtMs: integer("purged_at_ms"),
  },
  (table) => [
    index("images_by_tenant").on(table.tenantId, table.createdAtMs),
    index("images_unsettled").on(table.createdAtMs).where(sql`${table.settledAtMs} is null`),
    index("images_unpurged")
      .on(table.deletedAtMs)
      .where(sql`${table.deletedAtMs} is not null and ${table.purgedAtMs} is null`),
  ],
);
export type ImageRow = typeof images.$inferSelect;
