import { and, asc, count, desc, eq, inArray, isNull, like, lt, lte, max, or, sql, sum } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { idPrefixes } from "../../contract/ids.ts";
import { activeStages, terminalStatuses, type VideoStatus } from "../../contract/render-events.ts";
import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { creditTransactions } from "../credits/tables.ts";
import type { Deps, QueueName } from "../deps.ts";
import { isAbout } from "./is-about.ts";
import { type VideoRow, videos } from "./tables.ts";

export const unfinished: VideoStatus[] = ["queued", ...activeStages];
const alive = isNull(videos.deletedAtMs);

export async function findVideo(deps: Deps, videoId: string): Promise<VideoRow | null> {
  const [row] = await deps.db.select().from(videos).where(eq(videos.id, videoId)).limit(1);
  return row ?? null;
}

export async function findTenantVideo(deps: Deps, tenantId: string, videoId: string): Promise<VideoRow | null> {
  const [row] = await deps.db
    .select()
    .from(videos)
    .where(and(eq(videos.id, videoId), eq(videos.tenantId, tenantId), alive))
    .limit(1);
  return row ?? null;
}

export type VideoCursor = { createdAtMs: number; id: string };

export async function listTenantVideos(
  deps: Deps,
  query: {
    tenantId: string;
    status?: VideoStatus | undefined;
    projectId?: string | undefined;
    words?: string | undefined;
    after?: VideoCursor | undefined;
    limit: number;
  },
): Promise<VideoRow[]> {
  const { after } = query;
  return deps.db
    .select()
    .from(videos)
    .where(
      and(
        eq(videos.tenantId, query.tenantId),
        alive,
        query.status === undefined ? undefined : eq(videos.status, query.status),
        query.projectId === undefined ? undefined : eq(videos.projectId, query.projectId),
        query.words === undefined ? undefined : isAbout(query.words),
        after === undefined
          ? undefined
          : or(
              lt(videos.createdAtMs, after.createdAtMs),
              and(eq(videos.createdAtMs, after.createdAtMs), lt(videos.id, after.id)),
            ),
      ),
    )
    .orderBy(desc(videos.createdAtMs), desc(videos.id))
    .limit(query.limit);
}

/** The newest video of each project, whatever became of it. */
export async function findNewestOfProjects(
  deps: Deps,
  tenantId: string,
  projectIds: string[],
): Promise<Pick<VideoRow, "id" | "status" | "projectId">[]> {
  if (projectIds.length === 0) return [];
  return deps.db
    .select({ id: videos.id, status: videos.status, projectId: videos.projectId, newest: max(videos.createdAtMs) })
    .from(videos)
    .where(and(eq(videos.tenantId, tenantId), alive, inArray(videos.projectId, projectIds)))
    .groupBy(videos.projectId);
}

/** Of a project, the newest first; without one that is not to be taken. */
export async function listSucceeded(
  deps: Deps,
  query: { tenantId: string; projectId: string; exceptId: string | null; limit: number },
): Promise<VideoRow[]> {
  const { exceptId, ...wanted } = query;
  const rows = await listTenantVideos(deps, { ...wanted, status: "succeeded" });
  return rows.filter(({ id }) => id !== exceptId);
}

/** Whether what a draft has paid is taken off another video already that was made, or is being made. */
export async function isDiscountTaken(
  deps: Deps,
  { draftId, exceptId }: { draftId: string; exceptId: string | null },
): Promise<boolean> {
  const rows = await deps.db
    .select({ id: videos.id })
    .from(videos)
    .where(and(eq(videos.discountOf, draftId), sql`${videos.status} not in ('failed', 'cancelled')`))
    .limit(2);
  return rows.some(({ id }) => id !== exceptId);
}

export async function countQueued(db: DrizzleD1Database): Promise<number> {
  const [row] = await db.select({ queued: count() }).from(videos).where(eq(videos.status, "queued"));
  return row?.queued ?? 0;
}

/** How many videos are rendered before this one, and how long they are expected to take together. */
export async function readQueueAhead(deps: Deps, video: VideoRow): Promise<{ ahead: number; seconds: number }> {
  const [row] = await deps.db
    .select({ ahead: count(), seconds: sum(videos.estimatedRenderSeconds).mapWith(Number) })
    .from(videos)
    .where(
      and(
        eq(videos.status, "queued"),
        eq(videos.queue, video.queue),
        or(
          lt(videos.createdAtMs, video.createdAtMs),
          and(eq(videos.createdAtMs, video.createdAtMs), lt(videos.id, video.id)),
        ),
      ),
    );
  return { ahead: row?.ahead ?? 0, seconds: row?.seconds ?? 0 };
}

/** Takes the render for `leaseId` unless somebody holds it or it has ended; null: it is not to be had. */
export async function claimVideo(
  deps: Deps,
  claim: { videoId: string; leaseId: string; nowMs: number; leaseMs: number },
): Promise<VideoRow | null> {
  const [row] = await deps.db
    .update(videos)
    .set({
      status: "scripting",
      leaseId: claim.leaseId,
      leaseUntilMs: claim.nowMs + claim.leaseMs,
      attempts: sql`${videos.attempts} + 1`,
      startedAtMs: sql`coalesce(${videos.startedAtMs}, ${claim.nowMs})`,
    })
    .where(
      and(
        eq(videos.id, claim.videoId),
        inArray(videos.status, unfinished),
        or(isNull(videos.leaseUntilMs), lt(videos.leaseUntilMs, claim.nowMs)),
      ),
    )
    .returning();
  return row ?? null;
}

type Progress = {
  status?: VideoStatus;
  progress?: number;
  title?: string;
  scenes?: VideoRow["scenes"];
  leaseUntilMs: number;
};

/** Renews the lease and writes how far it is; false: the lease is lost, to a cancel or to another consumer. */
export async function advanceVideo(deps: Deps, lease: { videoId: string; leaseId: string }, progress: Progress) {
  const rows = await deps.db.update(videos).set(progress).where(leased(lease)).returning({ id: videos.id });
  return rows.length > 0;
}

/** Puts a claimed video back into the queue; `isAttemptSpent` false takes the attempt back too. */
export async function unclaimVideo(
  deps: Deps,
  lease: { videoId: string; leaseId: string },
  back: { nowMs: number; isAttemptSpent: boolean },
): Promise<boolean> {
  const rows = await deps.db
    .update(videos)
    .set({
      status: "queued",
      leaseId: null,
      leaseUntilMs: null,
      enqueuedAtMs: back.nowMs,
      ...(back.isAttemptSpent ? {} : { attempts: sql`${videos.attempts} - 1` }),
    })
    .where(leased(lease))
    .returning({ id: videos.id });
  return rows.length > 0;
}

type Ending = Partial<Pick<VideoRow, "output" | "scenes" | "title" | "error" | "progress">> & {
  status: (typeof terminalStatuses)[number];
  finishedAtMs: number;
};

const endActions = { succeeded: "video.succeeded", failed: "video.failed", cancelled: "video.cancel" } as const;

/** Ends a video, for whoever gets there first, with its line in the log; null: it had ended, or the lease is another's. */
export async function endVideo(
  context: Context,
  video: { videoId: string; tenantId: string; leaseId?: string },
  ending: Ending,
): Promise<VideoRow | null> {
  const { db } = context.deps;
  const { videoId, tenantId, leaseId } = video;
  const end = db
    .update(videos)
    .set({ ...ending, leaseId: null, leaseUntilMs: null })
    .where(
      leaseId === undefined
        ? and(eq(videos.id, videoId), inArray(videos.status, unfinished))
        : leased({ videoId, leaseId }),
    )
    .returning();
  const action = endActions[ending.status];
  const [rows] = await db.batch([end, auditRowIfChanged(context, { action, target: videoId, tenantId })]);
  return rows[0] ?? null;
}

function leased(lease: { videoId: string; leaseId: string }) {
  return and(eq(videos.id, lease.videoId), eq(videos.leaseId, lease.leaseId), inArray(videos.status, unfinished));
}

export async function markSettled(deps: Deps, videoId: string, credits: number, nowMs: number): Promise<void> {
  await deps.db.update(videos).set({ credits, settledAtMs: nowMs }).where(eq(videos.id, videoId));
}

export function markDeleted(deps: Deps, videoId: string, nowMs: number) {
  return (
    deps.db
      .update(videos)
      // What was swept before may have artefacts still.
      .set({ deletedAtMs: nowMs, purgedAtMs: null })
      .where(and(eq(videos.id, videoId), alive))
  );
}

export async function markPurged(deps: Deps, videoId: string, nowMs: number): Promise<void> {
  await deps.db.update(videos).set({ purgedAtMs: nowMs, output: null, scenes: null }).where(eq(videos.id, videoId));
}

/** Renders nobody works on any more, though they were begun. */
export async function findAbandoned(deps: Deps, nowMs: number, limit: number): Promise<VideoRow[]> {
  return deps.db
    .select()
    .from(videos)
    .where(and(inArray(videos.status, [...activeStages]), lt(videos.leaseUntilMs, nowMs)))
    .limit(limit);
}

/** Gives an abandoned render back to the queue, unless its consumer has come back to it meanwhile. */
export async function requeueAbandoned(deps: Deps, videoId: string, nowMs: number): Promise<boolean> {
  const rows = await deps.db
    .update(videos)
    .set({ status: "queued", leaseId: null, leaseUntilMs: null, enqueuedAtMs: nowMs })
    .where(and(eq(videos.id, videoId), inArray(videos.status, [...activeStages]), lt(videos.leaseUntilMs, nowMs)))
    .returning({ id: videos.id });
  return rows.length > 0;
}

export async function countLeased(deps: Deps, nowMs: number): Promise<number> {
  const [row] = await deps.db
    .select({ leased: count() })
    .from(videos)
    .where(and(inArray(videos.status, [...activeStages]), sql`${videos.leaseUntilMs} >= ${nowMs}`));
  return row?.leased ?? 0;
}

export async function findQueuedSince(
  deps: Deps,
  enqueuedBeforeMs: number,
  limit: number,
): Promise<{ id: string; queue: QueueName }[]> {
  return deps.db
    .select({ id: videos.id, queue: videos.queue })
    .from(videos)
    .where(and(eq(videos.status, "queued"), lte(videos.enqueuedAtMs, enqueuedBeforeMs)))
    .orderBy(asc(videos.createdAtMs))
    .limit(limit);
}

export async function markEnqueued(deps: Deps, videoId: string, nowMs: number): Promise<void> {
  await deps.db.update(videos).set({ enqueuedAtMs: nowMs }).where(eq(videos.id, videoId));
}

export async function findUnsettled(deps: Deps, finishedBeforeMs: number, limit: number): Promise<VideoRow[]> {
  return deps.db
    .select()
    .from(videos)
    .where(
      and(
        isNull(videos.settledAtMs),
        lt(videos.finishedAtMs, finishedBeforeMs),
        inArray(videos.status, [...terminalStatuses]),
      ),
    )
    .limit(limit);
}

/** Charges between the two moments whose video was never written down: the submit was cut off in between. */
export async function findOrphanCharges(
  deps: Deps,
  window: { fromMs: number; toMs: number; limit: number },
): Promise<{ tenantId: string; videoId: string }[]> {
  const rows = await deps.db
    .select({ tenantId: creditTransactions.tenantId, videoId: creditTransactions.videoId })
    .from(creditTransactions)
    .leftJoin(videos, eq(videos.id, creditTransactions.videoId))
    .where(
      and(
        eq(creditTransactions.type, "usage"),
        sql`${creditTransactions.createdAtMs} between ${window.fromMs} and ${window.toMs}`,
        like(creditTransactions.videoId, `${idPrefixes.video}%`),
        isNull(videos.id),
        sql`not exists (select 1 from credit_transactions as back where back.video_id = ${creditTransactions.videoId} and back.type = 'refund')`,
      ),
    )
    // One that cost nothing has no refund to be known by, and is found again: it must not keep the others from it.
    .orderBy(asc(creditTransactions.amount), desc(creditTransactions.createdAtMs))
    .limit(window.limit);
  return rows.flatMap((row) => (row.videoId === null ? [] : [{ tenantId: row.tenantId, videoId: row.videoId }]));
}
