import { and, asc, desc, eq, gte, inArray, isNull, lt, sql } from "drizzle-orm";
import type { AdminVideoAnswer, AdminVideosAnswer, AdminVideosQuery, StuckAnswer } from "../../contract/admin.ts";
import { terminalStatuses } from "../../contract/render-events.ts";
import type { Deps } from "../deps.ts";
import { afterCursor, toPage } from "../page.ts";
import { type VideoRow, videos } from "./tables.ts";

const shownMax = 50;
/** The cron settles what has ended within a minute. */
const unsettledAfterMs = 5 * 60_000;
const waitingAfterMs = 15 * 60_000;

/** Everybody's videos, deleted ones too, the newest first, for operators. */
export async function searchVideos({ db }: Deps, input: AdminVideosQuery): Promise<AdminVideosAnswer> {
  const found = await db
    .select()
    .from(videos)
    .where(
      and(afterCursor(videos, input.cursor), input.status === undefined ? undefined : eq(videos.status, input.status)),
    )
    .orderBy(desc(videos.createdAtMs), desc(videos.id))
    .limit(input.limit + 1);
  const { rows, nextCursor } = toPage(found, input.limit);
  return { data: rows.map(toAdminVideo), next_cursor: nextCursor };
}

/** Videos that have ended and are not paid or given back, and those that wait for long: the oldest first. */
export async function findStuckVideos({
  db,
  clock,
}: Deps): Promise<Pick<StuckAnswer, "unsettled_videos" | "waiting_videos">> {
  const nowMs = clock.now();
  const all = sql<number>`count(*) over ()`;
  const [unsettled, waiting] = await db.batch([
    db
      .select({ row: videos, all })
      .from(videos)
      .where(
        and(
          isNull(videos.settledAtMs),
          lt(videos.finishedAtMs, nowMs - unsettledAfterMs),
          inArray(videos.status, [...terminalStatuses]),
        ),
      )
      .orderBy(asc(videos.finishedAtMs))
      .limit(shownMax),
    db
      .select({ row: videos, all })
      .from(videos)
      .where(and(eq(videos.status, "queued"), lt(videos.createdAtMs, nowMs - waitingAfterMs)))
      .orderBy(asc(videos.createdAtMs))
      .limit(shownMax),
  ]);
  const toStuck = (found: readonly { row: VideoRow; all: number }[]) => ({
    count: found[0]?.all ?? 0,
    data: found.map(({ row }) => toAdminVideo(row)),
  });
  return { unsettled_videos: toStuck(unsettled), waiting_videos: toStuck(waiting) };
}

/** How many videos are in each status, and how many were asked for on each UTC day since. */
export async function countVideos(
  { db }: Deps,
  sinceMs: number,
): Promise<{ byStatus: Record<string, number>; byDay: Map<string, number> }> {
  const day = sql<string>`date(${videos.createdAtMs} / 1000, 'unixepoch')`;
  const count = sql<number>`count(*)`;
  const [statuses, days] = await db.batch([
    db.select({ status: videos.status, count }).from(videos).groupBy(videos.status),
    db.select({ day, count }).from(videos).where(gte(videos.createdAtMs, sinceMs)).groupBy(day),
  ]);
  return {
    byStatus: Object.fromEntries(statuses.map((row) => [row.status, row.count])),
    byDay: new Map(days.map((row) => [row.day, row.count])),
  };
}

function toAdminVideo(row: VideoRow): AdminVideoAnswer {
  return {
    id: row.id,
    tenant_id: row.tenantId,
    user_id: row.userId,
    status: row.status,
    title: row.title,
    queue: row.queue,
    credits: row.credits,
    attempts: row.attempts,
    error_code: row.error?.code ?? null,
    created_at: new Date(row.createdAtMs).toISOString(),
    started_at: isoOrNull(row.startedAtMs),
    finished_at: isoOrNull(row.finishedAtMs),
    settled_at: isoOrNull(row.settledAtMs),
    deleted_at: isoOrNull(row.deletedAtMs),
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
