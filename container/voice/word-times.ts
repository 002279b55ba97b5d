import type { SpokenWord } from "../scenes.ts";
import type { WrittenWord } from "./spoken-text.ts";

/** A sound the engine began: `character` is where in the spoken text, counted from 0. */
export type WordMark = { character: number; seconds: number };
/** A stretch without sound between two clauses. */
export type Silence = { startSeconds: number; endSeconds: number };

/** Words closer than this came from one mark: their time is shared by length instead. */
const shortestWordSeconds = 0.02;

/** A word that makes no sound joins the one before it, or the first that is spoken. */
export function joinSilentWords(words: WrittenWord[]): { text: string; start: number; end: number }[] {
  const joined: { text: string; start: number; end: number }[] = [];
  let waiting = "";
  for (const { text, spoken } of words) {
    const last = joined.at(-1);
    if (spoken) {
      joined.push({ text: waiting + text, ...spoken });
      waiting = "";
    } else if (last) last.text += ` ${text}`;
    else waiting += `${text} `;
  }
  return joined;
}

/**
 * When each written word is spoken, from the engine's marks. The engine merges some words ("of the") into one mark:
 * those share its time by length. Starts and ends strictly increase and lie within `durationSeconds`; a word never
 * covers the pause after its clause. The texts joined by spaces are the narration with its white space made plain.
 */
export function timeWords(
  words: WrittenWord[],
  marks: WordMark[],
  silences: Silence[],
  durationSeconds: number,
): SpokenWord[] {
  const spoken = joinSilentWords(words);
  const starts = anchorStarts(spoken, marks, durationSeconds);
  return spoken.map(({ text }, index) => {
    const startSeconds = starts[index] ?? 0;
    const nextSeconds = starts[index + 1] ?? durationSeconds;
    const pause = silences.find((silence) => silence.startSeconds > startSeconds && silence.startSeconds < nextSeconds);
    const endSeconds =
      pause && pause.endSeconds >= nextSeconds - shortestWordSeconds ? pause.startSeconds : nextSeconds;
    return { text, startSeconds, endSeconds };
  });
}

/** A start for every word and one past the last: marks where they can be trusted, between them by length. */
function anchorStarts(spoken: { start: number; end: number }[], marks: WordMark[], durationSeconds: number): number[] {
  const known = new Array<number | undefined>(spoken.length + 1).fill(undefined);
  for (const mark of marks) {
    const index = spoken.findIndex(({ start, end }) => mark.character >= start && mark.character < end);
    if (index > 0 && known[index] === undefined) known[index] = mark.seconds;
  }
  known[0] = Math.min(marks[0]?.seconds ?? 0, durationSeconds / 2);
  known[spoken.length] = durationSeconds;

  const starts: number[] = [known[0]];
  let anchor = 0;
  for (let index = 1; index <= spoken.length; index += 1) {
    const seconds = known[index];
    const from = starts[anchor] ?? 0;
    const isLast = index === spoken.length;
    if (seconds === undefined) continue;
    const roomSeconds = isLast ? 0 : shortestWordSeconds * (spoken.length - index);
    if (
      !isLast &&
      (seconds < from + shortestWordSeconds * (index - anchor) || seconds > durationSeconds - roomSeconds)
    ) {
      continue;
    }
    const lengths = spoken.slice(anchor, index).map(({ start, end }) => end - start + 1);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let covered = 0;
    lengths.forEach((length, offset) => {
      covered += length;
      starts[anchor + offset + 1] = from + ((seconds - from) * covered) / total;
    });
    starts[index] = seconds;
    anchor = index;
  }
  return starts;
}
