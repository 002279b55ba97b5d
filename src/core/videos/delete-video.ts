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
  await purgeFiles(context, video);
}

export async function purgeFiles(context: Context, video: Pick<VideoRow, "id" | "tenantId">): Promise<void> {
  await context.deps.files.deleteAll(filesPrefix(video));
  await dropVideoArtefacts(context, video.id);
  await markPurged(context.deps, video.id, context.deps.clock.now());
}
