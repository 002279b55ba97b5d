import { endsClause, endsSentence, isShortened } from "../../src/contract/sentence-marks.ts";
import type { SpokenWord, TimedScene } from "../scenes.ts";

/** What is read at one glance: at most two lines, from when its first word is said until the next cue or a moment after its last word. */
export type Cue = { scene: number; startSeconds: number; endSeconds: number; lines: SpokenWord[][] };

/** Widths are in any one unit: columns, or pixels of a typeface. */
export type CueLimits = {
  fps: number;
  /** A line is no wider than this, unless one word alone is. */
  lineWidthMax: number;
  /** Between two words. */
  gapWidth: number;
  widthOf(word: string): number;
};

const leastSeconds = 1;
/** A longer cue is read through before it has been said. */
const mostSeconds = 5;
/** A cue stays this long after its last word when nothing follows. */
const lingerSeconds = 0.4;
/** A pause shorter than this between two cues would flicker: the first stays until the second. */
const flickerSeconds = 0.3;
/** A pause in speech from which a new cue is better than one that waits. */
const pauseSeconds = 0.6;

const dashEnd = /[–—]["'”’»)\]]*$/u;
const pausesAfter = (word: string) => endsClause(word) || dashEnd.test(word);

/** Words that lean on the next one, in English and Swahili: a line that ends with one reads badly. */
const leaning = new Set(
  (
    "a an the of to in on at for and or but nor with by from as is are was were be been than that this these those if " +
    "so before after while when because your my our his her its their no not very into over under about i we you they he she it can will would should " +
    "ya wa za la cha vya pa kwa na ni au lakini kwamba katika hadi kama bila si kila mwa tu"
  ).split(" "),
);

const bare = (word: SpokenWord) => word.text.toLowerCase().replace(/[^\p{L}\p{N}']/gu, "");

/** A word with what has to be known of it many times. */
type MeasuredWord = { spoken: SpokenWord; width: number };
type Line = { gapWidth: number; widthMax: number };
const widthOf = (words: MeasuredWord[], { gapWidth }: Line) =>
  words.reduce((sum, { width }) => sum + width, gapWidth * Math.max(0, words.length - 1));

/** «Dr.» on one line and «Otieno» on the next: worse than anything else, also for where cues are cut. */
const tornNameCost = 14;

/** How badly a break between two words reads, 0 (the end of a sentence) upwards. */
function breakCost(word: SpokenWord, next: SpokenWord): number {
  if (endsSentence(word.text)) return 0;
  if (pausesAfter(word.text)) return 1;
  if (isShortened(word.text)) return tornNameCost;
  if (leaning.has(bare(word))) return 7;
  return leaning.has(bare(next)) ? 2.5 : 5;
}

/** One line or the best two; undefined when the words need more. */
function breakLines(words: MeasuredWord[], line: Line): SpokenWord[][] | undefined {
  const spoken = words.map((word) => word.spoken);
  if (words.length === 1 || widthOf(words, line) <= line.widthMax) return [spoken];
  let best: { cost: number; lines: SpokenWord[][] } | undefined;
  for (let split = 1; split < words.length; split += 1) {
    const halves = [words.slice(0, split), words.slice(split)];
    const [last, next] = spoken.slice(split - 1, split + 1);
    if (!last || !next || halves.some((half) => half.length > 1 && widthOf(half, line) > line.widthMax)) continue;
    const [first = 0, second = 0] = halves.map((half) => widthOf(half, line));
    const cost = (10 * Math.abs(first - second)) / line.widthMax + breakCost(last, next);
    if (!best || cost < best.cost) best = { cost, lines: [spoken.slice(0, split), spoken.slice(split)] };
  }
  return best?.lines;
}

function cueCost(words: SpokenWord[], following: SpokenWord | undefined): number {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return 0;
  const seconds = last.endSeconds - first.startSeconds;
  let cost = 3 + (following ? 2 * breakCost(last, following) : 0);
  if (seconds < leastSeconds) cost += 6 * (1 - seconds / leastSeconds);
  if (seconds > mostSeconds) cost += 4 * (seconds - mostSeconds);
  if (words.length === 1) cost += 3;
  words.forEach((word, index) => {
    const next = words[index + 1];
    if (!next) return;
    if (endsSentence(word.text)) cost += 4;
    else if (pausesAfter(word.text)) cost += 0.5;
    if (next.startSeconds - word.endSeconds > pauseSeconds) cost += 4;
  });
  return cost;
}

/** The cheapest way to cut a scene's words into cues of at most two lines. */
function cutWords(words: MeasuredWord[], line: Line): SpokenWord[][][] {
  type Cut = { cost: number; from: number; lines: SpokenWord[][] };
  const cuts: (Cut | undefined)[] = [{ cost: 0, from: 0, lines: [] }];
  for (let end = 1; end <= words.length; end += 1) {
    let best: Cut | undefined;
    for (let from = end - 1; from >= 0; from -= 1) {
      const chosen = words.slice(from, end);
      const lines = breakLines(chosen, line);
      if (!lines) break;
      const spoken = chosen.map((word) => word.spoken);
      const torn = lines.slice(0, -1).some((words) => isShortened(words.at(-1)?.text ?? "")) ? tornNameCost : 0;
      const cost = (cuts[from]?.cost ?? 0) + cueCost(spoken, words[end]?.spoken) + torn;
      if (!best || cost < best.cost) best = { cost, from, lines };
    }
    cuts[end] = best;
  }
  const cues: SpokenWord[][][] = [];
  for (let end = words.length; end > 0; ) {
    const cut = cuts[end];
    if (!cut) break;
    cues.unshift(cut.lines);
    end = cut.from;
  }
  return cues;
}

/** Cues for the whole video, in order. None crosses a scene, none overlaps the next, and every word is in exactly one. */
export function cutCues(scenes: TimedScene[], limits: CueLimits): Cue[] {
  return scenes.flatMap((scene, sceneIndex) => {
    const sceneEndSeconds = (scene.startFrame + scene.frameCount) / limits.fps;
    // A line break within a word would end a line, or a whole cue, of a caption file.
    const inline = scene.words.map((word) => ({ ...word, text: word.text.replace(/\s+/gu, " ").trim() }));
    const words = inline
      .filter((word) => word.text !== "")
      .map((spoken) => ({ spoken, width: limits.widthOf(spoken.text) }));
    const cut = cutWords(words, { gapWidth: limits.gapWidth, widthMax: limits.lineWidthMax });
    return cut.flatMap((lines, index) => {
      const said = lines.flat();
      const [first, last] = [said[0], said.at(-1)];
      if (!first || !last) return [];
      const nextSeconds = cut[index + 1]?.[0]?.[0]?.startSeconds ?? sceneEndSeconds;
      const wantedSeconds = Math.max(last.endSeconds + lingerSeconds, first.startSeconds + leastSeconds);
      const endSeconds = nextSeconds - wantedSeconds < flickerSeconds ? nextSeconds : wantedSeconds;
      return [{ scene: sceneIndex, startSeconds: first.startSeconds, endSeconds, lines }];
    });
  });
}
