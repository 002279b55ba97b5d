import { type Direction, firstDirection } from "../captions/direction.ts";

export type PlacedWord = { index: number; direction: Direction };

/**
 * The words of a line from left to right, each with the direction its own signs follow: the Unicode bidirectional algorithm
 * on whole words. Words against the line's direction keep their own order among themselves.
 */
export function leftToRight(texts: string[], base: Direction): PlacedWord[] {
  let strong = base;
  const directions = texts.map((text) => {
    strong = firstDirection(text) ?? strong;
    return strong;
  });
  const runs: PlacedWord[][] = [];
  directions.forEach((direction, index) => {
    const run = runs.at(-1);
    // A sign at the end of a run belongs to the sentence around it, not to the last foreign word.
    const signs = direction === directions[index + 1] ? direction : base;
    const word = { index, direction: /[\p{L}\p{N}]$/u.test(texts[index] ?? "") ? direction : signs };
    if (run && directions[index - 1] === direction) run.push(word);
    else runs.push([word]);
  });
  const laid = runs.map((run) => (directions[run[0]?.index ?? 0] === "rtl" ? run.toReversed() : run));
  return (base === "rtl" ? laid.toReversed() : laid).flat();
}
