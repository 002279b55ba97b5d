import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ProjectAnswer } from "../../contract/projects.ts";
import type { VideoOptionsBody } from "../../contract/video-options.ts";

export const projects = sqliteTable(
  "projects",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    title: text().notNull(),
    scenes: text({ mode: "json" }).notNull().$type<ProjectAnswer["scenes"]>(),
    options: text({ mode: "json" }).notNull().$type<VideoOptionsBody>(),
    /** One more with each save: who saves says which one they changed. */
    version: integer().notNull().default(1),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [index("projects_by_tenant").on(table.tenantId, table.createdAtMs)],
);
export type ProjectRow = typeof projects.$inferSelect;
