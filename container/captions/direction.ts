const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const letter = /\p{L}/u;

export type Direction = "ltr" | "rtl";

/** The direction of a text's first letter; undefined when it has none: digits and signs go with their neighbours. */
export function firstDirection(text: string): Direction | undefined {
  const first = [...text].find((character) => letter.test(character));
  if (first === undefined) return undefined;
  return rightToLeft.test(first) ? "rtl" : "ltr";
}

/** Which way a text is read, by most of its letters: an Arabic sentence that begins with an English name is Arabic all the same. */
export function baseDirection(text: string): Direction {
  const letters = [...text].filter((character) => letter.test(character));
  return letters.filter((character) => rightToLeft.test(character)).length * 2 > letters.length ? "rtl" : "ltr";
}
