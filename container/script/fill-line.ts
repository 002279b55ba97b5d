import type { SlotName, Slots } from "./topic.ts";
import {
  bareWord,
  capitalised,
  countWords,
  splitAtDoubtfulStops,
  splitSentences,
  splitWords,
  spokenWords,
  tidied,
} from "./words.ts";

/** Words of narration a scene may have. `spokenMax` counts figures as they are read out. */
export type WordLimits = { min: number; max: number; spokenMax: number };
export type FilledLine = { title: string; narration: string };

export const sceneTitleMaxWords = 5;

/** A book line with its slots filled, or nothing when a slot is unknown or the words do not fit the limits. */
export function fillLine(line: string, slots: Readonly<Slots>, limits: WordLimits): FilledLine | undefined {
  const [titlePart = "", textPart = ""] = line.split(" | ");
  const title = filled(titlePart, slots);
  const sentences = textPart.split(/(?<=[.!?])\s+/u).map((sentence) => filled(sentence, slots));
  if (title === undefined || sentences.includes(undefined)) return undefined;
  const narration = tidied(sentences.map((sentence) => capitalised(sentence ?? "")).join(" "));
  if (!fits(narration, limits) || countWords(title) > sceneTitleMaxWords || countWords(title) === 0) return undefined;
  return { title: capitalised(tidied(title)).replace(/[.,;:!]+$/u, ""), narration };
}

function filled(text: string, slots: Readonly<Slots>): string | undefined {
  let isComplete = true;
  const result = text.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const value = slots[name as SlotName];
    if (value === undefined) isComplete = false;
    return value ?? "";
  });
  return isComplete ? result.trim() : undefined;
}

export function fits(narration: string, { min, max, spokenMax }: WordLimits): boolean {
  const words = splitWords(narration).length;
  return words >= min && countWords(narration) >= min && words <= max && spokenWords(narration) <= spokenMax;
}

/** Slots named by a line, in its title or its text. */
export function slotsOf(line: string): string[] {
  return [...line.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? "");
}

/** Fewer words are said twice without anybody noticing. */
const noticedWords = 3;

/**
 * What a viewer would notice twice: each sentence without case and marks, and each part of one between stops that may have
 * been its ends: an initial's, or one that a small letter follows.
 */
export function sentenceKeys(narration: string): string[] {
  return splitSentences(narration).flatMap((sentence) => {
    const parts = splitAtDoubtfulStops(sentence);
    if (parts.length === 1) return [keyOf(sentence)];
    return [keyOf(sentence), ...parts.filter((part) => splitWords(part).length >= noticedWords).map(keyOf)];
  });
}

function keyOf(sentence: string): string {
  return splitWords(sentence).map(bareWord).join(" ");
}
