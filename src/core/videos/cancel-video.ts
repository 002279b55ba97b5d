import type { VideoAnswer } from "../../contract/videos.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { requireVideo } from "./read-video.ts";
import { settleVideo } from "./settle-video.ts";
import { endVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";
import { toProgress, toVideoAnswer } from "./to-wire.ts";

/** Stops a video and gives its credits back. Refuses `not_found`, and `video_finished` for one that has ended otherwise. */
export async function cancelVideo(
  context: UserContext,
  input: { videoId: string; origin: string },
): Promise<VideoAnswer> {
  const video = await requireVideo(context, input.videoId);
  const ended = video.status === "cancelled" ? video : await endAsCancelled(context, video);
  const nowMs = context.deps.clock.now();
  return toVideoAnswer(context, input.origin, { ...ended, credits: 0 }, toProgress(ended, null, nowMs));
}

export async function endAsCancelled(context: UserContext, video: VideoRow): Promise<VideoRow> {
  const { deps, actor } = context;
  const ended = await endVideo(deps, { videoId: video.id }, { status: "cancelled", finishedAtMs: deps.clock.now() });
  if (ended === null) fail("video_finished", "The video has already ended, so there is nothing to cancel.");
  await settleVideo(context, ended);
  await deps.db.batch([auditRow(context, { action: "video.cancel", target: video.id, tenantId: actor.tenantId })]);
  await deps.room(video.id).publish({ sequence: 0, data: toProgress(ended, null, deps.clock.now()) });
  try {
    await deps.renderer.discard(video.id);
  } catch (error) {
    // The consumer finds its lease gone at the next heartbeat and stops the render itself.
    deps.log.write("warn", "discard_after_cancel_failed", { videoId: video.id, error: String(error) });
  }
  return ended;
}
