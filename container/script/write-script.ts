import type { Language } from "../../src/contract/video.ts";
import { createRandom } from "../random.ts";
import type { Script } from "../scenes.ts";
import { readPrompt } from "./brief.ts";
import { composeScript } from "./compose.ts";
import { englishTopic } from "./english-topic.ts";
import type { WordLimits } from "./fill-line.ts";
import { composeFromProse } from "./own-sentences.ts";
import { lineBooks } from "./sentences/books.ts";
import { swahiliTopic } from "./swahili-topic.ts";
import type { Brief, Topic } from "./topic.ts";

export type ScriptRequest = { prompt: string; sceneCount: number; language: Language; seed: string };

/** At about 165 words a minute a full scene stays under 11 s, within the 12 s that the quote charges; Swahili words are longer. */
export const narrationLimits: Readonly<Record<Language, WordLimits>> = {
  en: { min: 8, max: 24, spokenMax: 29 },
  sw: { min: 7, max: 17, spokenMax: 23 },
  sheng: { min: 7, max: 17, spokenMax: 23 },
};

/**
 * Writes a narrated script of exactly `sceneCount` scenes (1 to 20) about the prompt, without a network and without chance:
 * the same request gives the same script. Narrations are 8 to 24 words in English, 7 to 17 in Swahili and Sheng; scene titles at
 * most 5 words; the title at most 70 characters. Never throws for a readable prompt.
 */
export function writeScript(request: ScriptRequest): Script {
  const { prompt, sceneCount, language, seed } = request;
  const random = createRandom(`${seed}\n${language}\n${sceneCount}\n${prompt}`);
  const limits = narrationLimits[language];
  const book = lineBooks[language];
  const read = readPrompt(prompt, language);
  if (read.kind === "prose") return composeFromProse(read.prose, language, book, sceneCount, limits, random);
  return composeScript(topicOf(read.brief, language), book, sceneCount, limits, random);
}

function topicOf(brief: Brief, language: Language): Topic {
  return language === "en" ? englishTopic(brief) : swahiliTopic(brief, language === "sheng");
}
