/** How a language says what is written in signs, figures and abbreviations: what the engine would misread or spell. */
export type Wording = {
  /** Letters the engine's voice reads; Latin ones inside another script are read the English way. */
  letters: "Latin" | "Arabic" | "Ethiopic" | "Devanagari";
  signs: Readonly<Record<"&" | "+" | "=" | "@" | "°" | "%", string>>;
  /** "asilimia 50" instead of "50 asilimia". */
  isPercentFirst?: boolean;
  /** Currencies by what is written for them, lower case: `$`, `kes` … */
  money: Readonly<Record<string, string>>;
  /** "shilingi 50" instead of "50 shilingi". */
  isMoneyFirst?: boolean;
  /** Between two numbers: 2010-2020. */
  until: string;
  /** What `k` after a number means. */
  thousand: string;
  /** "elfu 10" instead of "10 elfu". */
  isThousandFirst?: boolean;
  /** What stands between a number and its fraction, as the engine reads it. */
  point: string;
  /** A point groups thousands here, and a comma comes before a fraction. */
  hasCommaFractions?: boolean;
  /** A time of day; minutes 0 to 59. */
  clock(hours: number, minutes: number): string;
  /** Said for a short form, which is written with or without its stop, lower case. */
  shortForms: ReadonlyMap<string, string>;
  /** As above, but only before a number: "no. 5". */
  beforeNumbers: ReadonlyMap<string, string>;
  /** Lower-case words the engine would misread, in a spelling it reads well. */
  respelled: ReadonlyMap<string, string>;
  /** What else the language needs done to a word; `next` is the one after it. */
  rewrite?(word: string, next: string | undefined): string;
};

/** Lines of "written spoken words", for a map from the first word to the others. */
export function wordMap(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .split(/[\n|]/u)
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => {
        const space = line.indexOf(" ");
        return [line.slice(0, space), line.slice(space + 1)];
      }),
  );
}
