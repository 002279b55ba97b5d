import { integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** How long renders have taken of late, by what decides it most. */
export const renderPaces = sqliteTable("render_paces", {
  /** A resolution, or `draft`. */
  shape: text().primaryKey(),
  /** Seconds of rendering for each second of video: an exponential average. */
  ratio: real().notNull(),
  updatedAtMs: integer("updated_at_ms").notNull(),
});
