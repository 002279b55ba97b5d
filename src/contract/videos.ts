import { z } from "zod";
import { costBreakdown, listQuery } from "./credits.ts";
import { fieldError, problemCodes } from "./errors.ts";
import { type FieldCode, told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import { providersUsed, sourceUsed, videoStatuses } from "./render-events.ts";
import {
  aspects,
  brand,
  captionLook,
  defaultSceneCount,
  grades,
  languages,
  motions,
  outputFormats,
  pictureStyles,
  promptMaxCharacters,
  readableText,
  resolutions,
  scenesMax,
  sceneTextMaxCharacters,
  scriptMaxCharacters,
  titleModes,
  transitions,
  voiceNames,
} from "./video.ts";
import { checkOptions, encodingFields, optionFields, sceneBody, titleText } from "./video-options.ts";

const sources = ["prompt", "script", "scenes", "template"] as const;

/** What one video is made from, exactly one of four, and what was chosen for it. */
export const createVideoBody = z
  .strictObject({
    prompt: readableText(promptMaxCharacters)
      .optional()
      .meta({ example: "A young Kenyan entrepreneur builds an AI startup in Nairobi" }),
    script: readableText(scriptMaxCharacters)
      .optional()
      .meta({ description: "Read aloud word for word; scenes are made of its sentences." }),
    scenes: z
      .union([z.int().min(1).max(scenesMax), z.array(sceneBody).min(1).max(scenesMax)], {
        error: `either how many scenes (1 to ${scenesMax}), or a list of 1 to ${scenesMax} scenes, each with its text`,
      })
      .optional()
      .meta({
        description: `How many scenes to write from the prompt (${defaultSceneCount} by default), or the scenes.`,
      }),
    template: z.string().max(60).optional().meta({ description: "The id of one of GET /api/templates." }),
    values: z
      .record(z.string().max(60), readableText(sceneTextMaxCharacters))
      .optional()
      .meta({ description: "What the template asks for, by name." }),
    title: titleText.optional(),
    ...optionFields,
    project_id: idSchema("project").optional(),
    revises: idSchema("video").optional().meta({
      description: "A finished video of yours: only the scenes that differ from its are charged and made anew.",
    }),
  })
  .superRefine((body, context) => {
    const refuse = (field: string, message: string, code: FieldCode = "conflict") =>
      context.addIssue({ code: "custom", path: [field], message, params: { code } });
    const given = sources.filter((source) =>
      source === "scenes" ? Array.isArray(body.scenes) : body[source] !== undefined,
    );
    const [source, other] = given;
    if (source === undefined) {
      refuse("prompt", "give a prompt, a script, a list of scenes, or a template", "required");
    } else if (other !== undefined) {
      const words = other === "scenes" ? "a list of scenes" : `a ${other}`;
      refuse(source, `give a ${source} or ${words}, not both`);
    } else if (source !== "prompt" && typeof body.scenes === "number") {
      refuse("scenes", `a count goes with a prompt; a ${source} decides for itself`);
    }
    if (body.values !== undefined && body.template === undefined) refuse("values", "values go with a template");
    if (source === "prompt" && body.motion !== undefined) {
      refuse("motion", "the script of a prompt chooses the motion; give scenes or a script to choose it yourself");
    }
    checkOptions(body, context);
  })
  .meta({
    examples: [{ prompt: "A young Kenyan entrepreneur builds an AI startup in Nairobi", scenes: 3, vertical: true }],
  });
export type CreateVideoBody = z.infer<typeof createVideoBody>;

/** POST /api/videos/:id/promote: what of the real one may differ from its draft. */
export const promoteVideoBody = z.strictObject(encodingFields);
export type PromoteVideoBody = z.infer<typeof promoteVideoBody>;

/** POST /api/videos/:id/aspects. */
export const makeAspectsBody = z.strictObject({
  aspects: z
    .array(z.enum(aspects, `one of ${aspects.join(", ")}`))
    .min(1)
    .max(aspects.length)
    .refine((list) => new Set(list).size === list.length, told("repeated", "names a shape twice")),
});
export type MakeAspectsBody = z.infer<typeof makeAspectsBody>;

const limitState = z.object({
  used: z.int().nonnegative(),
  limit: z.int().positive().nullable(),
  resets_at: z.string(),
});

const videoUrls = z.object({ self: z.string(), events: z.string(), socket: z.string(), cancel: z.string() });

export const videoAccepted = z.object({
  id: idSchema("video"),
  status: z.enum(videoStatuses),
  credits_used: z.int().nonnegative(),
  balance: z.int().nonnegative(),
  daily: limitState,
  urls: videoUrls,
  warnings: z.array(fieldError),
});
export type VideoAccepted = z.infer<typeof videoAccepted>;

export const retryAccepted = videoAccepted.extend({ retry_of: idSchema("video") });
export const promotionAccepted = videoAccepted.extend({ promoted_from: idSchema("video") });
export const aspectsAccepted = z.object({ data: z.array(videoAccepted.extend({ aspect: z.enum(aspects) })) });

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

export const videosQuery = listQuery.extend({
  status: z.enum(videoStatuses).optional(),
  project_id: idSchema("project").optional(),
  query: z.string().trim().min(1).max(200).optional().meta({
    description: "Words of the title, of the prompt, or of what is said, in any case and just as they stand.",
  }),
});
export type VideosQuery = z.infer<typeof videosQuery>;

const mediaAnswer = z.union([z.object({ asset: z.string() }), z.object({ url: z.string() })]);
const musicAnswer = z.object({
  mood: z.string().optional(),
  asset: z.string().optional(),
  url: z.string().optional(),
  duck_db: z.number(),
});

/** Everything that was chosen, defaults included. */
export const videoOptions = z.object({
  lang: z.enum(languages),
  aspect: z.enum(aspects),
  resolution: z.enum(resolutions),
  fps: z.number(),
  output_format: z.enum(outputFormats),
  draft: z.boolean(),
  voice: z.object({ name: z.enum(voiceNames), speed: z.number() }),
  captions: captionLook,
  music: musicAnswer,
  loudness_lufs: z.number(),
  image_style: z.enum(pictureStyles),
  grade: z.enum(grades),
  transition: z.enum(transitions),
  titles: z.enum(titleModes),
  brand: z.object({
    logo: mediaAnswer.optional(),
    primary: z.string().optional(),
    accent: z.string().optional(),
    font: brand.shape.font,
  }),
  premium_tts: z.boolean(),
  ai_enhancement: z.boolean(),
});
export type VideoOptions = z.infer<typeof videoOptions>;

const sceneAnswer = z.object({
  title: z.string(),
  text: z.string(),
  start: z.number().optional(),
  duration: z.number().optional().meta({ description: "Seconds, once it is made." }),
  image: z
    .object({
      asset: z.string().optional(),
      url: z.string().optional(),
      prompt: z.string().max(sceneTextMaxCharacters).optional(),
      colour: z.string().optional(),
    })
    .meta({ description: "As it was asked for; empty for a picture of what the scene says." }),
  motion: z.enum(motions).optional(),
  transition: z.enum(transitions).optional(),
  recording: mediaAnswer.optional(),
  providers: z
    .object({ picture: z.string().optional(), voice: z.string().optional() })
    .optional()
    .meta({ description: "Who made what, once it is made." }),
});

/** How a video came from another one of the same tenant. */
export const derivations = ["retry", "promotion", "aspect", "revision"] as const;
export type Derivation = (typeof derivations)[number];

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
  scenes: z.array(sceneAnswer),
  credits_used: z.int().nonnegative(),
  project_id: z.string().nullable(),
  derived_from: z
    .object({ video_id: idSchema("video"), as: z.enum(derivations) })
    .nullable()
    .meta({ description: "The video it was made from, and as what." }),
  urls: videoUrls,
  output: z
    .object({
      url: z.string(),
      format: z.enum(outputFormats),
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
      providers: providersUsed,
      sources: z.array(sourceUsed),
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
