import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { mediaKinds } from "../../contract/container-protocol.ts";

export const assets = sqliteTable(
  "assets",
  {
    /** Also the id its bytes are counted under in the ledger. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    kind: text({ enum: mediaKinds }).notNull(),
    contentType: text("content_type").notNull(),
    name: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    width: integer(),
    height: integer(),
    durationSeconds: real("duration_seconds"),
    hasThumbnail: integer("has_thumbnail", { mode: "boolean" }).notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    deletedAtMs: integer("deleted_at_ms"),
    /** When the file of a deleted asset was gone, and its bytes given back; null on a deleted one: the cron still has to. */
    purgedAtMs: integer("purged_at_ms"),
  },
  (table) => [
    index("assets_by_tenant").on(table.tenantId, table.createdAtMs),
    uniqueIndex("assets_by_content").on(table.tenantId, table.sha256).where(sql`${table.deletedAtMs} is null`),
    index("assets_unpurged")
      .on(table.deletedAtMs)
      .where(sql`${table.deletedAtMs} is not null and ${table.purgedAtMs} is null`),
  ],
);
export type AssetRow = typeof assets.$inferSelect;

/** One row for each upload under way: what was cut off is found by it, and taken away. */
export const uploads = sqliteTable(
  "uploads",
  {
    /** The id of the asset it becomes. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    startedAtMs: integer("started_at_ms").notNull(),
  },
  (table) => [index("uploads_by_age").on(table.startedAtMs)],
);
export type Upload = Pick<typeof uploads.$inferSelect, "id" | "tenantId">;
