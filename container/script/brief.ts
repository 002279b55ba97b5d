import type { WrittenLanguage } from "../../src/contract/video.ts";
import { cleanText } from "./clean-text.ts";
import { isOrderSentence, withoutInstructions } from "./instructions.ts";
import { promptLanguage } from "./prompt-language.ts";
import type { Brief } from "./topic.ts";
import { countWords, splitSentences, splitWords } from "./words.ts";

/** A prompt that is a small script of its own: its sentences in order, and its heading if it has one. */
export type Prose = { sentences: string[]; heading?: string; whole: string; hint: string };
type ReadPrompt = { kind: "prose"; prose: Prose } | { kind: "brief"; brief: Brief };

/** From this many words on, two or more sentences are a script and not a description. */
const proseMinWords = 16;
/** One sentence longer than this is told in its own words too. */
const longSentenceWords = 34;
/** What a narrator needs at most for twenty scenes, with some to choose from. */
const wordsRead = 700;

const nothingToSay: Readonly<Record<WrittenLanguage, string>> = {
  en: "a new beginning",
  sw: "mwanzo mpya",
  sheng: "mwanzo mpya",
  fr: "un nouveau départ",
  pt: "um novo começo",
  es: "un nuevo comienzo",
  de: "ein neuer Anfang",
  it: "un nuovo inizio",
  af: "'n nuwe begin",
  ar: "بداية جديدة",
};

/** Separates what the video is about from what its maker was told. */
export function readPrompt(prompt: string, language: WrittenLanguage): ReadPrompt {
  const cleaned = cleanText(prompt);
  const heading = headingOf(cleaned);
  const hints: string[] = [];
  const sentences: string[] = [];
  /** "Make a video about Juma." before the story itself only names it. */
  let named: string | undefined;
  for (const sentence of splitSentences(heading === undefined ? cleaned : cleaned.slice(heading.length))) {
    if (isOrderSentence(sentence)) {
      hints.push(sentence.toLowerCase());
      continue;
    }
    const { text, hint } = withoutInstructions(sentence);
    if (sentences.length === 0 && hint !== "" && named === undefined && countWords(text) <= 6) named = text;
    hints.push(hint);
    if (/\p{L}{2}|\p{N}/u.test(text)) sentences.push(text);
  }
  const whole = splitWords(cleaned).slice(0, wordsRead).join(" ");
  const hint = hints.join(" ").trim();
  if (isProse(sentences)) {
    const stripped = heading === undefined ? named?.replace(/[.!?:]+$/u, "") : withoutInstructions(heading).text;
    const told = named !== undefined && sentences.length > 2 ? sentences.slice(1) : sentences;
    return {
      kind: "prose",
      prose: { sentences: told, whole, hint, ...(stripped === undefined ? {} : { heading: stripped }) },
    };
  }
  const phrases = heading === undefined ? sentences : [withoutInstructions(heading).text, ...sentences];
  const [first = nothingToSay[language], ...rest] = phrases;
  const main = withoutEndMark(cutUnspaced(first)) || nothingToSay[language];
  const native = language === "sheng" ? "sw" : language;
  const written = phrases.length === 0 ? native : promptLanguage(phrases.join(" "), native);
  return {
    kind: "brief",
    brief: {
      main,
      rest: rest.filter((sentence) => countWords(sentence) > 1).slice(0, 6),
      hint: phrases.length === 0 ? `${hint} inspiration` : hint,
      whole,
      promptLanguage: written,
      isQuestion: /[?؟]\P{L}*$/u.test(first),
    },
  };
}

/** A short first line without a closing mark, with sentences below it. */
function headingOf(text: string): string | undefined {
  const [line = "", ...below] = text.split("\n");
  if (below.length === 0 || /[.!?]$/u.test(line.trim()) || countWords(line) > 10) return undefined;
  return splitSentences(below.join("\n")).length >= 2 ? line : undefined;
}

function isProse(sentences: readonly string[]): boolean {
  const words = sentences.reduce((total, sentence) => total + countWords(sentence), 0);
  if (words > longSentenceWords) return true;
  const full = sentences.filter((sentence) => countWords(sentence) >= 4).length;
  return full >= 2 && words >= proseMinWords;
}

function withoutEndMark(text: string): string {
  return text.replace(/[\s.!?؟。！？,;:]+$/u, "");
}

/** Scripts without spaces are cut between words by the segmenter: nobody could narrate a hundred characters as one word. */
function cutUnspaced(text: string): string {
  const longest = 18;
  return splitWords(text)
    .map((word) => {
      if ([...word].length <= longest + 6) return word;
      let kept = "";
      for (const { segment } of new Intl.Segmenter(undefined, { granularity: "word" }).segment(word)) {
        if ([...kept].length + [...segment].length > longest) break;
        kept += segment;
      }
      return kept;
    })
    .filter((word) => word !== "")
    .join(" ");
}
