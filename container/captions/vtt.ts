import { timeStamp } from "./clock.ts";
import type { Cue } from "./cues.ts";
import { lineTexts } from "./line-text.ts";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text: string) => text.replace(/[&<>]/g, (character) => entities[character] ?? character);

/** WebVTT. Text is escaped, so that no word can be a tag, an entity or an arrow. */
export function vttDocument(cues: Cue[]): string {
  const blocks = cues.map((cue, index) => {
    const lines = lineTexts(cue).map(escaped);
    const times = `${timeStamp(cue.startSeconds, ".")} --> ${timeStamp(cue.endSeconds, ".")}`;
    return [index + 1, times, ...lines].join("\n");
  });
  return `${["WEBVTT", ...blocks].join("\n\n")}\n`;
}
