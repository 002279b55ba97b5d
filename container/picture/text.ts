import type { FontMetrics } from "./font-metrics.ts";

/** Text for an SVG text node. What XML 1.0 cannot hold is left out. */
export function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

/**
 * Only what the font can draw, on one line; empty when no letter or digit is left. A letter whose accent the font lacks
 * keeps its base, and a mark goes with the letter it sat on.
 */
export function drawableText(text: string, font: FontMetrics): string {
  const kept: string[] = [];
  let isBaseKept = false;
  for (const character of text
    .normalize("NFC")
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, "")
    .replace(/\s+/gu, " ")) {
    if (/\p{M}/u.test(character)) {
      if (isBaseKept && font.has(character)) kept.push(character);
      continue;
    }
    const drawn = [character, character.normalize("NFD").charAt(0)].find((form) => form === " " || font.has(form));
    isBaseKept = drawn !== undefined;
    if (drawn !== undefined) kept.push(drawn);
  }
  const line = kept
    .join("")
    .replace(/ +/g, " ")
    .replace(/ ([,.;:!?])/g, "$1")
    .trim();
  return /[\p{L}\p{N}]/u.test(line) ? line : "";
}

/** The longest beginning of `word` that fits, at least one character. */
function beginning(word: string, fits: (text: string) => boolean): string {
  const characters = [...word];
  let length = 1;
  while (length < characters.length && fits(characters.slice(0, length + 1).join(""))) length += 1;
  return characters.slice(0, length).join("");
}

function breakLines(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (let word of text.split(" ")) {
    const together = line === "" ? word : `${line} ${word}`;
    if (fits(together)) {
      line = together;
      continue;
    }
    if (line !== "") lines.push(line);
    while (!fits(word) && [...word].length > 1) {
      const start = beginning(word, fits);
      lines.push(start);
      word = word.slice(start.length);
    }
    line = word;
  }
  return line === "" ? lines : [...lines, line];
}

type TextBlock = { lines: string[]; size: number };

/**
 * The largest of `sizes` (falling) at which the text takes at most `maxLines` lines of `maxWidth`, no word broken; at the
 * smallest, words are broken and what is too much ends in an ellipsis. Widths and sizes share a unit.
 */
export function fitText(
  text: string,
  font: FontMetrics,
  maxWidth: number,
  maxLines: number,
  sizes: readonly [number, ...number[]],
): TextBlock {
  const words = text.split(" ");
  const smallest = sizes.at(-1) ?? sizes[0];
  for (const size of sizes) {
    const fits = (line: string) => font.width(line, size) <= maxWidth;
    if (!words.every(fits)) continue;
    const lines = breakLines(text, fits);
    if (lines.length <= maxLines)
      return { lines: balance(text, lines.length, maxWidth, (line) => font.width(line, size)), size };
  }
  const fits = (line: string) => font.width(line, smallest) <= maxWidth;
  const lines = breakLines(text, fits);
  if (lines.length <= maxLines) return { lines, size: smallest };
  const last = lines[maxLines - 1] ?? "";
  const ended = beginning(last, (start) => fits(`${start}…`)).trimEnd();
  return { lines: [...lines.slice(0, maxLines - 1), `${ended}…`], size: smallest };
}

/** The narrowest setting with as many lines: no last line of one short word. */
function balance(text: string, lineCount: number, maxWidth: number, width: (line: string) => number): string[] {
  let [low, high] = [maxWidth * 0.4, maxWidth];
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2;
    const fits = (line: string) => width(line) <= middle;
    if (text.split(" ").every(fits) && breakLines(text, fits).length <= lineCount) high = middle;
    else low = middle;
  }
  return breakLines(text, (line) => width(line) <= high);
}
