import { problems } from "../../contract/errors.ts";
import { isTerminal, type OutputName } from "../../contract/render-events.ts";
import type { ProgressEvent, VideoAnswer } from "../../contract/videos.ts";
import type { Context } from "../context.ts";
import { outputPath } from "./files.ts";
import { linkExpiry, signedLink } from "./links.ts";
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
    options: {
      lang: document.language,
      aspect: document.aspect,
      resolution: document.resolution,
      fps: document.fps,
      output_format: "mp4",
      voice: { speed: document.voiceSpeed },
      captions: document.captions,
      music: document.music,
    },
    scenes: toScenes(video),
    credits_used: video.credits,
    ...(await toOutput(context, origin, video)),
    created_at: new Date(video.createdAtMs).toISOString(),
    started_at: video.startedAtMs === null ? null : new Date(video.startedAtMs).toISOString(),
    finished_at: video.finishedAtMs === null ? null : new Date(video.finishedAtMs).toISOString(),
  };
}

function toScenes(video: VideoRow): VideoAnswer["scenes"] {
  if (video.scenes !== null) {
    return video.scenes.map((scene) => ({
      title: scene.title,
      text: scene.text,
      ...(scene.startSeconds === undefined ? {} : { start: scene.startSeconds }),
      ...(scene.durationSeconds === undefined ? {} : { duration: scene.durationSeconds }),
    }));
  }
  const { source } = video.document;
  return source.kind === "scenes" ? source.scenes.map((scene) => ({ title: "", text: scene.text })) : [];
}

async function toOutput(context: Context, origin: string, video: VideoRow): Promise<Pick<VideoAnswer, "output">> {
  const { output } = video;
  const file = output?.files.find(({ name }) => name === "video.mp4");
  if (video.status !== "succeeded" || output === null || file === undefined) return {};
  const expiresAtMs = linkExpiry(context);
  const link = (name: OutputName) => signedLink(context, origin, outputPath(video.id, name), expiresAtMs);
  const [url, poster, vtt, srt, words] = await Promise.all([
    link("video.mp4"),
    link("poster.jpg"),
    link("captions.vtt"),
    link("captions.srt"),
    link("words.json"),
  ]);
  return {
    output: {
      url,
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
    },
  };
}
