import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { RenderedScene, RenderFailure, RenderOutput } from "../../contract/render-events.ts";
import { videoStatuses } from "../../contract/render-events.ts";
import type { VideoDocument } from "../../contract/video.ts";
import { derivations } from "../../contract/videos.ts";
import type { Billing } from "./bill.ts";

export type StoredOutput = Omit<RenderOutput, "title" | "scenes">;

/** SQLite wants a default for a column that is added; every submit writes its own. */
const unbilled: Billing = {
  basis: { kind: "full" },
  usage: { images: 0, speech_seconds: 0, render_seconds: 0 },
};

export const videos = sqliteTable(
  "videos",
  {
    /** Also the id of its hold in the ledger. */
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    userId: text("user_id").notNull(),
    status: text({ enum: videoStatuses }).notNull(),
    /** 0 to 100; what the last heartbeat wrote, the room knows better. */
    progress: integer().notNull().default(0),
    title: text().notNull(),
    document: text({ mode: "json" }).notNull().$type<VideoDocument>(),
    /** The container's: the same document with the same seed is the same video. Derived videos inherit it. */
    seed: text().notNull().default(""),
    /** The video it was made from, and as what. */
    derivedFrom: text("derived_from"),
    derivedAs: text("derived_as", { enum: derivations }),
    projectId: text("project_id"),
    /** What it is charged for. */
    billing: text({ mode: "json" }).notNull().$type<Billing>().default(unbilled),
    /** The draft whose payment is taken off its price, as `billing` has it: a column, so that it is taken off once. */
    discountOf: text("discount_of"),
    scenes: text({ mode: "json" }).$type<(Pick<RenderedScene, "title" | "text"> & Partial<RenderedScene>)[]>(),
    output: text({ mode: "json" }).$type<StoredOutput>(),
    error: text({ mode: "json" }).$type<Pick<RenderFailure, "code" | "detail" | "scene" | "isRetryable">>(),
    queue: text({ enum: ["standard", "priority"] }).notNull(),
    /** Held at submit; what is charged at the end, once settled. */
    credits: integer().notNull(),
    ceilingSeconds: integer("ceiling_seconds").notNull(),
    estimatedRenderSeconds: integer("estimated_render_seconds").notNull(),
    attempts: integer().notNull().default(0),
    /** Who renders it now, and until when nobody else may. */
    leaseId: text("lease_id"),
    leaseUntilMs: integer("lease_until_ms"),
    /** When its message was last put on the queue. */
    enqueuedAtMs: integer("enqueued_at_ms").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    startedAtMs: integer("started_at_ms"),
    finishedAtMs: integer("finished_at_ms"),
    /** When the ledger has captured or released the hold; null on a finished video means the cron still has to. */
    settledAtMs: integer("settled_at_ms"),
    deletedAtMs: integer("deleted_at_ms"),
    /**
     * When the files of a deleted video were gone; null on a deleted one means the cron still has to. Of a failed or cancelled
     * one, when what its consumer had stored behind its end was gone.
     */
    purgedAtMs: integer("purged_at_ms"),
  },
  (table) => [
    index("videos_by_tenant").on(table.tenantId, table.createdAtMs),
    index("videos_by_project").on(table.projectId, table.createdAtMs).where(sql`${table.projectId} is not null`),
    index("videos_by_origin").on(table.derivedFrom).where(sql`${table.derivedFrom} is not null`),
    uniqueIndex("videos_one_discount").on(table.discountOf).where(sql`${table.status} not in ('failed', 'cancelled')`),
    index("videos_by_status").on(table.status, table.createdAtMs),
    index("videos_unsettled").on(table.settledAtMs, table.finishedAtMs),
    index("videos_unpurged")
      .on(table.deletedAtMs)
      .where(sql`${table.deletedAtMs} is not null and ${table.purgedAtMs} is null`),
    check("videos_credits", sql`${table.credits} >= 0`),
  ],
);
export type VideoRow = typeof videos.$inferSelect;
