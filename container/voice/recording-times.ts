import { endsClause, endsSentence } from "../../src/contract/sentence-marks.ts";
import { type Language, spokenLanguages } from "../../src/contract/video.ts";
import type { SpokenWord } from "../scenes.ts";
import { toSpokenText, type WrittenWord } from "./spoken-text.ts";
import { joinSilentWords } from "./word-times.ts";

/** A stretch of a recording in which something is heard. */
export type Sound = { startSeconds: number; endSeconds: number };

type Word = { text: string; weight: number; pause: Pause };
/** What the writing asks for after a word. */
type Pause = "none" | "clause" | "sentence";

/** Letters a figure is worth when it is read, as measured; languages that count in one syllable or in four stand apart. */
const figureWeights: Partial<Record<Language, number>> = { am: 5, hi: 5.5, ar: 8, tn: 13, om: 10 };
const figureWeight = 9;
/** A syllable of scripts that write one a letter, against the two or three letters of others. */
const syllabicWeight = 2.2;
/** Between words. */
const spaceWeight = 1;

/** What it costs to hear a pause where the writing asks for less, or none where it asks for one. */
const unaskedPause: Readonly<Record<Pause, number>> = { none: 1.6, clause: 0.2, sentence: 0 };
const unheardPause: Readonly<Record<Pause, number>> = { none: 0, clause: 0.5, sentence: 2 };
/** A pause this long is nearly always at a mark. */
const longPauseSeconds = 0.28;
/** How far a reader's pace strays from its mean, over one second. */
const paceSpread = 0.16;

/** Words by what is heard: short forms and signs as they are read, signs that make no sound joined to their neighbour. */
function wordsOf(text: string, language: Language): Word[] {
  const spokenLanguage = spokenLanguages.find((spoken) => spoken === language);
  const spoken = spokenLanguage === undefined ? undefined : toSpokenText(text, spokenLanguage);
  // What no voice of ours could read is taken as it is written.
  const isRead = spoken !== undefined && spoken.text !== "";
  const read = isRead ? spoken.text : text.replace(/\s+/gu, " ").trim();
  return joinSilentWords(isRead ? spoken.words : writtenWords(read)).map(({ text: word, start, end }) => ({
    text: word,
    weight: weightOf(read.slice(start, end), language),
    pause: pauseAfter(word, read.slice(start, end)),
  }));
}

function writtenWords(text: string): WrittenWord[] {
  let position = 0;
  return text.split(" ").map((word) => {
    const start = position;
    position += word.length + 1;
    return /[\p{L}\p{N}]/u.test(word) ? { text: word, spoken: { start, end: start + word.length } } : { text: word };
  });
}

/** The stop of a short form, which is gone in what is read, is no pause. */
function pauseAfter(written: string, read: string): Pause {
  if (endsSentence(written)) return /^[\p{L}\p{M}]{1,4}\.$/u.test(written) && !endsSentence(read) ? "none" : "sentence";
  return endsClause(written) || /\s[–—-]$/u.test(written) ? "clause" : "none";
}

function weightOf(read: string, language: Language): number {
  const figures = read.match(/\p{N}/gu)?.length ?? 0;
  const syllabic =
    read.match(/[\p{Script=Ethiopic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const letters = read.match(/\p{L}/gu)?.length ?? 0;
  const figure = figureWeights[language] ?? figureWeight;
  return spaceWeight + (letters - syllabic) + syllabic * syllabicWeight + figures * figure;
}

/**
 * When each written word is spoken in a recording that brings no times: the sounds between its pauses are matched with the
 * text's clauses by length and by marks, and share their time among their words by weight. Starts and ends strictly
 * increase; the texts joined by spaces are the text with its white space made plain.
 */
export function timeRecordedWords(text: string, language: Language, sounds: readonly Sound[]): SpokenWord[] {
  const words = wordsOf(text, language);
  const wordCounts = matchSounds(words, sounds);
  const timed: SpokenWord[] = [];
  let next = 0;
  for (const [index, count] of wordCounts.entries()) {
    const sound = sounds[index];
    if (sound === undefined || count === 0) continue;
    const mine = words.slice(next, next + count);
    next += count;
    const total = mine.reduce((sum, { weight }) => sum + weight, 0);
    const seconds = sound.endSeconds - sound.startSeconds;
    let before = 0;
    for (const word of mine) {
      const startSeconds = sound.startSeconds + (seconds * before) / total;
      before += word.weight;
      timed.push({ text: word.text, startSeconds, endSeconds: sound.startSeconds + (seconds * before) / total });
    }
  }
  return timed;
}

/** How many words belong to each sound: the cheapest way to lay the words over all of them, in order. */
function matchSounds(words: readonly Word[], sounds: readonly Sound[]): number[] {
  const lengths = sounds.map(({ startSeconds, endSeconds }) => endSeconds - startSeconds);
  const weightBefore = [0];
  const unheardBefore = [0];
  for (const { weight, pause } of words) {
    weightBefore.push((weightBefore.at(-1) ?? 0) + weight);
    unheardBefore.push((unheardBefore.at(-1) ?? 0) + unheardPause[pause]);
  }
  const pace = lengths.reduce((sum, length) => sum + length, 0) / (weightBefore.at(-1) ?? 1);
  /** Of words `from` to `until` in the sound: by its length, by marks passed without a pause, and by the pause after it. */
  const cost = (sound: number, from: number, until: number): number => {
    const length = lengths[sound] ?? 0;
    if (until === from) return 3 + length * 8;
    const expected = ((weightBefore[until] ?? 0) - (weightBefore[from] ?? 0)) * pace;
    const stray = (length - expected) ** 2 / (paceSpread ** 2 * Math.max(0.3, expected));
    const unheard = (unheardBefore[until - 1] ?? 0) - (unheardBefore[from] ?? 0);
    if (sound === sounds.length - 1) return stray + unheard;
    const pauseSeconds = (sounds[sound + 1]?.startSeconds ?? 0) - (sounds[sound]?.endSeconds ?? 0);
    const longer = pauseSeconds > longPauseSeconds ? 2 : 1;
    return stray + unheard + longer * unaskedPause[words[until - 1]?.pause ?? "none"];
  };

  let costs = new Array<number>(words.length + 1).fill(Number.POSITIVE_INFINITY);
  costs[0] = 0;
  const choices: number[][] = [];
  for (let sound = 0; sound < sounds.length; sound += 1) {
    const isLast = sound === sounds.length - 1;
    const after = new Array<number>(words.length + 1).fill(Number.POSITIVE_INFINITY);
    const choice = new Array<number>(words.length + 1).fill(0);
    for (let until = isLast ? words.length : 0; until <= words.length; until += 1) {
      for (let from = 0; from <= until; from += 1) {
        const total = (costs[from] ?? 0) + cost(sound, from, until);
        if (total >= (after[until] ?? 0)) continue;
        after[until] = total;
        choice[until] = from;
      }
    }
    choices.push(choice);
    costs = after;
  }
  const counts: number[] = [];
  let until = words.length;
  for (const choice of choices.toReversed()) {
    const from = choice[until] ?? 0;
    counts.unshift(until - from);
    until = from;
  }
  return counts;
}
