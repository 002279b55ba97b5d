import type { z } from "zod";
import { letterPage } from "./letter-page.ts";
import { footers, type LetterWords, letterWords } from "./letter-words.ts";
import { type Letter, letterValues, type MailLanguage, type Template } from "./letters.ts";

export type RenderedLetter = { subject: string; text: string; html: string };

/** Throws when the values are not the template's: they were written by code of ours. */
export function renderLetter(letter: Omit<Letter, "to">): RenderedLetter {
  const { template, language } = letter;
  const link = "link" in letter.values ? letter.values.link : null;
  const words = wordsOf(template, language, letter.values);
  const { copy, sender } = footers[language];
  const paragraphs = [words.text, ...(link === null ? [] : [link]), words.note, sender];
  return {
    subject: words.subject,
    text: `${paragraphs.join("\n\n")}\n`,
    html: letterPage({ ...words, language, link, copy, sender }),
  };
}

function wordsOf<T extends Template>(template: T, language: MailLanguage, values: unknown): LetterWords {
  const known = letterValues[template].parse(values);
  const calm = Object.fromEntries(Object.entries(known).map(([name, value]) => [name, calmText(String(value))]));
  const write = letterWords[language][template] as (values: z.infer<(typeof letterValues)[T]>) => LetterWords;
  return write(calm as z.infer<(typeof letterValues)[T]>);
}

/** Longer names are cut: they come from people, and the letter is ours. */
const nameMax = 60;

/**
 * What a person has chosen, within our words: one line, and nothing that a mail program makes a link of, or an invitation
 * could carry anybody's advertisement under our name.
 */
function calmText(value: string): string {
  const line = [...value.replace(/\s+/gu, " ").trim()];
  const cut = line.length > nameMax ? `${line.slice(0, nameMax - 1).join("")}…` : line.join("");
  return cut.replace(/[.:/@]/g, "$&\u200b");
}
