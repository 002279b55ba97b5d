import type { SpokenLanguage } from "../../src/contract/video.ts";
import { afrikaans, amharic, oromo, sheng, swahili, tswana } from "./african-wordings.ts";
import { arabic, hindi } from "./asian-wordings.ts";
import { english, french, german, italian, portuguese, spanish } from "./european-wordings.ts";
import { asciiFigures, currencyName, spokenFigures } from "./figures.ts";
import type { Wording } from "./wording.ts";

/** A word as written, and where its spoken form stands in the text for the engine: none when it makes no sound. */
export type WrittenWord = { text: string; spoken?: { start: number; end: number } };
type SpokenText = { text: string; words: WrittenWord[] };

const wordings: Readonly<Record<SpokenLanguage, Wording>> = {
  en: english,
  sw: swahili,
  sheng,
  fr: french,
  ar: arabic,
  am: amharic,
  om: oromo,
  tn: tswana,
  af: afrikaans,
  pt: portuguese,
  hi: hindi,
  es: spanish,
  de: german,
  it: italian,
};

const plainPunctuation = " .,;:!?'\\-";
/** Without × and ÷, which stand among them. */
const latinLetters = "a-zA-Z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u1e00-\\u1eff";
const lettersOf: Readonly<Record<Wording["letters"], string>> = {
  Latin: latinLetters,
  // With the vowel signs, which belong to no script of their own, and without the marks of layout.
  Arabic: `${latinLetters}\\u0621-\\u065f\\u0670-\\u06d3،؛؟۔`,
  Ethiopic: `${latinLetters}\\u1200-\\u135f፣፤፥፦።፧፨`,
  Devanagari: `${latinLetters}\\u0900-\\u0963।॥`,
};
const unread = Object.fromEntries(
  Object.entries(lettersOf).map(([letters, range]) => [letters, new RegExp(`[^0-9${range}${plainPunctuation}]`, "gu")]),
) as Record<Wording["letters"], RegExp>;

/** Read as words by most voices, though everybody spells them. */
const spelled = new Set(
  "AI CEO CFO CTO NGO HIV USA UN UK EU VIP IT ATM TV DJ PC HR UAE IMF WHO KRA KQ JKIA AU IA ONG VIH".split(" "),
);
/** Said in full even before a name or at the end of a sentence, where their stop is the sentence's own. */
const stopKeepers = new Set("km kg cm mm ml km/h min etc ecc usw ens kkf n.k كم كغ".split(" "));

/**
 * What the engine is given to read. Only letters of the language's script, Latin ones, digits and plain punctuation reach
 * it, so nothing is taken for markup, for phonemes or for one of its commands, and no emoji or foreign letter is read out
 * by its name.
 */
function spokenForm(written: string, next: string | undefined, wording: Wording): string {
  const plain = asciiFigures(written)
    .normalize("NFKC")
    .replace(/[‘’ʼ`´ʾ]/gu, "'")
    .replace(/^\p{P}*https?:\/\/(www\.)?/iu, "");
  const text = shortForm(plain, next, wording) ?? spokenFigures(wording.rewrite?.(plain, next) ?? plain, wording);
  return (
    text
      .replace(/[&+=@%°]/gu, (sign) => ` ${wording.signs[sign as keyof Wording["signs"]]} `)
      .replace(/[–—…]/gu, ", ")
      .replace(/[፡]/gu, " ")
      // The tatweel stretches a word on paper; it is no letter of it.
      .replace(/\u0640/gu, "")
      .replace(unread[wording.letters], " ")
      .split(/\s+/u)
      .map((part) => respell(part, wording))
      .join(" ")
      .replace(/ +(?=[.,;:!?،؛؟፣።।])/gu, "")
      .trim()
  );
}

/** "Dr." → "doctor"; "no." only before a number; with the marks around it, and its own stop only where a sentence may end. */
function shortForm(written: string, next: string | undefined, wording: Wording): string | undefined {
  const [, before = "", core = "", after = ""] =
    /^([\p{Ps}\p{Pi}"']*)(.*?)([.,;:!?)\]"'\u2019\u201d،؛؟።፣।]*)$/su.exec(written) ?? [];
  const key = core.toLowerCase();
  const currency = /^(?:\p{Sc}|\p{L}{2,}|R\$)$/u.test(core) ? currencyName(wording, core) : undefined;
  if (currency !== undefined) return before + currency + after;
  const hasStop = after.startsWith(".");
  if (hasStop && /^\p{P}?\d/u.test(next ?? "")) {
    const known = wording.beforeNumbers.get(`${key}.`);
    if (known !== undefined) return before + known + after.slice(1);
  }
  if (!hasStop && /^\d/u.test(next ?? "")) {
    const known = wording.beforeNumbers.get(key);
    if (known !== undefined) return before + known + after;
  }
  const known = wording.shortForms.get(key) ?? (hasStop ? wording.shortForms.get(`${key}.`) : undefined);
  if (known === undefined) return undefined;
  const mayEnd = next === undefined || (stopKeepers.has(key) && !/^\p{Ll}/u.test(next));
  return before + known + (hasStop && !mayEnd ? after.slice(1) : after);
}

/** Looks a word up without its possessive and its punctuation, and puts those back. */
function respell(part: string, wording: Wording): string {
  const [, article = "", stem = "", ending = ""] = /^(\p{L}{1,2}')?(\p{L}+)((?:'s)?[.,;:!?]*)$/u.exec(part) ?? [];
  const known = wording.respelled.get(stem.toLowerCase());
  if (known !== undefined) return article + known + ending;
  return spelled.has(stem) ? article + [...stem].join(".") + ending : part;
}

/** The words of a narration as written, and the text the engine reads for them; its positions count characters from 0. */
export function toSpokenText(narration: string, language: SpokenLanguage): SpokenText {
  const wording = wordings[language];
  const words: WrittenWord[] = [];
  let text = "";
  const written = narration.split(/\s+/u).filter((word) => word !== "");
  for (const [index, word] of written.entries()) {
    const form = spokenForm(word, written[index + 1], wording);
    if (!/[\p{L}\d]/u.test(form)) {
      // A lone dash or stop makes no sound, but the voice pauses for it.
      const pause = /[.,;:!?،؛؟፣።।]/u.exec(form)?.[0];
      if (pause && /[\p{L}\p{M}\d]$/u.test(text)) text += pause;
      words.push({ text: word });
      continue;
    }
    if (text !== "") text += " ";
    words.push({ text: word, spoken: { start: text.length, end: text.length + form.length } });
    text += form;
  }
  return { text, words };
}
