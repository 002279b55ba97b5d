import { z } from "zod";
import { costBreakdown, listQuery, pricedResolutions } from "./credits.ts";
import { fieldError, problemCodes } from "./errors.ts";
import { idSchema } from "./ids.ts";
import { videoStatuses } from "./render-events.ts";
import {
  aspects,
  captionStyles,
  defaultSceneCount,
  frameRates,
  languages,
  motions,
  musicMoods,
  promptMaxCharacters,
  readableText,
  sceneDurationMaxSeconds,
  scenesMax,
  sceneTextMaxCharacters,
} from "./video.ts";

const sceneBody = z.strictObject({
  text: readableText(sceneTextMaxCharacters).meta({ description: "Read aloud, word for word." }),
  duration: z
    .number()
    .min(1)
    .max(sceneDurationMaxSeconds)
    .optional()
    .meta({ description: "Seconds the scene lasts at least; a longer narration is never cut." }),
  motion: z.enum(motions).optional(),
});

const noProvider = (what: string) => z.literal(false, `no ${what} is set up on this service`).optional();

/** POST /api/videos: a `prompt` (with `scenes`, a count), or `scenes` written out. */
export const createVideoBody = z
  .strictObject({
    prompt: readableText(promptMaxCharacters)
      .optional()
      .meta({ example: "A young Kenyan entrepreneur builds an AI startup in Nairobi" }),
    scenes: z
      .union([z.int().min(1).max(scenesMax), z.array(sceneBody).min(1).max(scenesMax)], {
        error: `either how many scenes (1 to ${scenesMax}), or a list of 1 to ${scenesMax} scenes, each with its text`,
      })
      .optional()
      .meta({
        description: `How many scenes to write from the prompt (${defaultSceneCount} by default), or the scenes.`,
      }),
    title: readableText(120).optional(),
    lang: z.enum(languages, `a language with a voice here: ${languages.join(", ")}`).default("en"),
    vertical: z.boolean().optional().meta({ description: "true is aspect 9:16, false 16:9." }),
    aspect: z.enum(aspects).optional(),
    resolution: z.enum(pricedResolutions).default("720p"),
    fps: z
      .union(
        frameRates.map((rate) => z.literal(rate)),
        `one of ${frameRates.join(", ")}`,
      )
      .default(30),
    output_format: z.literal("mp4", "mp4 is what this service makes").default("mp4"),
    voice: z.strictObject({ speed: z.number().min(0.5).max(2).default(1) }).default({ speed: 1 }),
    captions: z.enum(captionStyles).default("words"),
    music: z.enum(musicMoods).default("calm"),
    custom_music: noProvider("upload of own music"),
    premium_tts: noProvider("premium voice"),
    ai_enhancement: noProvider("AI enhancement"),
  })
  .superRefine((body, context) => {
    const hasSceneList = Array.isArray(body.scenes);
    if (body.prompt === undefined && !hasSceneList) {
      context.addIssue({ code: "custom", path: ["prompt"], message: "give a prompt, or a list of scenes" });
    }
    if (body.prompt !== undefined && hasSceneList) {
      context.addIssue({ code: "custom", path: ["prompt"], message: "give a prompt or a list of scenes, not both" });
    }
    if (body.vertical !== undefined && body.aspect !== undefined && body.vertical !== (body.aspect === "9:16")) {
      context.addIssue({ code: "custom", path: ["vertical"], message: "disagrees with aspect" });
    }
  })
  .meta({
    examples: [{ prompt: "A young Kenyan entrepreneur builds an AI startup in Nairobi", scenes: 3, vertical: true }],
  });
export type CreateVideoBody = z.infer<typeof createVideoBody>;

const limitState = z.object({
  used: z.int().nonnegative(),
  limit: z.int().positive().nullable(),
  resets_at: z.string(),
});

export const videoAccepted = z.object({
  id: idSchema("video"),
  status: z.enum(videoStatuses),
  credits_used: z.int().nonnegative(),
  balance: z.int().nonnegative(),
  daily: limitState,
  urls: z.object({ self: z.string(), events: z.string(), socket: z.string(), cancel: z.string() }),
  warnings: z.array(fieldError),
});
export type VideoAccepted = z.infer<typeof videoAccepted>;

export const quoteAnswer = z.object({
  valid: z.boolean(),
  credits: z.int().nullable(),
  breakdown: costBreakdown,
  estimated_seconds: z.number().nullable().meta({ description: "Seconds the render is expected to take." }),
  estimated_duration: z.number().nullable().meta({ description: "Seconds the video may last at most." }),
  errors: z.array(fieldError),
  warnings: z.array(fieldError),
});
export type QuoteAnswer = z.infer<typeof quoteAnswer>;

export const videosQuery = listQuery.extend({ status: z.enum(videoStatuses).optional() });
export type VideosQuery = z.infer<typeof videosQuery>;

export const videoOptions = z.object({
  lang: z.enum(languages),
  aspect: z.enum(aspects),
  resolution: z.enum(pricedResolutions),
  fps: z.number(),
  output_format: z.literal("mp4"),
  voice: z.object({ speed: z.number() }),
  captions: z.enum(captionStyles),
  music: z.enum(musicMoods),
});

export const videoAnswer = z.object({
  id: idSchema("video"),
  status: z.enum(videoStatuses),
  /** The same word as status: the stage the video is in, or how it ended. */
  stage: z.enum(videoStatuses),
  progress: z.number().min(0).max(100),
  queue_position: z.int().nullable().meta({ description: "1 is next; null once it has left the queue." }),
  eta_seconds: z.int().nullable(),
  title: z.string(),
  prompt: z.string().nullable(),
  options: videoOptions,
  scenes: z.array(
    z.object({ title: z.string(), text: z.string(), start: z.number().optional(), duration: z.number().optional() }),
  ),
  credits_used: z.int().nonnegative(),
  output: z
    .object({
      url: z.string(),
      poster_url: z.string(),
      captions_vtt_url: z.string(),
      captions_srt_url: z.string(),
      words_url: z.string(),
      width: z.int(),
      height: z.int(),
      fps: z.number(),
      duration: z.number(),
      size: z.int(),
      sha256: z.string(),
      expires_at: z.string(),
      providers: z.object({ script: z.string(), voice: z.string(), pictures: z.string() }),
    })
    .optional(),
  error: z
    .object({
      code: z.enum(problemCodes),
      title: z.string(),
      detail: z.string(),
      scene: z.int().optional(),
      retryable: z.boolean(),
      charged: z.boolean(),
    })
    .optional(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
});
export type VideoAnswer = z.infer<typeof videoAnswer>;

export const videosAnswer = z.object({ data: z.array(videoAnswer), next_cursor: z.string().nullable() });
export type VideosAnswer = z.infer<typeof videosAnswer>;

/** The data of each `progress` event, and of the terminal one, named after how the video ended. */
export const progressEvent = videoAnswer.pick({
  id: true,
  status: true,
  stage: true,
  progress: true,
  queue_position: true,
  eta_seconds: true,
  error: true,
});
export type ProgressEvent = z.infer<typeof progressEvent>;
