import { dropVideoArtefacts } from "../artefacts/drop-artefacts.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { Context, UserContext } from "../context.ts";
import { endAsCancelled } from "./cancel-video.ts";
import { filesPrefix } from "./files.ts";
import { requireVideo } from "./read-video.ts";
import { settleVideo } from "./settle-video.ts";
import { markDeleted, markPurged } from "./store.ts";
import type { VideoRow } from "./tables.ts";

/** Takes a video out of the library and deletes its files; one still in the making is cancelled first. The books keep its row. */
export async function deleteVideo(context: UserContext, videoId: string): Promise<void> {
  const { deps, actor } = context;
  const video = await requireVideo(context, videoId);
  const ended = (await endAsCancelled(context, video)) ?? (await requireVideo(context, videoId));
  // Purging takes away what the price is read from.
  if (ended.settledAtMs === null) await settleVideo(context, ended);
  await deps.db.batch([
    markDeleted(deps, videoId, deps.clock.now()),
    auditRow(context, { action: "video.delete", target: videoId, tenantId: actor.tenantId }),
  ]);
  await purgeFiles(context, ended);
}

/** What a consumer was storing when its video ended has been stored by then, or has failed. */
export const lateWritesMs = 5 * 60_000;

/** Of a video that has only just ended, the cron does it again: a consumer may still be storing what it had in its hands. */
export async function purgeFiles(context: Context, video: VideoRow): Promise<void> {
  const nowMs = context.deps.clock.now();
  await context.deps.files.deleteAll(filesPrefix(video));
  await dropVideoArtefacts(context, video.id);
  const isQuiet = video.startedAtMs === null || nowMs - (video.finishedAtMs ?? 0) >= lateWritesMs;
  if (isQuiet) await markPurged(context.deps, video.id, nowMs);
}
