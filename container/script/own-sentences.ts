import type { WrittenLanguage } from "../../src/contract/video.ts";
import type { Random } from "../random.ts";
import type { Script, ScriptScene } from "../scenes.ts";
import type { Prose } from "./brief.ts";
import { LinePicker } from "./compose.ts";
import { fits, sentenceKeys, type WordLimits } from "./fill-line.ts";
import { domainsFromWords, kindFromWords } from "./kinds-and-domains.ts";
import { sceneHeading } from "./scene-heading.ts";
import type { LineBook } from "./sentences/line-book.ts";
import { englishTitle, plainTitle } from "./titles.ts";
import type { Topic } from "./topic.ts";
import {
  bareWord,
  capitalised,
  countWords,
  isPhraseStart,
  shortened,
  splitSentences,
  splitWords,
  spokenWords,
  tidied,
  withoutDanglingEnd,
} from "./words.ts";

/** Tells a prompt that is a script already in its own sentences, cut or joined to fit the scenes; the book only fills up what is missing. */
export function composeFromProse(
  prose: Prose,
  language: WrittenLanguage,
  book: LineBook,
  sceneCount: number,
  limits: WordLimits,
  random: Random,
): Script {
  const title = titleOf(prose, language);
  const topic: Topic = {
    kind: kindFromWords(prose.hint) ?? "story",
    domains: domainsFromWords(prose.whole),
    title,
    slots: { here: "" },
    details: [],
  };
  const picker = new LinePicker(topic, book, limits, random, sceneCount);
  let pieces = unrepeated(prose.sentences.flatMap((sentence) => piecesOf(closed(sentence), limits)));
  pieces = joinedShort(pieces, limits);
  pieces = pieces.length > sceneCount ? reduced(pieces, sceneCount, limits) : widened(pieces, sceneCount, limits);
  const own = pieces.map((piece): ScriptScene => {
    const narration = fits(piece, limits) ? piece : (picker.lengthened(piece) ?? piece);
    const scene = { title: sceneHeading(piece), narration };
    picker.note(scene);
    return scene;
  });
  return {
    title,
    scenes: withFilling(
      own.filter((scene) => fits(scene.narration, limits)),
      sceneCount,
      picker,
    ),
  };
}

function unrepeated(pieces: readonly string[]): string[] {
  const seen = new Set<string>();
  return pieces.filter((piece) => {
    const keys = sentenceKeys(piece);
    if (keys.some((key) => seen.has(key))) return false;
    for (const key of keys) seen.add(key);
    return true;
  });
}

function titleOf({ heading, sentences }: Prose, language: WrittenLanguage): string {
  const first = sentences[0] ?? "";
  const text = heading ?? first.match(/^(?:\S+ ){2,7}[^\s,]+(?=,)/u)?.[0] ?? shortened(first, 9);
  return language === "en" ? englishTitle(text, "story") : plainTitle(text);
}

function closed(sentence: string): string {
  const text = tidied(capitalised(sentence.trim())).replace(/[,;:،؛]+$/u, "");
  return /[.!?؟。！？][”"')]*$/u.test(text) ? text : `${text}.`;
}

/** One sentence as one or more pieces within the limit, cut at marks, else before a joining word, else between words. */
function piecesOf(sentence: string, limits: WordLimits): string[] {
  const words = splitWords(sentence);
  if (words.length <= limits.max && spokenWords(sentence) <= limits.spokenMax) return [sentence];
  const cut = cutPosition(words, limits, Math.min(words.length - 1, limits.max));
  if (cut === undefined || cut < 1) return [];
  const head = closed(
    words
      .slice(0, cut)
      .join(" ")
      .replace(/[,;:،؛]+$/u, ""),
  );
  return [head, ...piecesOf(closed(withoutConjunction(words.slice(cut).join(" "))), limits)];
}

function withoutConjunction(text: string): string {
  return text.replace(/^(?:and|but|so|lakini|et|mais|y|pero|e|mas|und|aber|ma|en|maar|ولكن|لكن|ثم)\s+(?=\S+ \S)/iu, "");
}

function cutPosition(words: readonly string[], limits: WordLimits, most: number): number | undefined {
  let limit = most;
  while (limit > 1 && spokenWords(words.slice(0, limit).join(" ")) > limits.spokenMax) limit -= 1;
  const least = Math.min(limits.min, limit);
  const fair = (at: number) => words.length - at >= limits.min || words.length - at === 0;
  const ends = Array.from({ length: limit - least + 1 }, (_, index) => limit - index);
  return (
    ends.find((at) => /[,;:،؛]$/u.test(words[at - 1] ?? "") && fair(at)) ??
    ends.find((at) => isPhraseStart(words[at] ?? "") && fair(at)) ??
    ends.find((at) => withoutDanglingEnd(words.slice(0, at).join(" ")) === words.slice(0, at).join(" ")) ??
    ends[0]
  );
}

function canJoin(left: string, right: string, limits: WordLimits): boolean {
  return (
    countWords(left) + countWords(right) <= limits.max &&
    spokenWords(left) + spokenWords(right) <= limits.spokenMax &&
    splitWords(`${left} ${right}`).length <= limits.max
  );
}

/** Short sentences share a scene with the next one, or with the one before. */
function joinedShort(pieces: readonly string[], limits: WordLimits): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (
      last !== undefined &&
      (countWords(last) < limits.min || countWords(piece) < limits.min) &&
      canJoin(last, piece, limits)
    )
      joined[joined.length - 1] = `${last} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

/** Fewer pieces: neighbours are joined, the shortest first; what still is too much is thinned evenly, beginning and end kept. */
function reduced(pieces: readonly string[], sceneCount: number, limits: WordLimits): string[] {
  const left = [...pieces];
  while (left.length > sceneCount) {
    let best: { at: number; words: number } | undefined;
    for (let at = 0; at + 1 < left.length; at += 1) {
      const [one = "", two = ""] = [left[at], left[at + 1]];
      const words = countWords(one) + countWords(two);
      if (canJoin(one, two, limits) && (best === undefined || words < best.words)) best = { at, words };
    }
    if (best === undefined) break;
    left.splice(best.at, 2, `${left[best.at]} ${left[best.at + 1]}`);
  }
  if (left.length <= sceneCount) return left;
  if (sceneCount === 1) return left.slice(0, 1);
  return Array.from(
    { length: sceneCount },
    (_, index) => left[Math.round((index * (left.length - 1)) / (sceneCount - 1))] ?? "",
  );
}

/** More pieces: scenes of several sentences come apart, then long sentences at a clause, while each part stays long enough. */
function widened(pieces: readonly string[], sceneCount: number, limits: WordLimits): string[] {
  const wide = [...pieces];
  while (wide.length < sceneCount) {
    const at = wide.findIndex((piece) => halved(piece, limits) !== undefined);
    const halves = halved(wide[at] ?? "", limits);
    if (halves === undefined) break;
    wide.splice(at, 1, ...halves);
  }
  return wide;
}

function halved(piece: string, limits: WordLimits): string[] | undefined {
  const sentences = splitSentences(piece);
  for (let at = 1; at < sentences.length; at += 1) {
    const halves = [sentences.slice(0, at).join(" "), sentences.slice(at).join(" ")];
    if (halves.every((half) => countWords(half) >= limits.min)) return halves;
  }
  if (sentences.length > 1) return undefined;
  const words = splitWords(piece);
  const at = words.findIndex(
    (word, index) =>
      index + 1 >= limits.min &&
      words.length - index - 1 >= limits.min &&
      /[,;:،؛]$/u.test(word) &&
      /^(?:and|but|so|then|yet|na|lakini|kisha|hivyo|et|mais|puis|y|pero|luego|e|mas|depois|und|aber|dann|ma|poi|en|maar|dan|ثم|لكن)$/iu.test(
        bareWord(words[index + 1] ?? ""),
      ),
  );
  return at < 0
    ? undefined
    : [
        closed(
          words
            .slice(0, at + 1)
            .join(" ")
            .replace(/[,;:،؛]+$/u, ""),
        ),
        closed(withoutConjunction(words.slice(at + 1).join(" "))),
      ];
}

/** Scenes of the book between the person's own, spread evenly, and one to close with. */
function withFilling(own: readonly ScriptScene[], sceneCount: number, picker: LinePicker): ScriptScene[] {
  const missing = sceneCount - own.length;
  if (missing <= 0) return [...own];
  if (own.length === 0)
    return Array.from({ length: sceneCount }, () => picker.next("colour")).filter((scene) => scene !== undefined);
  const scenes: ScriptScene[] = [];
  const between = missing - 1;
  let placed = 0;
  for (const [index, scene] of own.entries()) {
    scenes.push(scene);
    const due = Math.round(((index + 1) * between) / own.length);
    for (; placed < due; placed += 1) {
      const filling = picker.next("colour");
      if (filling !== undefined) scenes.push(filling);
    }
  }
  const closing = picker.next(sceneCount > 4 ? "call" : "resolution");
  return closing === undefined ? scenes : [...scenes, closing];
}
