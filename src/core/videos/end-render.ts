import { isTerminal, type RenderFailure, type RenderOutput } from "../../contract/render-events.ts";
import type { Context } from "../context.ts";
import { learnRenderPace } from "../renders/render-pace.ts";
import { filesPrefix } from "./files.ts";
import { measureRender } from "./measure-render.ts";
import { type Lease, publishRow } from "./render-lease.ts";
import { settleVideo } from "./settle-video.ts";
import { stopRender } from "./stop-render.ts";
import { endVideo, findVideo } from "./store.ts";
import type { VideoRow } from "./tables.ts";

/** The outputs are stored: the video has succeeded, costs what it costs, and the rest goes back. false: it had ended otherwise. */
export async function completeRender(context: Context, lease: Lease, output: RenderOutput): Promise<boolean> {
  const { title, scenes, ...stored } = output;
  const { id: videoId, tenantId } = lease.video;
  const ended = await endVideo(
    context,
    { videoId, tenantId, leaseId: lease.leaseId },
    {
      status: "succeeded",
      progress: 100,
      output: stored,
      scenes,
      title: lease.video.document.title ?? title,
      finishedAtMs: context.deps.clock.now(),
    },
  );
  const isOurs = await finish(context, ended);
  if (isOurs && ended !== null) await learnFrom(context, ended, output);
  return isOurs;
}

/** Only from what was rendered in one go, and whole: others have waited, or found most of it made. */
async function learnFrom(context: Context, video: VideoRow, output: RenderOutput): Promise<void> {
  if (video.attempts !== 1 || video.derivedAs !== null || video.startedAtMs === null || video.finishedAtMs === null)
    return;
  const renderSeconds = (video.finishedAtMs - video.startedAtMs) / 1000;
  await learnRenderPace(context.deps, { shape: video.document, renderSeconds, videoSeconds: output.durationSeconds });
}

/**
 * The video has failed for good and is given back, and no container works on it any more. Without a lease: by the
 * dead-letter queue or the cron. false: it had ended otherwise.
 */
export async function failRender(
  context: Context,
  video: { videoId: string; leaseId?: string },
  failure: RenderFailure,
): Promise<boolean> {
  const known = await findVideo(context.deps, video.videoId);
  if (known === null) return false;
  const ended = await endVideo(
    context,
    { ...video, tenantId: known.tenantId },
    {
      status: "failed",
      error: failure,
      finishedAtMs: context.deps.clock.now(),
    },
  );
  const isOurs = await finish(context, ended);
  if (!isOurs) return false;
  await Promise.all([dropStrayFiles(context, video.videoId), stopRender(context, video.videoId)]);
  return true;
}

async function finish(context: Context, ended: VideoRow | null): Promise<boolean> {
  if (ended === null) return false;
  measureRender(context, ended);
  await settleVideo(context, ended);
  await publishRow(context, ended);
  return true;
}

/** Whether nobody will render this video any more; what a renderer keeps of it may go. */
export async function isEnded(context: Context, videoId: string): Promise<boolean> {
  const video = await findVideo(context.deps, videoId);
  return video === null || isTerminal(video.status);
}

/** Files that were stored for a video that has failed, or had ended otherwise meanwhile; one that somebody else still renders keeps them. */
export async function dropStrayFiles(context: Context, videoId: string): Promise<void> {
  const video = await findVideo(context.deps, videoId);
  if (video?.status === "cancelled" || video?.status === "failed") {
    await context.deps.files.deleteAll(filesPrefix(video));
  }
}
