/** Words, sentences and punctuation of running text. A word is what stands between spaces and has a letter or digit in it. */

export function splitWords(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== "");
}

export function countWords(text: string): number {
  return splitWords(text).filter((token) => /[\p{L}\p{N}]/u.test(token)).length;
}

/** How many ordinary words a narrator needs the time of: figures are read out, very long words count double, and two Chinese characters make a word. */
export function spokenWords(text: string): number {
  let total = 0;
  for (const token of splitWords(text)) {
    const digits = token.match(/\p{N}/gu)?.length ?? 0;
    const letters = token.match(/\p{L}/gu)?.length ?? 0;
    const characters = token.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
    total += Math.max(1, Math.ceil(digits * 0.8) + Math.ceil((letters - characters) / 14) + Math.ceil(characters / 2));
  }
  return total;
}

/** A word as it is compared: lower case, without the punctuation around it. */
export function bareWord(token: string): string {
  return token
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
    .replace(/['’]s$/u, "");
}

/** Raises the first letter, but leaves names such as iPhone and M-Pesa alone. */
export function capitalised(text: string): string {
  if (/^[“"']?\p{Ll}\p{Lu}/u.test(text)) return text;
  // The Afrikaans article never has a capital: the word after it does.
  if (/^[“"]?'n /u.test(text)) return text.replace(/(?<='n )\p{Ll}/u, (letter) => letter.toUpperCase());
  return text.replace(
    /^([^\p{L}\p{N}]*)(\p{Ll})/u,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** One space between words, none before a mark, and never two marks in a row. */
export function tidied(text: string): string {
  return text
    .replace(/\s+/gu, " ")
    .replace(/(?:…|\.{2,})/gu, ".")
    .replace(/\s+([,.;:!?])/gu, "$1")
    .replace(/[,;:]+(?=[.!?])/gu, "")
    .replace(/([,;:])[,;:]+/gu, "$1")
    .replace(/([.!?])[.,;:!?]+/gu, "$1")
    .replace(/([.!?؟。])(”)[.,;:]/gu, "$1$2")
    .trim();
}

const abbreviations = new Set(
  "mr mrs ms mt lt dr prof rev fr st hon gen col capt eng no vs etc e.g i.e a.m p.m approx inc ltd co jr sr dept est kes ksh tsh ush".split(
    " ",
  ),
);

/** Sentences with their closing marks. Abbreviations, initials and decimals do not end one; a line break does. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const line of text.split(/[\r\n\u2028\u2029]+/u)) {
    let start = 0;
    for (const mark of line.matchAll(/(?:[.!?؟…]+[”"')\]]*(?=\s|$)|[。！？]+)/gu)) {
      const end = mark.index + mark[0].length;
      if (mark[0] === "." && end < line.length && isInsideSentence(line.slice(start, mark.index), line.slice(end)))
        continue;
      sentences.push(line.slice(start, end).trim());
      start = end;
    }
    sentences.push(line.slice(start).trim());
  }
  return sentences
    .map((sentence) => sentence.replace(/^[\s,;:.!?]+(?!\p{N})/u, ""))
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A sentence at each stop in it that is no known abbreviation's, and so may have ended one after all. */
export function splitAtDoubtfulStops(sentence: string): string[] {
  const parts: string[] = [];
  let isOpen = false;
  for (const part of sentence.split(/(?<=[.!?؟][”"]?)\s+/u)) {
    if (isOpen) parts.push(`${parts.pop() ?? ""} ${part}`);
    else parts.push(part);
    isOpen = isAbbreviation(splitWords(part).at(-1)?.replace(/\.$/u, "") ?? "");
  }
  return parts;
}

function isAbbreviation(word: string): boolean {
  return abbreviations.has(word.toLowerCase().replace(/^[^\p{L}]+/u, ""));
}

function isInsideSentence(before: string, after: string): boolean {
  const last = splitWords(before).at(-1) ?? "";
  if (isAbbreviation(last)) return true;
  return (
    /^\p{Lu}$/u.test(last) ||
    /^\p{L}(?:\.\p{L})+$/u.test(last) ||
    (/^\s+\p{Ll}/u.test(after) && /^\p{Ll}{1,2}$/u.test(last))
  );
}

const dangling = new Set(
  (
    "a an the and or but nor so of in on at to for with by from into about as than that which who whose whom where when " +
    "while because if is are was were be been being has have had will would can could should may might must not my your " +
    "his her its our their this these those very more most na ya wa za la cha vya kwa katika kutoka lakini au kama ili " +
    "ni si juu pa mwa pia de la le les du des un une et à en el los y o con por para der die das ein eine und mit für von zu il lo gli di che e del della do da dos das um uma van vir met 'n على في من إلى عن"
  ).split(" "),
);

/** Drops words at the end that cannot end a phrase, and the marks that hung on them. */
export function withoutDanglingEnd(text: string): string {
  const words = splitWords(text);
  while (words.length > 1 && dangling.has(bareWord(words.at(-1) ?? ""))) words.pop();
  return words.join(" ").replace(/[\s,;:–—-]+$/u, "");
}

/** At most `maxWords` words, cut at the last clause or phrase boundary that leaves a fair part of them, else between words. */
export function shortened(text: string, maxWords: number): string {
  const words = splitWords(text);
  if (words.length <= maxWords && spokenWords(text) <= maxWords + 6) return text;
  let limit = Math.min(words.length, maxWords);
  while (limit > 1 && spokenWords(words.slice(0, limit).join(" ")) > maxWords + 6) limit -= 1;
  const least = Math.ceil(limit / 2);
  for (let end = limit; end >= least; end -= 1) {
    if (/[,;:.!?]$/u.test(words[end - 1] ?? "")) return withoutDanglingEnd(words.slice(0, end).join(" "));
  }
  for (let end = limit; end >= least; end -= 1) {
    if (isPhraseStart(words[end] ?? "")) return withoutDanglingEnd(words.slice(0, end).join(" "));
  }
  return withoutDanglingEnd(words.slice(0, limit).join(" "));
}

const phraseStarts = new Set(
  (
    "and or but so because while when where who which that after before until with without for from in on at by to into " +
    "during through through across near na lakini au kwa ili kwani baada kabla wakati huku katika kutoka ambaye ambayo hadi et mais pour dans avec qui y pero para con que e mas com und aber mit weil ma per che en maar want وهو لكن ثم حين"
  ).split(" "),
);

export function isPhraseStart(token: string): boolean {
  return phraseStarts.has(bareWord(token));
}
