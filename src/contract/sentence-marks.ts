/**
 * What ends a sentence and what ends a clause, in the scripts of all languages: Latin, Arabic, Ethiopic, Devanagari, and
 * the full-width marks of East Asia. For use inside a character class.
 */
export const sentenceEndMarks = ".!?…؟۔።፧፨।॥。！？";
export const clauseEndMarks = ",;:،؛፣፤፥፦、，；：";

const closing = "[”’\"'»)\\]]*$";
const sentenceEnd = new RegExp(`[${sentenceEndMarks}]${closing}`, "u");
const clauseEnd = new RegExp(`[${clauseEndMarks}]${closing}`, "u");

/** Whether a word as written closes its sentence, also inside a closing quotation mark or bracket. */
export function endsSentence(word: string): boolean {
  return sentenceEnd.test(word);
}

/** Whether a word as written closes a clause but not its sentence. */
export function endsClause(word: string): boolean {
  return clauseEnd.test(word);
}
