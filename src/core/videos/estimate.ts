import {
  type Language,
  promptSceneCeilingSeconds,
  type RenderResolution,
  sceneFloorSeconds,
  scenePaddingSeconds,
  type VideoDocument,
} from "../../contract/video.ts";

/**
 * Characters the voice reads in a second at speed 1, a third slower than what was measured (15 to 16 for en, 13 to 14 for
 * sw and sheng), so that the quote is a ceiling: test/container/ceiling.test.ts holds it against the voice itself.
 */
const charactersPerSecond: Record<Language, number> = { en: 11, sw: 10, sheng: 10 };
/** A digit is read as a word or a part of one: measured at 4 to 5 letters. */
const charactersPerDigit = 6;
/** The voice rests 0.35 s after a sentence and 0.15 s after a comma. */
const restSeconds = { sentence: 0.4, comma: 0.2 };

/** Seconds the finished video lasts at most. What is charged is never more than what this says. */
export function ceilingSeconds(document: VideoDocument): number {
  const { source } = document;
  if (source.kind === "prompt") {
    const speech = (promptSceneCeilingSeconds - scenePaddingSeconds) / document.voiceSpeed;
    return Math.ceil(source.sceneCount * Math.max(sceneFloorSeconds, speech + scenePaddingSeconds));
  }
  let total = 0;
  for (const scene of source.scenes) {
    const speech = readingSeconds(scene.text, document.language) / document.voiceSpeed;
    total += Math.max(sceneFloorSeconds, scene.durationSeconds ?? 0, speech + scenePaddingSeconds);
  }
  return Math.ceil(total);
}

function readingSeconds(text: string, language: Language): number {
  let characters = 0;
  for (const character of text) characters += /\p{Nd}/u.test(character) ? charactersPerDigit : 1;
  const sentences = text.match(/[.!?…:;\n]+/g)?.length ?? 0;
  const commas = text.match(/[,–—()]/g)?.length ?? 0;
  return characters / charactersPerSecond[language] + sentences * restSeconds.sentence + commas * restSeconds.comma;
}

export function sceneCountOf(document: VideoDocument): number {
  return document.source.kind === "prompt" ? document.source.sceneCount : document.source.scenes.length;
}

/** Render seconds for each second of video, and for starting and joining: measured on two cores (npm run bench). */
const renderRatio: Record<RenderResolution, number> = { "720p": 0.3, "1080p": 0.6 };
const renderStartSeconds = 3;

/** Seconds the render is expected to take once it has started. */
export function estimateRenderSeconds(document: VideoDocument): number {
  return Math.ceil(renderStartSeconds + ceilingSeconds(document) * renderRatio[document.resolution]);
}
