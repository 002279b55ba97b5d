/** What a render says while it runs: NDJSON from the container, and the source of every progress event a caller sees. */
import { z } from "zod";
import {
  aspects,
  languages,
  mediaReference,
  pictureStyles,
  readableText,
  sceneTextMaxCharacters,
  voiceNames,
} from "./video.ts";

/** Stages in the order they happen; `queued` and `storing` belong to the Worker, the four between to the container. */
export const activeStages = ["scripting", "voicing", "illustrating", "rendering", "storing"] as const;
export const videoStatuses = ["queued", ...activeStages, "succeeded", "failed", "cancelled"] as const;
export const terminalStatuses = ["succeeded", "failed", "cancelled"] as const;
export type VideoStatus = (typeof videoStatuses)[number];
export type ActiveStage = (typeof activeStages)[number];

export function isTerminal(status: VideoStatus): boolean {
  return (terminalStatuses as readonly string[]).includes(status);
}

/** Files a finished render has, by the name they are stored and fetched under: one of the videos, and all of the others. */
export const outputNames = [
  "video.mp4",
  "video.webm",
  "video.gif",
  "poster.jpg",
  "captions.vtt",
  "captions.srt",
  "words.json",
] as const;
export type OutputName = (typeof outputNames)[number];
/** How many of them one render has. */
export const outputCount = 5;

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

/** Which provider made what, so that a fall-back is never silent; several names are joined by `+`. */
export const providersUsed = z.strictObject({ script: z.string(), voice: z.string(), pictures: z.string() });

/** Where something in the video comes from, and what it may be used for. */
export const sourceUsed = z.strictObject({
  what: z.enum(["picture", "voice", "music", "logo", "typeface"]),
  /** Counted from 0; absent for what belongs to the whole video. */
  scene: z.int().nonnegative().optional(),
  /** `drawn`, `espeak-ng`, `asset`, `url`, the name of a model … */
  provider: z.string(),
  licence: z.string(),
});
export type SourceUsed = z.infer<typeof sourceUsed>;

export const renderOutput = z.strictObject({
  title: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().positive(),
  /** Of the finished MP4: a whole number of frames. */
  durationSeconds: z.number().positive(),
  scenes: z.array(renderedScene).min(1),
  providers: providersUsed,
  sources: z.array(sourceUsed),
  files: z.array(renderedFile).length(outputCount),
});
export type RenderOutput = z.infer<typeof renderOutput>;

/** Lower-case hexadecimal SHA-256 of everything the thing is made from, the renderer's version included. */
export const artefactKey = z.string().regex(/^[0-9a-f]{64}$/);
export const artefactKinds = ["speech", "sound", "segment", "poster"] as const;
export type ArtefactKind = (typeof artefactKinds)[number];

export const artefact = z.strictObject({
  key: artefactKey,
  kind: z.enum(artefactKinds),
  /** Bytes. */
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Artefact = z.infer<typeof artefact>;

const scene = z.int().nonnegative();

/** What a render asks its caller for, each by a key it is then supplied under. */
export const wanted = z.discriminatedUnion("type", [
  /** Something a render has made before. `frames` says how much work a segment is. */
  z.strictObject({
    type: z.literal("artefact"),
    key: artefactKey,
    kind: z.enum(artefactKinds),
    frames: z.int().positive().optional(),
  }),
  /** The caller's own file. Without it the render fails. */
  z.strictObject({
    type: z.literal("media"),
    key: artefactKey,
    media: mediaReference,
    use: z.enum(["picture", "recording", "music", "logo"]),
    scene: scene.optional(),
  }),
  /** Answered with JSON, `WrittenScript`. */
  z.strictObject({
    type: z.literal("script"),
    key: artefactKey,
    prompt: z.string(),
    sceneCount: z.int().positive(),
    language: z.enum(languages),
  }),
  /** Answered with an audio file of a voice reading `text`. */
  z.strictObject({
    type: z.literal("voice"),
    key: artefactKey,
    scene,
    text: z.string(),
    language: z.enum(languages),
    name: z.enum(voiceNames),
  }),
  /** Answered with an image of `prompt`; it is cropped to the frame. */
  z.strictObject({
    type: z.literal("picture"),
    key: artefactKey,
    scene,
    prompt: z.string(),
    style: z.enum(pictureStyles),
    aspect: z.enum(aspects),
  }),
]);
export type Wanted = z.infer<typeof wanted>;

/** What a script provider answers; the container checks it before a word is spoken. */
export const writtenScript = z.strictObject({
  title: readableText(120),
  scenes: z.array(z.strictObject({ title: readableText(120), narration: readableText(sceneTextMaxCharacters) })).min(1),
});
export type WrittenScript = z.infer<typeof writtenScript>;

/** Why a render failed. The title and the HTTP status of each code are in errors.ts. */
export const renderErrorCodes = [
  "script_failed",
  "voice_failed",
  "picture_failed",
  "picture_timeout",
  "media_refused",
  "media_failed",
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
  /** What the caller may have; the container makes what it has not, and fails without its media. */
  z.strictObject({ type: z.literal("wanted"), sequence: z.int().positive(), items: z.array(wanted).min(1) }),
  /** Worth keeping for the next render that wants the same. */
  z.strictObject({ type: z.literal("made"), sequence: z.int().positive(), artefact }),
  /** The end of a part: all its segments are made. */
  z.strictObject({ type: z.literal("part_done"), sequence: z.int().positive() }),
  z.strictObject({ type: z.literal("done"), sequence: z.int().positive(), output: renderOutput }),
  z.strictObject({ type: z.literal("failed"), sequence: z.int().positive(), error: renderFailure }),
]);
export type RenderEvent = z.infer<typeof renderEvent>;
