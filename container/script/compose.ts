import type { Random } from "../random.ts";
import type { Script, ScriptScene } from "../scenes.ts";
import { planBeats, type Step } from "./arc.ts";
import { type FilledLine, fillLine, fits, sentenceKeys, slotsOf, type WordLimits } from "./fill-line.ts";
import { sceneHeading } from "./scene-heading.ts";
import type { LineBook } from "./sentences/line-book.ts";
import type { Detail, SlotName, Slots, Topic } from "./topic.ts";
import { capitalised, shortened, tidied } from "./words.ts";

/** Slots that carry the prompt's own words: heard too often, they wear out. */
const heavySlots: readonly SlotName[] = [
  "topic",
  "clause",
  "question",
  "saying",
  "todo",
  "doing",
  "deed",
  "name",
  "thing",
];
/** The first scene says the richest of these that is known. */
const leadSlots: readonly SlotName[] = ["saying", "question", "todo", "clause", "name", "audience", "topic"];

/** Tells the topic in `sceneCount` scenes with the sentences of the book; every scene fits the limits. */
export function composeScript(
  topic: Topic,
  book: LineBook,
  sceneCount: number,
  limits: WordLimits,
  random: Random,
): Script {
  const picker = new LinePicker(topic, book, limits, random, sceneCount);
  const scenes = [picker.hook()];
  for (const step of planBeats(sceneCount, topic.details.length, hasColour(topic), random)) {
    const scene = picker.next(step);
    if (scene !== undefined) scenes.push(scene);
  }
  return { title: topic.title, scenes };
}

/** Scenes of daily life go with stories and lessons; an advertisement or a bulletin stays with its own matter. */
function hasColour({ kind, domains }: Topic): boolean {
  return domains[0] !== "general" && ["story", "explainer", "inspiration", "howto"].includes(kind);
}

export class LinePicker {
  readonly #topic: Topic;
  readonly #book: LineBook;
  readonly #limits: WordLimits;
  readonly #random: Random;
  readonly #heavyMax: number;
  readonly #spoken = new Set<string>();
  readonly #titles = new Set<string>();
  readonly #used = new Map<string, number>();
  readonly #isShort: boolean;
  #detail = 0;
  #wasAnchored = false;

  constructor(topic: Topic, book: LineBook, limits: WordLimits, random: Random, sceneCount: number) {
    this.#topic = topic;
    this.#book = book;
    this.#limits = limits;
    this.#random = random;
    this.#isShort = sceneCount <= 4;
    this.#heavyMax = topic.isQuoted === true ? 1 : 1 + Math.ceil(sceneCount / 5);
  }

  /** The opening scene: it always says what the video is about. The prompt's words are shortened until they fit. */
  hook(): ScriptScene {
    const lines = this.#book.kinds[this.#topic.kind].hook;
    const { slots } = this.#topic;
    for (let maxWords = 15; maxWords >= 1; maxWords -= 1) {
      const cut: Slots = { ...slots };
      for (const name of ["topic", "clause", "question", "saying", "todo", "doing"] as const) {
        const value = slots[name];
        if (value !== undefined) cut[name] = shortenedQuote(value, maxWords);
      }
      for (const lead of leadSlots) {
        const chosen = this.#choose(
          lines.filter((line) => slotsOf(line).includes(lead)),
          cut,
          false,
        );
        if (chosen !== undefined) return chosen;
      }
    }
    return this.#anything() ?? { title: "", narration: "" };
  }

  /** A scene for one step of the arc, or nothing only when the whole book is used up. */
  next(step: Step): ScriptScene | undefined {
    if (step === "detail") {
      const detail = this.#topic.details[this.#detail];
      this.#detail += 1;
      const scene = detail === undefined ? undefined : this.#tell(detail);
      return scene ?? this.next("context");
    }
    const { kinds } = this.#book;
    const lines = step === "colour" ? undefined : kinds[this.#topic.kind][step];
    return (
      (lines === undefined ? undefined : this.#choose(lines, this.#topic.slots, true)) ??
      this.#colour() ??
      this.#anything()
    );
  }

  /** Takes a scene that came from elsewhere into account, so that nothing in it is said again. */
  note(scene: ScriptScene): void {
    for (const key of sentenceKeys(scene.narration)) this.#spoken.add(key);
    this.#titles.add(scene.title.toLowerCase());
  }

  /** Brings a short narration up to length with a closing sentence not used yet. */
  lengthened(narration: string): string | undefined {
    for (const tail of this.#random.shuffle(this.#book.tails)) {
      const longer = `${narration} ${tail}`;
      if (fits(longer, this.#limits) && !this.#spoken.has(sentenceKeys(tail)[0] ?? "")) return longer;
    }
    return undefined;
  }

  #tell(detail: Detail): ScriptScene | undefined {
    if (!detail.isSentence)
      return this.#choose(this.#book.details, { ...this.#topic.slots, detail: detail.text }, false);
    const sentence = tidied(capitalised(detail.text));
    const narration = fits(sentence, this.#limits) ? sentence : this.lengthened(sentence);
    if (narration === undefined) return undefined;
    const scene = { title: sceneHeading(sentence), narration };
    this.note(scene);
    return scene;
  }

  #colour(): ScriptScene | undefined {
    for (const domain of this.#topic.domains) {
      const scene = this.#choose(this.#book.domains[domain], this.#topic.slots, true);
      if (scene !== undefined) return scene;
    }
    return undefined;
  }

  #anything(): ScriptScene | undefined {
    const { context, turn, resolution, call } = this.#book.kinds[this.#topic.kind];
    return this.#choose(
      [...context, ...turn, ...resolution, ...call, ...Object.values(this.#book.domains).flat()],
      this.#topic.slots,
      false,
    );
  }

  /** A line that fits and says nothing new twice; one whose title is new, too, if there is one. */
  #choose(lines: readonly string[], slots: Topic["slots"], isSparing: boolean): FilledLine | undefined {
    let second: { line: string; scene: FilledLine } | undefined;
    const mixed = this.#random.shuffle(lines);
    const isAnchorDue = isSparing && (this.#isShort || !this.#wasAnchored);
    for (const line of isAnchorDue
      ? [...mixed.filter(isAnchored), ...mixed.filter((one) => !isAnchored(one))]
      : mixed) {
      const heavy = slotsOf(line).filter((name) => (heavySlots as readonly string[]).includes(name));
      if (isSparing && heavy.some((name) => (this.#used.get(name) ?? 0) >= this.#heavyMax)) continue;
      const scene = fillLine(line, slots, this.#limits);
      if (scene === undefined || sentenceKeys(scene.narration).some((key) => this.#spoken.has(key))) continue;
      if (!this.#titles.has(scene.title.toLowerCase())) return this.#take(line, scene);
      second ??= { line, scene };
    }
    return second === undefined ? undefined : this.#take(second.line, second.scene);
  }

  #take(line: string, scene: FilledLine): FilledLine {
    for (const name of new Set(slotsOf(line))) this.#used.set(name, (this.#used.get(name) ?? 0) + 1);
    this.#wasAnchored = isAnchored(line);
    this.note(scene);
    return scene;
  }
}

/** Whether a line speaks of the topic itself and would not fit any other. */
function isAnchored(line: string): boolean {
  return slotsOf(line).some((name) => name === "the" || (heavySlots as readonly string[]).includes(name));
}

function shortenedQuote(text: string, maxWords: number): string {
  const inner = text.match(/^“(.+)”$/u)?.[1];
  return inner === undefined ? shortened(text, maxWords) : `“${shortened(inner, maxWords)}”`;
}
