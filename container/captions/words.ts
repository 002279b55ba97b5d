import type { TimedScene } from "../scenes.ts";

const toMilliseconds = (seconds: number) => Math.round(seconds * 1_000) / 1_000;

/** words.json: every word as written, when it is said in seconds from the video's start, and its scene, counted from 0. */
export function wordsDocument(scenes: TimedScene[]): string {
  const words = scenes.flatMap((scene, index) =>
    scene.words.map((word) => ({
      text: word.text,
      start: toMilliseconds(word.startSeconds),
      end: toMilliseconds(word.endSeconds),
      scene: index,
    })),
  );
  return `${JSON.stringify({ words })}\n`;
}
