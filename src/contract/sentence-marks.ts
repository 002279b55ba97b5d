/**
 * What ends a sentence and what ends a clause, in the scripts of all languages: Latin, Arabic, Ethiopic, Devanagari, and
 * the full-width marks of East Asia. For use inside a character class.
 */
export const sentenceEndMarks = ".!?…؟۔።፧፨।॥。！？";
export const clauseEndMarks = ",;:،؛፣፤፥፦、，；：";

const closing = "[”’\"'»)\\]]*$";
const sentenceEnd = new RegExp(`[${sentenceEndMarks}]${closing}`, "u");
const clauseEnd = new RegExp(`[${clauseEndMarks}]${closing}`, "u");

/** Written short before what they belong to, so that their stop ends nothing. */
const titles = new Set(
  (
    "Dr Dra Mr Mrs Ms Prof Profa Rev Hon Gen Col Capt Lt Eng St Mt Mme Mlle MM Pr Sr Sra Srta Hr Fr Bw Bi Mhe Dkt Mnr Mev Ds " +
    "e.g i.e vs cf ca z.B d.h p.ej k.m"
  ).split(" "),
);
const initial = /^\p{Lu}$/u;

/** Whether the stop of a word as written belongs to an abbreviation or an initial: «Dr.», «J.». */
export function isShortened(word: string): boolean {
  const [, letters = ""] = /^["'“‘«([]*(.+)\.$/u.exec(word) ?? [];
  return titles.has(letters) || initial.test(letters);
}

/** Whether a word as written closes its sentence, also inside a closing quotation mark or bracket. */
export function endsSentence(word: string): boolean {
  return sentenceEnd.test(word) && !isShortened(word);
}

/** Whether a word as written closes a clause but not its sentence. */
export function endsClause(word: string): boolean {
  return clauseEnd.test(word);
}
