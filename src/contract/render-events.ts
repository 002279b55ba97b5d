/** What a render says while it runs: NDJSON from the container, and the source of every progress event a caller sees. */
import { z } from "zod";

/** Stages in the order they happen; `queued` and `storing` belong to the Worker, the four between to the container. */
export const activeStages = ["scripting", "voicing", "illustrating", "rendering", "storing"] as const;
export const videoStatuses = ["queued", ...activeStages, "succeeded", "failed", "cancelled"] as const;
export const terminalStatuses = ["succeeded", "failed", "cancelled"] as const;
export type VideoStatus = (typeof videoStatuses)[number];
export type ActiveStage = (typeof activeStages)[number];

export function isTerminal(status: VideoStatus): boolean {
  return (terminalStatuses as readonly string[]).includes(status);
}

/** Files a finished render has, by the name they are stored and fetched under. */
export const outputNames = ["video.mp4", "poster.jpg", "captions.vtt", "captions.srt", "words.json"] as const;
export type OutputName = (typeof outputNames)[number];

export const renderedFile = z.strictObject({
  name: z.enum(outputNames),
  contentType: z.string(),
  /** Bytes. */
  size: z.int().positive(),
  /** Lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type RenderedFile = z.infer<typeof renderedFile>;

export const renderedScene = z.strictObject({
  title: z.string(),
  text: z.string(),
  startSeconds: z.number().nonnegative(),
  durationSeconds: z.number().positive(),
});
export type RenderedScene = z.infer<typeof renderedScene>;

/** Which provider made what, so that a fall-back is never silent. */
export const providersUsed = z.strictObject({ script: z.string(), voice: z.string(), pictures: z.string() });

export const renderOutput = z.strictObject({
  title: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().positive(),
  /** Of the finished MP4: a whole number of frames. */
  durationSeconds: z.number().positive(),
  scenes: z.array(renderedScene).min(1),
  providers: providersUsed,
  files: z.array(renderedFile).length(outputNames.length),
});
export type RenderOutput = z.infer<typeof renderOutput>;

/** Why a render failed. The title and the HTTP status of each code are in errors.ts. */
export const renderErrorCodes = [
  "script_failed",
  "voice_failed",
  "picture_failed",
  "picture_timeout",
  "encode_failed",
  "render_timeout",
  "disk_full",
  "render_interrupted",
  "storage_failed",
] as const;
export type RenderErrorCode = (typeof renderErrorCodes)[number];

export const renderFailure = z.strictObject({
  code: z.enum(renderErrorCodes),
  /** For the caller to read: short, and never a path, a command line or a stack. */
  detail: z.string(),
  /** Counted from 0. */
  scene: z.int().nonnegative().optional(),
  isRetryable: z.boolean(),
});
export type RenderFailure = z.infer<typeof renderFailure>;

/** `sequence` counts from 1 within one run of one render; a re-attach replays from the start. */
export const renderEvent = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("progress"),
    sequence: z.int().positive(),
    stage: z.enum(["scripting", "voicing", "illustrating", "rendering"]),
    /** 0 to 100 over the container's whole job; never goes back. */
    percent: z.number().min(0).max(100),
  }),
  z.strictObject({
    type: z.literal("script"),
    sequence: z.int().positive(),
    title: z.string(),
    scenes: z.array(z.strictObject({ title: z.string(), text: z.string() })).min(1),
  }),
  z.strictObject({ type: z.literal("heartbeat"), sequence: z.int().positive() }),
  z.strictObject({ type: z.literal("done"), sequence: z.int().positive(), output: renderOutput }),
  z.strictObject({ type: z.literal("failed"), sequence: z.int().positive(), error: renderFailure }),
]);
export type RenderEvent = z.infer<typeof renderEvent>;
