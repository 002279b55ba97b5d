import type { Cue } from "./cues.ts";
import { baseDirection } from "./direction.ts";

const rightToLeftEmbedding = "\u202b";
const popDirection = "\u202c";

/**
 * A cue's lines as a caption file has them. Players take the direction from a line's first letter, or from nothing at all:
 * lines of Arabic are told to run right to left, so that their full stops and foreign names are where they belong.
 */
export function lineTexts(cue: Cue): string[] {
  const lines = cue.lines.map((line) => line.map((word) => word.text).join(" "));
  if (baseDirection(lines.join(" ")) === "ltr") return lines;
  return lines.map((line) => `${rightToLeftEmbedding}${line}${popDirection}`);
}
