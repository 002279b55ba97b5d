import { problems } from "../../contract/errors.ts";
import { isTerminal } from "../../contract/render-events.ts";
import type { ProgressEvent, VideoAnswer } from "../../contract/videos.ts";
import type { Context } from "../context.ts";
import { invariant } from "../fail.ts";
import { providersOfScene } from "./bill.ts";
import { type OutputPart, outputName, outputParts, outputPath } from "./files.ts";
import { linkExpiry, signedLink, videoUrls } from "./links.ts";
import { toOptions, toSceneOptions } from "./options-to-wire.ts";
import { chargeFor } from "./settle-video.ts";
import type { VideoRow } from "./tables.ts";

export type QueuePlace = { position: number; secondsAhead: number } | null;

/** How far a video is, from its row alone. */
export function toProgress(video: VideoRow, place: QueuePlace, nowMs: number): ProgressEvent {
  const failure = video.error;
  return {
    id: video.id,
    status: video.status,
    stage: video.status,
    progress: video.status === "succeeded" ? 100 : video.progress,
    queue_position: video.status === "queued" ? (place?.position ?? null) : null,
    eta_seconds: etaSeconds(video, place, nowMs),
    ...(video.status !== "failed" || failure === null
      ? {}
      : {
          error: {
            code: failure.code,
            title: problems[failure.code].title,
            detail: failure.detail,
            ...(failure.scene === undefined ? {} : { scene: failure.scene }),
            retryable: failure.isRetryable,
            charged: false,
          },
        }),
  };
}

/** Below this the share done says too little to project from; the estimate made at submit is used. */
const projectFromPercent = 15;

function etaSeconds(video: VideoRow, place: QueuePlace, nowMs: number): number | null {
  if (isTerminal(video.status)) return null;
  if (video.status === "queued" || video.startedAtMs === null) {
    return Math.round((place?.secondsAhead ?? 0) + video.estimatedRenderSeconds);
  }
  const elapsedSeconds = (nowMs - video.startedAtMs) / 1000;
  if (video.progress < projectFromPercent)
    return Math.max(1, Math.round(video.estimatedRenderSeconds - elapsedSeconds));
  return Math.max(1, Math.round((elapsedSeconds * (100 - video.progress)) / video.progress));
}

export async function toVideoAnswer(
  context: Context,
  origin: string,
  video: VideoRow,
  progress: ProgressEvent,
): Promise<VideoAnswer> {
  const { document } = video;
  return {
    ...progress,
    title: video.title,
    prompt: document.source.kind === "prompt" ? document.source.prompt : null,
    options: toOptions(document),
    scenes: toScenes(video),
    credits_used: creditsOf(video),
    project_id: video.projectId,
    derived_from:
      video.derivedFrom === null || video.derivedAs === null
        ? null
        : { video_id: video.derivedFrom, as: video.derivedAs },
    urls: await videoUrls(context, origin, video.id),
    ...(await toOutput(context, origin, video)),
    created_at: new Date(video.createdAtMs).toISOString(),
    started_at: video.startedAtMs === null ? null : new Date(video.startedAtMs).toISOString(),
    finished_at: video.finishedAtMs === null ? null : new Date(video.finishedAtMs).toISOString(),
  };
}

/** What is held while it is made; what is charged from the moment it has ended, a little before the books say so. */
function creditsOf(video: VideoRow): number {
  if (video.settledAtMs !== null || !isTerminal(video.status)) return video.credits;
  return video.status === "succeeded" ? chargeFor(video) : 0;
}

function toScenes({ document, scenes, output }: VideoRow): VideoAnswer["scenes"] {
  const asked = document.source.kind === "scenes" ? document.source.scenes : [];
  const told = scenes ?? asked.map(({ title = "", text }) => ({ title, text }));
  return told.map((scene: NonNullable<typeof scenes>[number], index) => ({
    title: scene.title,
    text: scene.text,
    ...(scene.startSeconds === undefined ? {} : { start: scene.startSeconds }),
    ...(scene.durationSeconds === undefined ? {} : { duration: scene.durationSeconds }),
    ...toSceneOptions(asked[index]),
    ...(output === null ? {} : { providers: providersOfScene(output.sources, index) }),
  }));
}

async function toOutput(context: Context, origin: string, video: VideoRow): Promise<Pick<VideoAnswer, "output">> {
  const { output } = video;
  const { format } = video.document;
  const file = output?.files.find(({ name }) => name === outputName("file", format));
  if (video.status !== "succeeded" || output === null || file === undefined) return {};
  const expiresAtMs = linkExpiry(context);
  const link = (part: OutputPart) => signedLink(context, origin, outputPath(video.id, part), expiresAtMs);
  const [url, poster, vtt, srt, words] = await Promise.all(outputParts.map(link));
  invariant(url && poster && vtt && srt && words, "each part has its link");
  return {
    output: {
      url,
      format,
      poster_url: poster,
      captions_vtt_url: vtt,
      captions_srt_url: srt,
      words_url: words,
      width: output.width,
      height: output.height,
      fps: output.fps,
      duration: output.durationSeconds,
      size: file.size,
      sha256: file.sha256,
      expires_at: new Date(expiresAtMs).toISOString(),
      providers: output.providers,
      sources: output.sources,
    },
  };
}
