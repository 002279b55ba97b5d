/** What can be chosen, in the order in which it is shown. The contract has the same words; a test holds the two together. */
import type {
  Aspect,
  CaptionStyle,
  Grade,
  MusicMood,
  PictureStyle,
  Resolution,
  SpokenLanguage,
  VoiceName,
  WrittenLanguage,
} from "../../../contract/video.ts";

/** Those with an offline voice. */
export const spokenLanguages: readonly SpokenLanguage[] = [
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
];
/** Those an idea can be written out in. */
export const writtenLanguages: readonly WrittenLanguage[] = [
  "en",
  "sw",
  "sheng",
  "fr",
  "ar",
  "pt",
  "es",
  "de",
  "it",
  "af",
];
export const templateLanguages: readonly ("en" | "sw")[] = ["en", "sw"];
export const aspects: readonly Aspect[] = ["9:16", "16:9", "1:1", "4:5"];
export const pictureStyles: readonly PictureStyle[] = ["flat", "papercut", "print", "sketch"];
export const grades: readonly Grade[] = ["none", "warm", "cool", "film", "mono"];
export const voiceNames: readonly VoiceName[] = ["zuri", "amani", "baraka"];
export const captionStyles: readonly CaptionStyle[] = ["clean", "bold", "boxed", "karaoke", "elegant", "minimal"];
export const musicMoods: readonly MusicMood[] = ["calm", "bright", "drive", "warm", "worship", "news", "none"];
export const resolutions: readonly Resolution[] = ["720p", "1080p", "4k"];

export const promptMax = 2_000;
export const scriptMax = 12_000;
export const sceneMax = 600;
export const scenesMax = 20;
