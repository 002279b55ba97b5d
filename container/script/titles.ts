import type { Kind } from "./sentences/line-book.ts";
import { titleMaxCharacters } from "./topic.ts";
import { capitalised, splitWords, withoutDanglingEnd } from "./words.ts";

const minor = new Set(
  "a an the and but or nor for of in on at to by from with as into over via than na ya wa za la cha vya kwa kuhusu katika".split(
    " ",
  ),
);

/** Title case, and words to go with a very short topic. At most 70 characters. */
export function englishTitle(text: string, kind: Kind): string {
  const words = splitWords(text.replace(/[.!?]+$/u, ""));
  const cased = words
    .map((word, index) => {
      const isInner = index > 0 && index < words.length - 1 && minor.has(word.toLowerCase());
      const isUnit = /^\d/u.test(words[index - 1] ?? "") && /^(?:am|pm|km|kg|cm|mm|ml|g|m|l)$/u.test(word);
      return isInner || isUnit ? word : capitalised(word);
    })
    .join(" ")
    .replace(/^My\b/u, "Our");
  const isQuestion =
    /^(?:Why|How (?!to\b)|What|When|Where|Who|Which)/u.test(cased) &&
    /^(?:\S+|(?:How|What|Which) \S+) (?:is|are|was|were|do|does|did|can|should|will)\b/iu.test(cased);
  const title = fitted(cased);
  if (isQuestion && title.length < titleMaxCharacters) return `${title}?`;
  if (words.length > 2) return title;
  const pattern: Readonly<Record<Kind, string>> = {
    story: "The Story of *",
    explainer: "Understanding *",
    news: "In the News: *",
    business: "Introducing *",
    inspiration: "A Word on *",
    event: "You Are Invited: *",
    howto: "*",
    proverb: "Old Wisdom: *",
  };
  return fitted(pattern[kind].replace("*", title));
}

/** Sentence case, as titles are written in Swahili and most languages. At most 70 characters. */
export function plainTitle(text: string): string {
  return fitted(capitalised(text.replace(/[.!?]+$/u, "")));
}

/** Cut between words (between characters in scripts that set no spaces), with no loose end. */
function fitted(text: string): string {
  const plain = text.replace(/[,;:]+$/u, "");
  if (plain.length <= titleMaxCharacters) return plain;
  const comma = plain.lastIndexOf(",", titleMaxCharacters);
  if (comma >= 20) return withoutDanglingEnd(plain.slice(0, comma));
  const words = splitWords(plain);
  while (words.length > 1 && words.join(" ").length > titleMaxCharacters) words.pop();
  const clause = words.findLastIndex((word) =>
    /^(?:until|because|while|when|who|that|which|and|but|after|before|na|lakini|kwa)$/iu.test(word),
  );
  const title = withoutDanglingEnd(words.slice(0, clause > words.length / 2 ? clause : words.length).join(" "));
  if (title.length <= titleMaxCharacters) return title;
  let characters = "";
  for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(title)) {
    if (characters.length + segment.length > titleMaxCharacters) break;
    characters += segment;
  }
  return characters;
}
