import {
  type DocumentScene,
  type Language,
  promptSceneCeilingSeconds,
  type Resolution,
  type SpokenLanguage,
  sceneDurationMaxSeconds,
  sceneFloorSeconds,
  scenePaddingSeconds,
  type VideoDocument,
} from "../../contract/video.ts";

/**
 * Characters the voice reads in a second at speed 1, about a third slower than what was measured, so that the quote is a
 * ceiling: test/container/ceiling.test.ts holds it against the voice itself.
 */
const spokenCharactersPerSecond: Record<SpokenLanguage, number> = {
  en: 11.5,
  sw: 9.5,
  sheng: 9.5,
  fr: 12,
  ar: 6.5,
  am: 5,
  om: 9,
  tn: 8.5,
  af: 10,
  pt: 10.5,
  hi: 9,
  es: 10.5,
  de: 10.5,
  it: 10.5,
};
/** Of a language that only a model or a recording speaks. */
const otherCharactersPerSecond = 9;
/** A digit is read as a word or a part of one: as many characters as the dearest of numbers of two to ten digits, and a sixth. */
const charactersPerDigit: Record<SpokenLanguage, number> = {
  en: 9,
  sw: 9,
  sheng: 10,
  fr: 11,
  ar: 8,
  am: 5,
  om: 12,
  tn: 14,
  af: 10,
  pt: 10,
  hi: 7,
  es: 10,
  de: 11,
  it: 10,
};
const otherCharactersPerDigit = 14;
/** The voice rests 0.35 s after a sentence and 0.15 s after a comma. */
const restSeconds = { sentence: 0.4, comma: 0.2 };

/** How long the caller's own sounds last, by asset id: what is known of them is no guess. */
export type KnownSeconds = ReadonlyMap<string, number>;
export const nothingKnown: KnownSeconds = new Map();

/** Seconds each scene lasts at most, in order. */
export function sceneCeilings(document: VideoDocument, known: KnownSeconds = nothingKnown): number[] {
  const { source, voice, language } = document;
  if (source.kind === "prompt") {
    const speech = (promptSceneCeilingSeconds - scenePaddingSeconds) / voice.speed;
    return Array.from({ length: source.sceneCount }, () => Math.max(sceneFloorSeconds, speech + scenePaddingSeconds));
  }
  return source.scenes.map((scene) =>
    Math.max(
      sceneFloorSeconds,
      scene.durationSeconds ?? 0,
      narrationSeconds(scene, language, scene.voice?.speed ?? voice.speed, known) + scenePaddingSeconds,
    ),
  );
}

function narrationSeconds(scene: DocumentScene, language: Language, speed: number, known: KnownSeconds): number {
  const { recording } = scene;
  if (recording === undefined) return readingSeconds(scene.text, language) / speed;
  return ("asset" in recording ? known.get(recording.asset) : undefined) ?? sceneDurationMaxSeconds;
}

/** Seconds the finished video lasts at most. What is charged is never more than what this says. */
export function ceilingSeconds(document: VideoDocument, known: KnownSeconds = nothingKnown): number {
  return wholeSeconds(sceneCeilings(document, known));
}

/** The sum, rounded up; float noise does not cost a second. */
export function wholeSeconds(seconds: readonly number[]): number {
  return Math.ceil(Math.round(seconds.reduce((sum, one) => sum + one, 0) * 1000) / 1000);
}

/** Seconds a voice needs to read a text at speed 1, at most. */
export function readingSeconds(text: string, language: Language): number {
  const spoken = language in spokenCharactersPerSecond ? (language as SpokenLanguage) : null;
  const digit = spoken ? charactersPerDigit[spoken] : otherCharactersPerDigit;
  let characters = 0;
  for (const character of text) characters += /\p{N}/u.test(character) ? digit : 1;
  const sentences = text.match(/[.!?…:;\n؟۔።]+/g)?.length ?? 0;
  const commas = text.match(/[,–—()،፣]/g)?.length ?? 0;
  const rate = spoken ? spokenCharactersPerSecond[spoken] : otherCharactersPerSecond;
  return characters / rate + sentences * restSeconds.sentence + commas * restSeconds.comma;
}

/** Render seconds for each second of video, and for starting and joining: measured on two cores (npm run bench). */
const renderRatio: Record<Resolution, number> = { "720p": 0.3, "1080p": 0.6, "4k": 2.4 };
const draftRatio = 0.12;
const renderStartSeconds = 3;

/** Seconds that making `seconds` of this video is expected to take, once it has started. */
export function estimateRenderSeconds(document: VideoDocument, seconds: number): number {
  const ratio = document.isDraft ? draftRatio : renderRatio[document.resolution];
  return Math.ceil(renderStartSeconds + seconds * ratio);
}
