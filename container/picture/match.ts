import { type Entry, motifWords } from "./lexicon.ts";
import { type Motif, type MotifName, motifs } from "./motifs.ts";
import type { Time } from "./palette.ts";
import { elsewhereWords, manWords, settingWords, timeWords, womanWords } from "./place-lexicon.ts";
import type { SettingName } from "./scenery.ts";
import { manTongues, motifTongues, settingTongues, timeTongues, womanTongues } from "./tongues.ts";

export type Said = { title: string; narration: string; videoTitle: string; prompt?: string };
export type Match = {
  /** Best first; those that share the first one's score take turns. Empty when nothing is recognised. */
  motifs: { name: MotifName; score: number }[];
  places: Map<SettingName, number>;
  time: Time | undefined;
  isWoman: boolean | undefined;
  /** A city other than Nairobi is named, or nothing is said in a language of its street. */
  isElsewhere: boolean;
};

/** The words or phrase of the text it recognises. */
type Pattern = (text: Text) => readonly string[];
type Text = { words: ReadonlySet<string>; joined: string };

/** Letters without their marks: accents, Arabic vowels and the vowel signs of Hindi make no difference here. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").toLowerCase();
}

/** Small words that Arabic and Amharic write as one with the noun: and, in, for, the; of, in, from. */
const joined = /^(?:[وفبلك]?ال|لل|[وبل]|[የበለከ])(?=\p{L}{3})/u;

function read(text: string): Text {
  const words = fold(text).match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu);
  const all = words ?? [];
  return {
    words: new Set(
      all.flatMap((word) => [word, ...word.split(/['-]/), word.replace(/'s$/, ""), word.replace(joined, "")]),
    ),
    joined: ` ${all.join(" ")} `,
  };
}

function compile(list: string): Pattern[] {
  return fold(list)
    .split(" ")
    .map((entry) => {
      if (entry.includes("_")) {
        const phrase = ` ${entry.replaceAll("_", " ").replace("*", "")}`;
        const sought = entry.endsWith("*") ? phrase : `${phrase} `;
        return ({ joined }) => (joined.includes(sought) ? [entry] : []);
      }
      if (entry.endsWith("*")) {
        const stem = entry.slice(0, -1);
        return ({ words }) => [...words].filter((word) => word.startsWith(stem));
      }
      const forms = [entry, `${entry}s`, `${entry}es`, entry.replace(/y$/, "ies")];
      return ({ words }) => forms.filter((form) => words.has(form));
    });
}

function compileAll<Name extends string>(
  entries: Record<Name, Entry>,
  others: Partial<Record<Name, string>>,
): { name: Name; sure: Pattern[]; likely: Pattern[] }[] {
  return (Object.keys(entries) as Name[]).map((name) => ({
    name,
    sure: compile([entries[name].sure, ...(others[name]?.split(/\s+/) ?? [])].join(" ")),
    likely: compile(entries[name].likely ?? ""),
  }));
}

const motifPatterns = compileAll(motifWords, motifTongues);
const settingPatterns = compileAll(settingWords, settingTongues);
const timePatterns = (Object.keys(timeWords) as Time[]).map((time) => ({
  time,
  patterns: compile(`${timeWords[time]} ${timeTongues[time]}`),
}));
const womanPatterns = compile(`${womanWords} ${womanTongues}`);
const manPatterns = compile(`${manWords} ${manTongues}`);

/** Each word counts once, however many patterns it fits. */
const count = (patterns: Pattern[], text: Text) => new Set(patterns.flatMap((pattern) => pattern(text))).size;

/** What is said in the scene counts most, its title next; the video's title only decides what they leave open. */
const weights = { narration: 1.5, title: 1, videoTitle: 0.35 } as const;

export function matchScene(said: Said): Match {
  // A wish for the picture stands above everything that is said.
  const texts =
    said.prompt === undefined
      ? { narration: read(said.narration), title: read(said.title), videoTitle: read(said.videoTitle) }
      : { narration: read(said.prompt), title: read(""), videoTitle: read("") };
  const parts = ["narration", "title", "videoTitle"] as const;
  const score = ({ sure, likely }: { sure: Pattern[]; likely: Pattern[] }) =>
    parts.reduce((sum, part) => sum + weights[part] * (3 * count(sure, texts[part]) + count(likely, texts[part])), 0);
  const found = motifPatterns
    .map((entry) => ({ name: entry.name, score: score(entry) }))
    .filter((entry) => entry.score > 0)
    .sort((left, right) => right.score - left.score);
  const places = new Map(settingPatterns.map((entry) => [entry.name, score(entry)]));
  const time = timePatterns.find(
    ({ patterns }) => count(patterns, texts.narration) + count(patterns, texts.title) > 0,
  )?.time;
  return {
    motifs: found,
    places,
    time,
    isWoman: genderOf(parts.map((part) => texts[part])),
    isElsewhere: isElsewhere(said),
  };
}

const elsewherePatterns = compile(elsewhereWords);
const nairobiPatterns = compile("nairobi kenya* sheng matatu");

function isElsewhere({ narration, title, videoTitle, prompt }: Said): boolean {
  const text = read([prompt, narration, title, videoTitle].join("\n"));
  if (count(nairobiPatterns, text) > 0) return false;
  return count(elsewherePatterns, text) > 0 || /[^\p{Script=Latin}\P{L}]/u.test(text.joined);
}

function genderOf(texts: Text[]): boolean | undefined {
  for (const text of texts) {
    const balance = count(womanPatterns, text) - count(manPatterns, text);
    if (balance !== 0) return balance > 0;
  }
  return undefined;
}

/** The score of one word that names the thing, in what is said. */
const sureInNarration = 3 * weights.narration;

/** With nothing to go by, people looking out, walking, meeting: pictures that fit any sentence. */
const anything: readonly MotifName[] = ["overlook", "walker", "team", "caller", "family"];

/** The scene's subject. Near-equal candidates take turns by scene, so that a video about one thing does not show one picture. */
export function chooseMotif(match: Match, turn: number): MotifName {
  const best = match.motifs[0];
  // A place that is named, and nothing sure that happens there: somebody looks at it.
  const place = Math.max(...match.places.values());
  const happens = best?.score ?? 0;
  if (happens < sureInNarration && place > 1.6 * happens) return "overlook";
  if (!best) return anything[turn % anything.length] ?? "overlook";
  const rivals = match.motifs.filter(({ score }) => score >= best.score * 0.82);
  return rivals[turn % rivals.length]?.name ?? best.name;
}

/** Where the subject is shown: the place the words name if it fits, else one of the subject's own places, in turn. */
export function chooseSetting(name: MotifName, match: Match, turn: number): SettingName {
  const motif: Motif = motifs[name];
  const named = motif.settings
    .map((setting) => ({ setting, score: match.places.get(setting) ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  const best = named[0];
  if (best) {
    const rivals = named.filter(({ score }) => score >= best.score * 0.7);
    return rivals[turn % rivals.length]?.setting ?? best.setting;
  }
  return motif.settings[turn % Math.min(motif.settings.length, 3)] ?? motif.settings[0];
}
