/**
 * The video document: what the API accepts (after defaults) and what the container renders, word for word.
 * Lengths are in Unicode code points, durations in seconds, speeds are ratios.
 */
import { z } from "zod";

export const languages = ["en", "sw", "sheng"] as const;
export const aspects = ["16:9", "9:16"] as const;
export const renderResolutions = ["720p", "1080p"] as const;
export const frameRates = [24, 25, 30] as const;
export const motions = ["zoom_in", "zoom_out", "pan_left", "pan_right", "still"] as const;
export const captionStyles = ["off", "lines", "words"] as const;
export const musicMoods = ["none", "calm", "bright", "drive"] as const;

export type Language = (typeof languages)[number];
export type Aspect = (typeof aspects)[number];
export type RenderResolution = (typeof renderResolutions)[number];
export type Motion = (typeof motions)[number];
export type CaptionStyle = (typeof captionStyles)[number];
export type MusicMood = (typeof musicMoods)[number];

export const promptMaxCharacters = 2_000;
export const sceneTextMaxCharacters = 600;
export const scenesMax = 20;
export const defaultSceneCount = 3;

/** A prompt's scene never lasts longer than this: the script writer and the voice keep within it, and the quote charges it. */
export const promptSceneCeilingSeconds = 12;
/** Silence around a scene's narration: before the first word and after the last one. */
export const scenePaddingSeconds = 0.8;
/** No scene is shorter than this, however little is said in it. */
export const sceneFloorSeconds = 2.5;
/** A scene's own `duration` stretches it; the narration is never cut. */
export const sceneDurationMaxSeconds = 60;

/** C0 and C1 controls other than tab and line breaks, and lone surrogates: nothing a narrator could read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/** Text a person wrote: trimmed, NFC, with no control characters, at most `max` code points, and something to read aloud in it. */
export function readableText(max: number) {
  return z
    .string()
    .max(max * 2, `at most ${max} characters`)
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => !unreadable.test(text), "has control characters, which cannot be read aloud")
    .refine((text) => [...text].length <= max, `at most ${max} characters`)
    .refine((text) => /[\p{L}\p{N}]/u.test(text), "needs at least one letter or digit to read aloud");
}

export const documentScene = z.strictObject({
  text: readableText(sceneTextMaxCharacters),
  /** The least the scene lasts; a longer narration makes it longer. */
  durationSeconds: z.number().min(1).max(sceneDurationMaxSeconds).optional(),
  motion: z.enum(motions).optional(),
});
export type DocumentScene = z.infer<typeof documentScene>;

export const videoSource = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("prompt"),
    prompt: readableText(promptMaxCharacters),
    sceneCount: z.int().min(1).max(scenesMax),
  }),
  z.strictObject({ kind: z.literal("scenes"), scenes: z.array(documentScene).min(1).max(scenesMax) }),
]);

export type VideoSource = z.infer<typeof videoSource>;

export const videoDocument = z.strictObject({
  source: videoSource,
  title: readableText(120).optional(),
  language: z.enum(languages),
  aspect: z.enum(aspects),
  resolution: z.enum(renderResolutions),
  fps: z.union(frameRates.map((rate) => z.literal(rate))),
  /** Speaking rate: 1 is the voice's own. */
  voiceSpeed: z.number().min(0.5).max(2),
  captions: z.enum(captionStyles),
  music: z.enum(musicMoods),
});
export type VideoDocument = z.infer<typeof videoDocument>;

/** Pixels of the finished video. */
export function frameSize(aspect: Aspect, resolution: RenderResolution): { width: number; height: number } {
  const [long, short] = resolution === "1080p" ? [1920, 1080] : [1280, 720];
  return aspect === "16:9" ? { width: long, height: short } : { width: short, height: long };
}
