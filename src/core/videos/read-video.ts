import { isTerminal } from "../../contract/render-events.ts";
import type { ProgressEvent, VideoAnswer, VideosAnswer, VideosQuery } from "../../contract/videos.ts";
import type { Context, UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { fail } from "../fail.ts";
import { findTenantVideo, findVideo, listTenantVideos, readQueueAhead } from "./store.ts";
import type { VideoRow } from "./tables.ts";
import { type QueuePlace, toProgress, toVideoAnswer } from "./to-wire.ts";

/** The video, or `not_found` for one that is not there or is another tenant's. */
export async function requireVideo(context: UserContext, videoId: string): Promise<VideoRow> {
  const video = await findTenantVideo(context.deps, context.actor.tenantId, videoId);
  return video ?? fail("not_found", "There is no such video in your library.");
}

export async function getVideo(context: UserContext, input: { videoId: string; origin: string }): Promise<VideoAnswer> {
  const video = await requireVideo(context, input.videoId);
  return toVideoAnswer(context, input.origin, video, await currentProgress(context, video));
}

export async function listVideos(
  context: UserContext,
  input: { query: VideosQuery; origin: string },
): Promise<VideosAnswer> {
  const { query, origin } = input;
  const [createdAtMs, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number", "string"]);
  const rows = await listTenantVideos(context.deps, {
    tenantId: context.actor.tenantId,
    status: query.status,
    projectId: query.project_id,
    words: query.query,
    after: createdAtMs === undefined ? undefined : { createdAtMs: Number(createdAtMs), id: String(id) },
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: await Promise.all(
      page.map(async (video) => toVideoAnswer(context, origin, video, await currentProgress(context, video))),
    ),
    next_cursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.createdAtMs, last.id]) : null,
  };
}

/** How far the video is now: the row, or the room where it knows better. */
export async function currentProgress(context: Context, video: VideoRow): Promise<ProgressEvent> {
  const { deps } = context;
  const fromRow = toProgress(video, await placeInQueue(context, video), deps.clock.now());
  const isUntouched = video.status === "queued" && video.attempts === 0;
  if (isTerminal(video.status) || isUntouched) return fromRow;
  const live = await deps.room(video.id).latest();
  if (live === null || isTerminal(live.data.status) || live.data.progress < fromRow.progress) return fromRow;
  return video.status === "queued" ? { ...fromRow, progress: live.data.progress } : live.data;
}

/** The progress of a video that a signed link names. */
export async function progressById(context: Context, videoId: string): Promise<ProgressEvent> {
  const video = await findVideo(context.deps, videoId);
  if (video === null || video.deletedAtMs !== null) fail("not_found", "There is no such video.");
  return currentProgress(context, video);
}

async function placeInQueue(context: Context, video: VideoRow): Promise<QueuePlace> {
  if (video.status !== "queued") return null;
  const { ahead, seconds } = await readQueueAhead(context.deps, video);
  return { position: ahead + 1, secondsAhead: seconds / context.deps.renderParallelism };
}

/** The progress of a video of the caller's own. Refuses `not_found`. */
export async function requireOwnProgress(context: UserContext, videoId: string): Promise<ProgressEvent> {
  return currentProgress(context, await requireVideo(context, videoId));
}
