const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const wide = /[\p{Script=Ethiopic}\p{Script=Devanagari}]/u;
const twice = /[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** How wide a word stands in a player's own typeface, in Latin letters: what is marked above or below takes no room. */
export function columnsOf(word: string): number {
  let columns = 0;
  for (const { segment } of graphemes.segment(word)) {
    if (twice.test(segment)) columns += 2;
    else columns += wide.test(segment) ? 1.25 : 1;
  }
  return columns;
}
