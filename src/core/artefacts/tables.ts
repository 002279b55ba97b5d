import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { artefactKinds } from "../../contract/render-events.ts";

/** What a render makes, and what models make for it. */
export const keptKinds = [...artefactKinds, "script", "voice", "picture"] as const;
export type KeptKind = (typeof keptKinds)[number];

/** What is kept of renders for the next one that wants the same; the bytes are in the file store. */
export const artefacts = sqliteTable(
  "artefacts",
  {
    tenantId: text("tenant_id").notNull(),
    /** SHA-256 of everything it is made from, hexadecimal. */
    key: text().notNull(),
    kind: text({ enum: keptKinds }).notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    contentType: text("content_type").notNull(),
    /** The model that made it; null for what the renderer made. */
    provider: text(),
    /** The video that used it last: it goes with that one. */
    videoId: text("video_id").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    usedAtMs: integer("used_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.key] }),
    index("artefacts_by_video").on(table.videoId),
    index("artefacts_by_use").on(table.usedAtMs),
  ],
);
export type ArtefactRow = typeof artefacts.$inferSelect;
