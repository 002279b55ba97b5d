/**
 * The video document: what the API accepts (after defaults) and what the container renders, word for word.
 * Lengths are in Unicode code points, durations in seconds, speeds are ratios, levels in dB or LUFS.
 */
import { z } from "zod";
import { told } from "./field-codes.ts";
import { idSchema } from "./ids.ts";

/** Languages an offline voice speaks. Sheng is read by the Swahili voice. */
export const spokenLanguages = [
  "en",
  "sw",
  "sheng",
  "fr",
  "ar",
  "am",
  "om",
  "tn",
  "af",
  "pt",
  "hi",
  "es",
  "de",
  "it",
] as const;
/** Languages without an offline voice: every scene brings a recording, or a premium voice speaks it, or it is refused. */
export const recordedLanguages = ["ha", "yo", "ig", "so", "zu", "xh", "rw", "sn", "ln"] as const;
export const languages = [...spokenLanguages, ...recordedLanguages] as const;
/** Languages the offline script writer writes a prompt's scenes in; others need a script, scenes, or a text model. */
export const writtenLanguages = ["en", "sw", "sheng", "fr", "pt", "es", "de", "it", "af", "ar"] as const;

export const aspects = ["16:9", "9:16", "1:1", "4:5"] as const;
export const resolutions = ["720p", "1080p", "4k"] as const;
export const frameRates = [24, 25, 30, 60] as const;
export const outputFormats = ["mp4", "webm", "gif"] as const;
export const motions = ["zoom_in", "zoom_out", "pan_left", "pan_right", "pan_up", "pan_down", "still"] as const;
export const transitions = ["cut", "fade", "dip", "slide", "wipe"] as const;
export const captionModes = ["off", "lines", "words"] as const;
export const captionStyles = ["clean", "bold", "boxed", "karaoke", "elegant", "minimal"] as const;
export const captionPositions = ["bottom", "middle", "top"] as const;
export const musicMoods = ["none", "calm", "bright", "drive", "warm", "worship", "news"] as const;
export const pictureStyles = ["flat", "papercut", "print", "sketch"] as const;
export const grades = ["none", "warm", "cool", "film", "mono"] as const;
/** Each exists in every spoken language: a middle, a higher and a deeper voice. */
export const voiceNames = ["amani", "zuri", "baraka"] as const;
export const brandFonts = ["grotesque", "condensed", "serif", "geometric", "humanist"] as const;
/** `opening`: the title over the first scene; `scenes`: that, and a lower third with each scene's title. */
export const titleModes = ["off", "opening", "scenes"] as const;

export type SpokenLanguage = (typeof spokenLanguages)[number];
export type Language = (typeof languages)[number];
export type WrittenLanguage = (typeof writtenLanguages)[number];
export type Aspect = (typeof aspects)[number];
export type Resolution = (typeof resolutions)[number];
export type OutputFormat = (typeof outputFormats)[number];
export type Motion = (typeof motions)[number];
export type Transition = (typeof transitions)[number];
export type CaptionMode = (typeof captionModes)[number];
export type CaptionStyle = (typeof captionStyles)[number];
export type CaptionPosition = (typeof captionPositions)[number];
export type MusicMood = (typeof musicMoods)[number];
export type PictureStyle = (typeof pictureStyles)[number];
export type Grade = (typeof grades)[number];
export type VoiceName = (typeof voiceNames)[number];
export type BrandFont = (typeof brandFonts)[number];
export type TitleMode = (typeof titleModes)[number];

export const promptMaxCharacters = 2_000;
export const scriptMaxCharacters = 12_000;
export const sceneTextMaxCharacters = 600;
export const scenesMax = 20;
export const defaultSceneCount = 3;

/** A prompt's scene never lasts longer than this: the script writer and the voice keep within it, and the quote charges it. */
export const promptSceneCeilingSeconds = 12;
/** Silence around a scene's narration: before the first word and after the last one. */
export const scenePaddingSeconds = 0.8;
/** No scene is shorter than this, however little is said in it. */
export const sceneFloorSeconds = 2.5;
/** A scene's own `duration` stretches it; the narration is never cut. A recording longer than this is refused. */
export const sceneDurationMaxSeconds = 60;
/** A GIF has no sound and grows by about a megabyte every few seconds. */
export const gifMaxSeconds = 60;
/** EBU R 128 asks for −23, podcasts take −16, the phone platforms play at −14. */
export const loudnessRangeLufs = { min: -24, max: -9, default: -14 } as const;
/** How far the music goes down under the voice. */
export const duckRangeDb = { min: 0, max: 30, default: 14 } as const;

/** C0 and C1 controls other than tab and line breaks, and lone surrogates: nothing a narrator could read. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/** Text a person wrote: trimmed, NFC, with no control characters, at most `max` code points, and something to read aloud in it. */
export function readableText(max: number) {
  return z
    .string()
    .max(max * 2, `at most ${max} characters`)
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => !unreadable.test(text), told("unreadable", "has control characters, which cannot be read aloud"))
    .refine((text) => [...text].length <= max, told("too_long", `at most ${max} characters`, { limit: max }))
    .refine((text) => /[\p{L}\p{N}]/u.test(text), told("wordless", "needs at least one letter or digit to read aloud"));
}

/** A file of the caller's: uploaded before, or to be fetched from a public https address when the video is made. */
export const mediaReference = z.union(
  [
    z.strictObject({ asset: idSchema("asset") }),
    z.strictObject({ url: z.url({ protocol: /^https?$/, error: "an http or https address" }).max(2_000) }),
  ],
  { error: "either the id of an uploaded asset, or a url" },
);
export type MediaReference = z.infer<typeof mediaReference>;

export const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "a colour as #rrggbb")
  .transform((text) => text.toLowerCase());

export const scenePicture = z.discriminatedUnion("kind", [
  /** Made by a picture provider: of `prompt`, or of what the scene says. */
  z.strictObject({ kind: z.literal("generated"), prompt: readableText(sceneTextMaxCharacters).optional() }),
  /** An image or a video clip; a clip is shown without its sound, and repeated when it is too short. */
  z.strictObject({ kind: z.literal("media"), media: mediaReference }),
  z.strictObject({ kind: z.literal("colour"), colour }),
]);
export type ScenePicture = z.infer<typeof scenePicture>;

const voiceSpeed = z.number().min(0.5).max(2);

export const documentScene = z.strictObject({
  text: readableText(sceneTextMaxCharacters),
  /** What the lower third says, when titles are shown for scenes. */
  title: readableText(120).optional(),
  picture: scenePicture.optional(),
  /** The least the scene lasts; a longer narration makes it longer. */
  durationSeconds: z.number().min(1).max(sceneDurationMaxSeconds).optional(),
  motion: z.enum(motions).optional(),
  /** Into this scene, from the one before. */
  transition: z.enum(transitions).optional(),
  voice: z.strictObject({ name: z.enum(voiceNames).optional(), speed: voiceSpeed.optional() }).optional(),
  /** Somebody reading `text`: played instead of a voice. */
  recording: mediaReference.optional(),
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

export const captionLook = z.strictObject({
  mode: z.enum(captionModes),
  style: z.enum(captionStyles),
  position: z.enum(captionPositions),
});
export type CaptionLook = z.infer<typeof captionLook>;

export const documentMusic = z.strictObject({
  bed: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("mood"), mood: z.enum(musicMoods) }),
    /** Repeated when it is too short. */
    z.strictObject({ kind: z.literal("media"), media: mediaReference }),
  ]),
  duckDb: z.number().min(duckRangeDb.min).max(duckRangeDb.max),
});
export type DocumentMusic = z.infer<typeof documentMusic>;

export const brand = z.strictObject({
  /** An image with a transparent or plain ground, shown small in a corner. */
  logo: mediaReference.optional(),
  /** Grounds of titles and lower thirds. */
  primary: colour.optional(),
  /** The word being said, and rules. */
  accent: colour.optional(),
  font: z.enum(brandFonts).optional(),
});

export const videoDocument = z.strictObject({
  source: videoSource,
  title: readableText(120).optional(),
  language: z.enum(languages),
  aspect: z.enum(aspects),
  resolution: z.enum(resolutions),
  fps: z.union(frameRates.map((rate) => z.literal(rate))),
  format: z.enum(outputFormats),
  /** Small and quickly encoded, to look at before the real one. */
  isDraft: z.boolean(),
  voice: z.strictObject({
    name: z.enum(voiceNames),
    /** Speaking rate: 1 is the voice's own. */
    speed: voiceSpeed,
    /** Spoken by a speech model, where one is set up. */
    isPremium: z.boolean(),
  }),
  /** Pictures made by an image model, where one is set up. */
  isEnhanced: z.boolean(),
  pictureStyle: z.enum(pictureStyles),
  grade: z.enum(grades),
  /** Between scenes that do not say their own. */
  transition: z.enum(transitions),
  titles: z.enum(titleModes),
  captions: captionLook,
  music: documentMusic,
  loudnessLufs: z.number().min(loudnessRangeLufs.min).max(loudnessRangeLufs.max),
  brand,
});
export type VideoDocument = z.infer<typeof videoDocument>;

/** Pixels of the short side. A draft is as large as an old phone's screen. */
const shortSides: Record<Resolution, number> = { "720p": 720, "1080p": 1080, "4k": 2160 };
const draftShortSide = 480;
const longPerShort: Record<Aspect, number> = { "16:9": 16 / 9, "9:16": 16 / 9, "1:1": 1, "4:5": 5 / 4 };

/** Pixels of the finished video; both are even. */
export function frameSize(shape: Pick<VideoDocument, "aspect" | "resolution" | "isDraft">): {
  width: number;
  height: number;
} {
  const short = shape.isDraft ? draftShortSide : shortSides[shape.resolution];
  const long = 2 * Math.round((short * longPerShort[shape.aspect]) / 2);
  return shape.aspect === "16:9" ? { width: long, height: short } : { width: short, height: long };
}
