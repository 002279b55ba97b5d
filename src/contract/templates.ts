/** GET /api/templates: what a video can be made from by filling in a few values, and every preset there is. */
import { z } from "zod";
import { listQuery } from "./credits.ts";
import {
  aspects,
  brandFonts,
  captionPositions,
  captionStyles,
  frameRates,
  grades,
  languages,
  motions,
  musicMoods,
  outputFormats,
  pictureStyles,
  recordedLanguages,
  resolutions,
  spokenLanguages,
  titleModes,
  transitions,
  voiceNames,
} from "./video.ts";

/** The languages every template is written in. */
export const templateLanguages = ["en", "sw"] as const;
export type TemplateLanguage = (typeof templateLanguages)[number];

const inEach = z.object({ en: z.string(), sw: z.string() });

export const templateValueAnswer = z.object({
  name: z.string(),
  description: inEach,
  example: inEach,
  max_characters: z.int().positive(),
  required: z.boolean(),
});

export const templateAnswer = z.object({
  id: z.string(),
  name: inEach,
  description: inEach,
  languages: z.array(z.enum(templateLanguages)),
  values: z.array(templateValueAnswer),
  /** The options it sets where the caller does not. */
  presets: z.object({
    aspect: z.enum(aspects),
    music: z.enum(musicMoods),
    captions: z.object({ style: z.enum(captionStyles), position: z.enum(captionPositions) }),
    image_style: z.enum(pictureStyles),
    grade: z.enum(grades),
    transition: z.enum(transitions),
    titles: z.enum(titleModes),
    voice: z.enum(voiceNames),
    font: z.enum(brandFonts),
  }),
  scenes: z
    .array(z.object({ title: inEach, text: inEach, picture: z.string() }))
    .meta({ description: "What is said and shown; {name} stands for a value." }),
});
export type TemplateAnswer = z.infer<typeof templateAnswer>;

export const presetsAnswer = z.object({
  languages: z.object({
    spoken: z.array(z.enum(spokenLanguages)),
    recorded: z.array(z.enum(recordedLanguages)),
    all: z.array(z.enum(languages)),
  }),
  voices: z.array(z.enum(voiceNames)),
  aspects: z.array(z.enum(aspects)),
  resolutions: z.array(z.enum(resolutions)),
  fps: z.array(z.union(frameRates.map((rate) => z.literal(rate)))),
  output_formats: z.array(z.enum(outputFormats)),
  caption_styles: z.array(z.enum(captionStyles)),
  moods: z.array(z.enum(musicMoods)),
  image_styles: z.array(z.enum(pictureStyles)),
  grades: z.array(z.enum(grades)),
  transitions: z.array(z.enum(transitions)),
  motions: z.array(z.enum(motions)),
  titles: z.array(z.enum(titleModes)),
  fonts: z.array(z.enum(brandFonts)),
});

export const templatesQuery = listQuery;
export type TemplatesQuery = z.infer<typeof templatesQuery>;

export const templatesAnswer = z.object({
  data: z.array(templateAnswer),
  next_cursor: z.string().nullable(),
  presets: presetsAnswer,
});
export type TemplatesAnswer = z.infer<typeof templatesAnswer>;
