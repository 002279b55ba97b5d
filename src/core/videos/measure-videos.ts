import { and, eq, gt, gte, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { activeStages, videoStatuses } from "../../contract/render-events.ts";
import type { Deps } from "../deps.ts";
import { type Gauge, waiting } from "../gauge.ts";
import { videos } from "./tables.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The cron takes up what a dead renderer leaves within a minute. */
const graceMs = 60_000;
/** Of the newest of the day: more make no percentile truer. */
const renderSampleMax = 1_000;

/** A ledger copies its entries a second after each change, and D1 may be slow. */
const copyGraceMs = 60_000;

/** How videos fare: what waits, what renders, what the last day's became and how long they took. */
export async function measureVideos({ db, clock }: Deps): Promise<Gauge[]> {
  const nowMs = clock.now();
  const count = sql<number>`count(*)`;
  const oldestMs = sql<number | null>`min(${videos.createdAtMs})`;
  const counts = (sinceMs: number) =>
    db
      .select({ status: videos.status, count })
      .from(videos)
      // Each status is named: that index begins with it, and without it every video there ever was would be read.
      .where(and(inArray(videos.status, videoStatuses), gte(videos.createdAtMs, nowMs - sinceMs)))
      .groupBy(videos.status);
  const [queues, [rendering], [abandoned], [unsettled], [uncopied], hour, day, renders] = await db.batch([
    db
      .select({ queue: videos.queue, count, oldestMs })
      .from(videos)
      .where(eq(videos.status, "queued"))
      .groupBy(videos.queue),
    db
      .select({ count })
      .from(videos)
      .where(and(inArray(videos.status, activeStages), gt(videos.leaseUntilMs, nowMs))),
    db
      .select({ count, oldestMs: sql<number | null>`min(${videos.leaseUntilMs})` })
      .from(videos)
      .where(and(inArray(videos.status, activeStages), lt(videos.leaseUntilMs, nowMs - graceMs))),
    db
      .select({ count, oldestMs: sql<number | null>`min(${videos.finishedAtMs})` })
      .from(videos)
      .where(and(isNull(videos.settledAtMs), isNotNull(videos.finishedAtMs))),
    db
      .select({ count, oldestMs })
      .from(videos)
      .where(
        and(
          inArray(videos.status, videoStatuses),
          sql`${videos.createdAtMs} between ${nowMs - dayMs} and ${nowMs - copyGraceMs}`,
          gt(videos.credits, 0),
          sql`not exists (select 1 from credit_transactions as copied where copied.video_id = ${videos.id})`,
        ),
      ),
    counts(hourMs),
    counts(dayMs),
    db
      .select({
        renderMs: sql<number>`${videos.finishedAtMs} - ${videos.startedAtMs}`,
        videoSeconds: sql<number>`json_extract(${videos.output}, '$.durationSeconds')`,
      })
      .from(videos)
      .where(and(eq(videos.status, "succeeded"), gte(videos.createdAtMs, nowMs - dayMs), isNotNull(videos.startedAtMs)))
      .orderBy(sql`${videos.createdAtMs} desc`)
      .limit(renderSampleMax),
  ]);
  const ofQueue = (name: string) => queues.find(({ queue }) => queue === name) ?? { count: 0, oldestMs: null };
  const paces = renders
    .map(({ renderMs, videoSeconds }) => (renderMs / 1000 / videoSeconds) * 60)
    .toSorted((a, b) => a - b);
  return [
    ...["standard", "priority"].flatMap((queue) =>
      waiting(
        { name: `shujaa_videos_waiting_${queue}`, help: `Videos that wait for a renderer, in the ${queue} queue.` },
        ofQueue(queue).count,
        ofQueue(queue).oldestMs,
        nowMs,
      ),
    ),
    {
      name: "shujaa_videos_rendering",
      help: "Videos that a renderer works on.",
      samples: [{ value: rendering?.count ?? 0 }],
    },
    ...waiting(
      {
        name: "shujaa_videos_abandoned",
        help: "Videos whose renderer died a minute ago, and that nobody has taken up.",
      },
      abandoned?.count ?? 0,
      abandoned?.oldestMs ?? null,
      nowMs,
    ),
    ...waiting(
      { name: "shujaa_videos_unsettled", help: "Videos that have ended and are not charged or given back yet." },
      unsettled?.count ?? 0,
      unsettled?.oldestMs ?? null,
      nowMs,
    ),
    ...waiting(
      {
        name: "shujaa_charges_uncopied",
        help: "Videos of the last 24 hours whose charge their ledger has not copied to the database: lists and charts are behind.",
      },
      uncopied?.count ?? 0,
      uncopied?.oldestMs ?? null,
      nowMs,
    ),
    {
      name: "shujaa_videos_hour",
      help: "Videos ordered in the last hour, by what has become of them.",
      samples: byStatus(hour),
    },
    {
      name: "shujaa_videos_day",
      help: "Videos ordered in the last 24 hours, by what has become of them.",
      samples: byStatus(day),
    },
    {
      name: "shujaa_render_pace_seconds",
      help: "Seconds of rendering for a minute of video, of the last 24 hours; none without one.",
      samples:
        paces.length === 0
          ? []
          : [0.5, 0.95].map((quantile) => ({ labels: { quantile: String(quantile) }, value: at(paces, quantile) })),
    },
  ];
}

/** Every status, those of nobody too: a rule that divides by a sample that is missing never fires. */
const byStatus = (rows: readonly { status: string; count: number }[]) =>
  videoStatuses.map((status) => ({
    labels: { status },
    value: rows.find((row) => row.status === status)?.count ?? 0,
  }));

/** Nearest rank. */
const at = (sorted: readonly number[], quantile: number) => sorted[Math.ceil(sorted.length * quantile) - 1] ?? 0;
