import { type Language, type WrittenLanguage, writtenLanguages } from "../../src/contract/video.ts";
import { RenderFault } from "../failure.ts";
import { createRandom } from "../random.ts";
import type { Script } from "../scenes.ts";
import { readPrompt } from "./brief.ts";
import { composeScript } from "./compose.ts";
import { englishTopic } from "./english-topic.ts";
import type { WordLimits } from "./fill-line.ts";
import { composeFromProse } from "./own-sentences.ts";
import { plainTopic } from "./plain-topic.ts";
import { lineBooks } from "./sentences/books.ts";
import { swahiliTopic } from "./swahili-topic.ts";
import type { Brief, Topic } from "./topic.ts";

export type ScriptRequest = { prompt: string; sceneCount: number; language: Language; seed: string };

/**
 * At about 165 words a minute a full scene stays under 11 s, within the 12 s that the quote charges; the words of some
 * languages are longer. test/container/ceiling.test.ts measures it.
 */
export const narrationLimits: Readonly<Record<WrittenLanguage, WordLimits>> = {
  en: { min: 8, max: 24, spokenMax: 29 },
  sw: { min: 7, max: 17, spokenMax: 23 },
  sheng: { min: 7, max: 17, spokenMax: 23 },
  fr: { min: 6, max: 22, spokenMax: 24 },
  pt: { min: 6, max: 21, spokenMax: 22 },
  es: { min: 6, max: 21, spokenMax: 22 },
  de: { min: 6, max: 18, spokenMax: 18 },
  it: { min: 6, max: 20, spokenMax: 20 },
  af: { min: 6, max: 20, spokenMax: 20 },
  ar: { min: 5, max: 17, spokenMax: 17 },
};

/**
 * Writes a narrated script of exactly `sceneCount` scenes (1 to 20) about the prompt, without a network and without chance:
 * the same request gives the same script. Narrations are 8 to 24 words in English, 7 to 17 in Swahili and Sheng, as
 * `narrationLimits` says in others; scene titles at
 * most 5 words; the title at most 70 characters. Throws a RenderFault (`script_failed`) for a language it cannot write.
 */
export function writeScript(request: ScriptRequest): Script {
  const { prompt, sceneCount, seed } = request;
  const language = writtenLanguages.find((written) => written === request.language);
  if (language === undefined) {
    const detail = "There is no writer for this language yet. Send your own script or scenes instead of a prompt.";
    throw new RenderFault("script_failed", detail, { isRetryable: false });
  }
  const random = createRandom(`${seed}\n${language}\n${sceneCount}\n${prompt}`);
  const limits = narrationLimits[language];
  const book = lineBooks[language];
  const read = readPrompt(prompt, language);
  if (read.kind === "prose") return composeFromProse(read.prose, language, book, sceneCount, limits, random);
  return composeScript(topicOf(read.brief, language), book, sceneCount, limits, random);
}

function topicOf(brief: Brief, language: WrittenLanguage): Topic {
  if (language === "en") return englishTopic(brief);
  if (language === "sw" || language === "sheng") return swahiliTopic(brief, language === "sheng");
  return plainTopic(brief, language);
}
