import { timeStamp } from "./clock.ts";
import type { Cue } from "./cues.ts";
import { lineTexts } from "./line-text.ts";

const wordJoiner = "\u2060";

/**
 * SRT has no escapes, yet players obey `<i>` and `{\an8}` in it: an invisible joiner behind the bracket leaves them text.
 * An arrow in a text could be taken for a time line.
 */
const inert = (text: string) => text.replace(/[<{]/g, (bracket) => bracket + wordJoiner).replaceAll("-->", "→");

export function srtDocument(cues: Cue[]): string {
  const blocks = cues.map((cue, index) => {
    const lines = lineTexts(cue).map(inert);
    const times = `${timeStamp(cue.startSeconds, ",")} --> ${timeStamp(cue.endSeconds, ",")}`;
    return [index + 1, times, ...lines].join("\n");
  });
  return `${blocks.join("\n\n")}\n`;
}
