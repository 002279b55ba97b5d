import type { VideoAnswer } from "../../contract/videos.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { measureRender } from "./measure-render.ts";
import { requireVideo } from "./read-video.ts";
import { publishRow } from "./render-lease.ts";
import { settleVideo } from "./settle-video.ts";
import { stopRender } from "./stop-render.ts";
import { endVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";
import { toProgress, toVideoAnswer } from "./to-wire.ts";

/** Stops a video and gives its credits back. Refuses `not_found`, and `video_finished` for one that has ended otherwise. */
export async function cancelVideo(
  context: UserContext,
  input: { videoId: string; origin: string },
): Promise<VideoAnswer> {
  const video = await requireVideo(context, input.videoId);
  // Read again when it had ended: perhaps it was another cancel that came first.
  const ended = (await endAsCancelled(context, video)) ?? (await requireVideo(context, input.videoId));
  if (ended.status !== "cancelled") {
    fail("video_finished", "The video has already ended, so there is nothing to cancel.");
  }
  const nowMs = context.deps.clock.now();
  return toVideoAnswer(context, input.origin, { ...ended, credits: 0 }, toProgress(ended, null, nowMs));
}

/** null: it had ended already. */
export async function endAsCancelled(context: UserContext, video: VideoRow): Promise<VideoRow | null> {
  const { deps, actor } = context;
  const { id: videoId } = video;
  const ended = await endVideo(
    context,
    { videoId, tenantId: actor.tenantId },
    { status: "cancelled", finishedAtMs: deps.clock.now() },
  );
  if (ended === null) return null;
  // At once, beside the books; but nobody has ever rendered one that was not begun, and asking would start a container.
  const stopped = ended.startedAtMs === null ? null : stopRender(context, video.id);
  try {
    measureRender(context, ended);
    await settleVideo(context, ended);
    await publishRow(context, ended);
  } finally {
    await stopped;
  }
  return ended;
}
