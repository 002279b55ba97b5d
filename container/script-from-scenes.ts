import { clauseEndMarks, sentenceEndMarks } from "../src/contract/sentence-marks.ts";
import type { DocumentScene } from "../src/contract/video.ts";
import type { Script } from "./scenes.ts";

const titleWordsMax = 6;
const titleCharactersMax = 40;

/** Sets no space after it, so that clauses do not fall apart into words. */
const fullWidthMark = /[。！？，；：]/u;
/** Where a title may end inside a text that sets no spaces. */
const endMark = new RegExp(`[${sentenceEndMarks}${clauseEndMarks}]`, "u");

/**
 * A caller's own scenes as a script: the texts word for word, each with its own title or else its first words; the video is
 * called as its first scene.
 */
export function scriptFromScenes(scenes: DocumentScene[]): Script {
  const written = scenes.map((scene) => ({ title: scene.title ?? firstWords(scene.text), narration: scene.text }));
  return { title: written[0]?.title ?? "", scenes: written };
}

/** As many first words as fit a title, without the punctuation they would end on. */
function firstWords(text: string): string {
  const [clause = text] = text.split(fullWidthMark, 1);
  const words = (clause === "" ? text : clause).split(/[\s፡]+/u).slice(0, titleWordsMax);
  const fitting = words.filter((_, index) => lengthOf(words.slice(0, index + 1).join(" ")) <= titleCharactersMax);
  const title = fitting.length > 0 ? fitting.join(" ") : beginningOf(words[0] ?? "");
  return title.replace(/[\p{P}\s]+$/u, "") || title;
}

/** Of one long word, or of a text without spaces: up to its first mark, else as many whole characters as fit. */
function beginningOf(word: string): string {
  const clause = word.split(endMark, 1)[0] ?? "";
  if (clause !== "" && lengthOf(clause) <= titleCharactersMax) return clause;
  let beginning = "";
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word)) {
    if (lengthOf(beginning + segment) > titleCharactersMax) break;
    beginning += segment;
  }
  return beginning;
}

function lengthOf(text: string): number {
  return [...text].length;
}
