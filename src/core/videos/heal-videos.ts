/** What the cron mends: every gap a process could die in, found from the rows and closed by asking the ledger. */
import type { Context } from "../context.ts";
import type { QueueName } from "../deps.ts";
import { forEachAlone } from "../for-each-alone.ts";
import { lateWritesMs, purgeFiles } from "./delete-video.ts";
import { failRender } from "./end-render.ts";
import { filesPrefix } from "./files.ts";
import { attemptsMax, interrupted, publishRow } from "./render-lease.ts";
import { settleVideo } from "./settle-video.ts";
import {
  countLeased,
  findAbandoned,
  findOrphanCharges,
  findQueuedSince,
  findUnsettled,
  markEnqueued,
  requeueAbandoned,
} from "./store.ts";
import { findUnpurged, findUnswept, markSwept } from "./stray-store.ts";

const batch = 100;
const minuteMs = 60_000;
/** A message this old is taken for lost, or has a long queue before it; sending it again does no harm. */
const lostMessageMs = 10 * minuteMs;
/** When nothing renders although something waits, a message this old is lost. */
const idleQueueMs = 15_000;
/** Younger gaps may still be closed by whoever opened them. */
const graceMs = 30_000;
/** A submit takes seconds from its charge to its row. */
const orphanAfterMs = 10 * minuteMs;
const orphanWindowMs = 2 * 24 * 60 * minuteMs;
/** A cron that is away for longer leaves files behind that cost little and that nobody sees. */
const strayWindowMs = 7 * 24 * 60 * minuteMs;

/** Renders whose consumer died go back into the queue, or are given up after too many; lost messages are sent again. */
export async function healQueue(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const resend = async (video: { id: string; queue: QueueName }) => {
    await deps.renderQueue.send(video.queue, { type: "render", videoId: video.id });
    await markEnqueued(deps, video.id, nowMs);
  };
  await forEachAlone(context, await findAbandoned(deps, nowMs, batch), async (video) => {
    if (!(await requeueAbandoned(deps, video.id, nowMs))) return;
    if (video.attempts < attemptsMax) await resend(video);
    else await failRender(context, { videoId: video.id }, interrupted);
  });
  const isIdle = (await countLeased(deps, nowMs)) === 0;
  await forEachAlone(
    context,
    await findQueuedSince(deps, nowMs - (isIdle ? idleQueueMs : lostMessageMs), batch),
    resend,
  );
}

/** Ended videos whose money step was cut off. */
export async function healSettlements(context: Context): Promise<void> {
  const unsettled = await findUnsettled(context.deps, context.deps.clock.now() - graceMs, batch);
  await forEachAlone(context, unsettled, async (video) => {
    await settleVideo(context, video);
    // Whoever was cut off before the money was cut off before the last event, too.
    await publishRow(context, video);
  });
}

/** Charges whose submit was cut off before the video was written down. */
export async function healOrphanCharges(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const orphans = await findOrphanCharges(deps, {
    fromMs: nowMs - orphanWindowMs,
    toMs: nowMs - orphanAfterMs,
    limit: batch,
  });
  await forEachAlone(context, orphans, async ({ tenantId, videoId }) => {
    await deps.ledger(tenantId).release({ holdId: videoId, reason: "Given back: the request was cut off" });
  });
}

/** Deleted videos whose files were not all gone. */
export async function healPurges(context: Context): Promise<void> {
  const unpurged = await findUnpurged(context.deps, context.deps.clock.now() - graceMs, batch);
  await forEachAlone(context, unpurged, (video) => purgeFiles(context, video));
}

/** Files that a consumer stored for a video which had failed or was cancelled meanwhile, and that it could not take away. */
export async function healStrayFiles(context: Context): Promise<void> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const unswept = await findUnswept(deps, {
    createdAfterMs: nowMs - strayWindowMs,
    finishedBeforeMs: nowMs - lateWritesMs,
    limit: batch,
  });
  await forEachAlone(context, unswept, async (video) => {
    await deps.files.deleteAll(filesPrefix(video));
    await markSwept(deps, video.id, nowMs);
  });
}
