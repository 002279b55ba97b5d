/** What a caller may choose for a video, as it is spelt on the wire: scenes and options of videos, templates and projects. */
import { z } from "zod";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";
import {
  aspects,
  brandFonts,
  captionModes,
  captionPositions,
  captionStyles,
  colour,
  duckRangeDb,
  frameRates,
  grades,
  languages,
  loudnessRangeLufs,
  motions,
  musicMoods,
  outputFormats,
  pictureStyles,
  readableText,
  resolutions,
  sceneDurationMaxSeconds,
  sceneTextMaxCharacters,
  titleModes,
  transitions,
  voiceNames,
} from "./video.ts";

/** What a video is where neither the caller nor the template says otherwise. */
export const videoDefaults = {
  lang: "en",
  aspect: "16:9",
  resolution: "720p",
  fps: 30,
  output_format: "mp4",
  draft: false,
  voice: { name: "zuri", speed: 1 },
  captions: { mode: "words", style: "clean", position: "bottom" },
  music: { mood: "calm", duck_db: duckRangeDb.default },
  loudness_lufs: loudnessRangeLufs.default,
  image_style: "flat",
  grade: "none",
  transition: "fade",
  /** Where there is a title to show: one that was given, or a script's. */
  titles: "opening",
  premium_tts: false,
  ai_enhancement: false,
} as const;

export const titleMaxCharacters = 120;
export const titleText = readableText(titleMaxCharacters);
const webAddress = z.url({ protocol: /^https?$/, error: "an http or https address" }).max(2_000);
const assetId = idSchema("asset");

const oneOf = (words: readonly (string | number)[]) => `one of ${words.join(", ")}`;

/** Fields of which a value has exactly one. */
function exactlyOne(fields: readonly string[]) {
  return (value: Record<string, unknown>) => fields.filter((field) => value[field] !== undefined).length === 1;
}

const mediaFields = { asset: assetId.optional(), url: webAddress.optional() };
const mediaWords = "the id of an uploaded asset (ast_…), or an https address";
const imageWords = `${mediaWords}, or one of {asset}, {url}, {prompt}, {colour}`;

/** `ast_…` or an address, as the object it is short for. */
const mediaText = z
  .union([assetId, webAddress], { error: mediaWords })
  .transform((text): { asset?: string | undefined; url?: string | undefined } =>
    text.startsWith("ast_") ? { asset: text } : { url: text },
  );

const mediaInput = z.union(
  [
    mediaText,
    z
      .strictObject(mediaFields)
      .refine(exactlyOne(["asset", "url"]), told("conflict", "needs either an asset or a url")),
  ],
  { error: mediaWords },
);
export type MediaInput = z.infer<typeof mediaInput>;

const imageInput = z
  .union(
    [
      mediaText,
      z
        .strictObject({
          ...mediaFields,
          prompt: readableText(sceneTextMaxCharacters).optional(),
          colour: colour.optional(),
        })
        .refine(
          exactlyOne(["asset", "url", "prompt", "colour"]),
          told("conflict", "needs exactly one of asset, url, prompt and colour"),
        ),
    ],
    { error: imageWords },
  )
  .meta({ description: `What is shown: ${imageWords}. Without it a picture of what the scene says is made.` });
export type ImageInput = z.infer<typeof imageInput>;

const voiceFields = z.strictObject({
  name: z.enum(voiceNames, oneOf(voiceNames)).optional(),
  speed: z.number().min(0.5).max(2).optional().meta({ description: "1 is the voice's own pace." }),
});
const voiceInput = z.union(
  [z.enum(voiceNames).transform((name): z.infer<typeof voiceFields> => ({ name })), voiceFields],
  {
    error: `${oneOf(voiceNames)}, or {name, speed}`,
  },
);

const captionFields = z.strictObject({
  mode: z.enum(captionModes, oneOf(captionModes)).optional(),
  style: z.enum(captionStyles, oneOf(captionStyles)).optional(),
  position: z.enum(captionPositions, oneOf(captionPositions)).optional(),
});
const captionsInput = z.union(
  [z.enum(captionModes).transform((mode): z.infer<typeof captionFields> => ({ mode })), captionFields],
  { error: `${oneOf(captionModes)}, or {mode, style, position}` },
);

const musicFields = z
  .strictObject({
    mood: z.enum(musicMoods, oneOf(musicMoods)).optional(),
    ...mediaFields,
    duck_db: z.number().min(duckRangeDb.min).max(duckRangeDb.max).optional().meta({
      description: "How far the music goes down under the voice.",
    }),
  })
  .refine(
    ({ mood, asset, url }) => [mood, asset, url].filter((bed) => bed !== undefined).length <= 1,
    told("conflict", "takes one of mood, asset and url"),
  );
const musicInput = z.union(
  [z.enum(musicMoods).transform((mood): z.infer<typeof musicFields> => ({ mood })), musicFields],
  {
    error: `${oneOf(musicMoods)}, or {mood | asset | url, duck_db}`,
  },
);

const resolutionInput = z
  .enum([...resolutions, "4K"], oneOf(resolutions))
  .transform((resolution) => (resolution === "4K" ? ("4k" as const) : resolution));

export const sceneBody = z.strictObject({
  text: readableText(sceneTextMaxCharacters).meta({ description: "Read aloud, word for word." }),
  title: titleText.optional().meta({ description: "What the lower third says, where titles are shown for scenes." }),
  image: imageInput.optional(),
  duration: z
    .number()
    .min(1)
    .max(sceneDurationMaxSeconds)
    .optional()
    .meta({ description: "Seconds the scene lasts at least; a longer narration is never cut." }),
  motion: z.enum(motions, oneOf(motions)).optional(),
  transition: z.enum(transitions, oneOf(transitions)).optional().meta({ description: "Into this scene." }),
  voice: voiceInput.optional(),
  recording: mediaInput.optional().meta({ description: "Somebody reading the text: played instead of a voice." }),
});
export type SceneBody = z.infer<typeof sceneBody>;

/** How it is encoded: what may be chosen anew for each render of the same thing. */
export const encodingFields = {
  resolution: resolutionInput.optional(),
  fps: z
    .union(
      frameRates.map((rate) => z.literal(rate)),
      oneOf(frameRates),
    )
    .optional(),
};

export const optionFields = {
  ...encodingFields,
  lang: z.enum(languages, `a language with a voice here: ${languages.join(", ")}`).optional(),
  vertical: z.boolean().optional().meta({ description: "true is aspect 9:16, false 16:9." }),
  aspect: z.enum(aspects, oneOf(aspects)).optional(),
  output_format: z.enum(outputFormats, oneOf(outputFormats)).optional(),
  draft: z
    .boolean()
    .optional()
    .meta({ description: "Small and cheap, to look at first; promoted for the difference." }),
  voice: voiceInput.optional(),
  captions: captionsInput.optional(),
  music: musicInput.optional(),
  custom_music: z
    .boolean()
    .optional()
    .meta({ description: "true needs music.asset or music.url, false goes without them." }),
  loudness_lufs: z.number().min(loudnessRangeLufs.min).max(loudnessRangeLufs.max).optional(),
  image_style: z.enum(pictureStyles, oneOf(pictureStyles)).optional(),
  grade: z.enum(grades, oneOf(grades)).optional(),
  transition: z.enum(transitions, oneOf(transitions)).optional(),
  motion: z
    .enum(motions, oneOf(motions))
    .optional()
    .meta({ description: "Of every scene that does not say its own; a prompt's script chooses for itself." }),
  titles: z.enum(titleModes, oneOf(titleModes)).optional(),
  brand: z
    .strictObject({
      logo: mediaInput.optional(),
      primary: colour.optional(),
      accent: colour.optional(),
      font: z.enum(brandFonts, oneOf(brandFonts)).optional(),
    })
    .optional(),
  premium_tts: z.boolean().optional(),
  ai_enhancement: z.boolean().optional(),
};

/** Options that contradict each other. */
export function checkOptions(options: z.infer<z.ZodObject<typeof optionFields>>, context: z.core.$RefinementCtx): void {
  const { vertical, aspect, music, custom_music: wantsOwnMusic } = options;
  if (vertical !== undefined && aspect !== undefined && vertical !== (aspect === "9:16")) {
    context.addIssue({
      code: "custom",
      path: ["vertical"],
      message: "disagrees with aspect",
      params: { code: "conflict" },
    });
  }
  const hasOwnMusic = music?.asset !== undefined || music?.url !== undefined;
  if (wantsOwnMusic !== undefined && wantsOwnMusic !== hasOwnMusic) {
    const message = wantsOwnMusic ? "needs your music: give music.asset or music.url" : "disagrees with music";
    context.addIssue({ code: "custom", path: ["custom_music"], message, params: { code: "conflict" } });
  }
}

export const videoOptionsBody = z.strictObject(optionFields).superRefine(checkOptions);
export type VideoOptionsBody = z.infer<typeof videoOptionsBody>;
