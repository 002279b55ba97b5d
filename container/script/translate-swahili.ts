import { readClause } from "./english-clause.ts";
import { knownVerb } from "./english-verbs.ts";
import { isDemonym, prepositions } from "./english-words.ts";
import { findPlace } from "./places.ts";
import {
  type NounClass,
  type SwahiliNoun,
  swahiliAdjective,
  swahiliConnectiveWord,
  swahiliNoun,
  swahiliVerbStem,
} from "./swahili-lexicon.ts";
import { bareWord, splitWords } from "./words.ts";

/** A translated phrase and what a sentence around it must know. */
type Translated = { text: string; nounClass: NounClass; isAnimate: boolean };
type TranslatedClause = { text: string; subject: Translated; subjectHead: string; object?: string };

const connective: Readonly<Record<NounClass, string>> = {
  1: "wa",
  2: "wa",
  3: "wa",
  4: "ya",
  5: "la",
  6: "ya",
  7: "cha",
  8: "vya",
  9: "ya",
  10: "za",
  11: "wa",
  14: "wa",
  15: "kwa",
};
const adjectivePrefix: Readonly<Record<NounClass, string>> = {
  1: "m",
  2: "wa",
  3: "m",
  4: "mi",
  5: "",
  6: "ma",
  7: "ki",
  8: "vi",
  9: "n",
  10: "n",
  11: "m",
  14: "m",
  15: "ku",
};
const nasalForms = new Map(
  Object.entries({
    dogo: "ndogo",
    kubwa: "kubwa",
    zuri: "nzuri",
    pya: "mpya",
    refu: "ndefu",
    fupi: "fupi",
    gumu: "ngumu",
    kuukuu: "kuukuu",
    baya: "mbaya",
    vivu: "vivu",
    dadisi: "dadisi",
    bichi: "mbichi",
  }),
);
const subjectPrefix: Readonly<Record<NounClass, string>> = {
  1: "a",
  2: "wa",
  3: "u",
  4: "i",
  5: "li",
  6: "ya",
  7: "ki",
  8: "vi",
  9: "i",
  10: "zi",
  11: "u",
  14: "u",
  15: "ku",
};
const demonymLands = new Map(
  "kenyan:Kenya tanzanian:Tanzania ugandan:Uganda rwandan:Rwanda burundian:Burundi ethiopian:Ethiopia eritrean:Eritrea somali:Somalia sudanese:Sudan egyptian:Misri nigerian:Nigeria ghanaian:Ghana senegalese:Senegal congolese:Kongo zambian:Zambia zimbabwean:Zimbabwe malawian:Malawi african:Afrika american:Marekani european:Ulaya british:Uingereza chinese:Uchina indian:India japanese:Japani"
    .split(" ")
    .map((item): [string, string] => {
      const [word = "", land = ""] = item.split(":");
      return [word, land];
    }),
);
const counts: Readonly<Record<string, string>> = { two: "wili", three: "tatu", four: "nne", five: "tano" };
const possessives = new Set(["my", "our", "his", "her", "their", "its"]);

function agreeing(stem: string, { nounClass }: SwahiliNoun): string {
  if (stem.endsWith("!")) return stem.slice(0, -1);
  if (nounClass === 9 || nounClass === 10) return nasalForms.get(stem) ?? stem;
  if (nounClass === 5 && stem === "pya") return "jipya";
  return `${adjectivePrefix[nounClass]}${stem}`;
}

function counted(word: string, { nounClass, isAnimate }: SwahiliNoun): string {
  const stem = counts[word] ?? "";
  if (isAnimate) return `wa${stem}`;
  if (nounClass === 10) return stem === "wili" ? "mbili" : stem;
  return `${adjectivePrefix[nounClass]}${stem}`;
}

function possessed(word: string, { nounClass, isAnimate, text }: SwahiliNoun): string {
  const stem = word === "my" || word === "our" ? "etu" : word === "their" ? "ao" : "ake";
  const isKin = isAnimate && nounClass === 1 && !/^m/u.test(text);
  const start = connective[isKin ? 9 : nounClass].replace(/a$/u, "");
  return `${start}${stem}`;
}

/** Translates a whole English noun phrase, or nothing when too few of its words are known. Loan words stay, as class 9. */
export function translatePhrase(words: readonly string[], isSheng: boolean): Translated | undefined {
  const place = findPlace(words);
  const hasPlace =
    place !== undefined &&
    place.lastWord === words.length - 1 &&
    (place.hasPreposition || /^of$/iu.test(words[place.firstWord - 1] ?? "") || place.firstWord === 0);
  const body = hasPlace ? words.slice(0, place.firstWord) : [...words];
  if (hasPlace && body.length === 0)
    return { text: place.swahili.replace(/^\S+ /u, ""), nounClass: 9, isAnimate: false };
  const joint = body.findIndex((word) => prepositions.has(bareWord(word)) || /^and$/iu.test(word));
  const left = plainPhrase(joint < 0 ? body : body.slice(0, joint), isSheng);
  if (left === undefined) return undefined;
  let text = left.text;
  if (joint >= 0) {
    const link = bareWord(body[joint] ?? "");
    const rest = body.slice(joint + 1);
    if (link === "of" && rest.length === 0 && hasPlace)
      return { ...left, text: `${text} ${connective[left.nounClass]} ${swahiliName(place.swahili)}` };
    const right = translatePhrase(rest, isSheng);
    const word =
      link === "of"
        ? connective[left.nounClass]
        : link === "and"
          ? "na"
          : link === "for"
            ? "kwa"
            : link === "without"
              ? "bila"
              : link === "with"
                ? "na"
                : link === "from"
                  ? "kutoka"
                  : link === "in" || link === "at"
                    ? "kwenye"
                    : link === "on"
                      ? "kwa"
                      : link === "about"
                        ? "kuhusu"
                        : undefined;
    if (right === undefined || word === undefined) return undefined;
    text = `${text} ${word} ${right.text}`;
  }
  return { ...left, text: hasPlace ? `${text} ${place.swahili}` : text };
}

function swahiliName(locative: string): string {
  return locative.replace(/^(?:jijini|nchini|barani|huko|katika) /u, "");
}

/** Determiner, adjectives and nouns with nothing after them. */
function plainPhrase(words: readonly string[], isSheng: boolean): SwahiliNoun | undefined {
  const bare = words
    .map((word) => word.replace(/[,.;:!?]+$/u, ""))
    .filter((word) => !/^(?:a|an|the|some|one|this|that)$/iu.test(word));
  const headWord = bare.at(-1);
  if (headWord === undefined || bare.length > 5) return undefined;
  const isName = bare.every((word) => /^\p{Lu}\p{Ll}/u.test(word) && swahiliNoun(word, isSheng) === undefined);
  if (isName) return { text: bare.join(" "), nounClass: 1, isAnimate: true };
  const head = swahiliNoun(headWord, isSheng) ?? loanWord(headWord);
  if (head === undefined) return undefined;
  const after: string[] = [];
  const linked: string[] = [];
  let loans = swahiliNoun(headWord, isSheng) === undefined ? 1 : 0;
  for (const word of bare.slice(0, -1)) {
    const lower = word.toLowerCase();
    const stem = swahiliAdjective(lower);
    const land = demonymLands.get(lower);
    const noun = swahiliNoun(lower, isSheng);
    if (possessives.has(lower)) after.unshift(possessed(lower, head));
    else if (counts[lower] !== undefined) after.push(counted(lower, head));
    else if (lower === "young") {
      if (!head.isAnimate) return undefined;
      if (head.nounClass === 2) after.push("vijana");
      else after.push("kijana");
    } else if (lower === "old" && head.isAnimate) after.push(agreeing("zee", head));
    else if (stem !== undefined) after.push(agreeing(stem, head));
    else if (land !== undefined && isDemonym(lower)) linked.push(`${connective[head.nounClass]} ${land}`);
    else if (swahiliConnectiveWord(lower) !== undefined)
      linked.push(`${connective[head.nounClass]} ${swahiliConnectiveWord(lower)}`);
    else if (noun !== undefined) linked.push(`${connective[head.nounClass]} ${noun.text}`);
    else if (loanWord(word) !== undefined) {
      loans += 1;
      linked.push(`${connective[head.nounClass]} ${word}`);
    } else return undefined;
  }
  if (loans > 1 && !isSheng) return undefined;
  return { ...head, text: [head.text, ...after, ...linked.reverse()].join(" ") };
}

/** English words that Swahili takes as they are; verbs and little words are none. */
function loanWord(word: string): SwahiliNoun | undefined {
  if (!/^[\p{L}\p{N}'&-]{2,}$/u.test(word) || /(?:ing|ed|ly|ous|ful|est|tion)$/iu.test(word)) return undefined;
  if (prepositions.has(word.toLowerCase()) || knownVerb(word)?.form !== undefined) return undefined;
  if (
    /^(?:and|or|not|who|what|how|why|when|very|so|to|is|are|its|your|never|always|more|most|all|every|each|many)$/iu.test(
      word,
    )
  )
    return undefined;
  return { text: word, nounClass: 9, isAnimate: false };
}

/** "A young Kenyan entrepreneur builds an AI startup" → "mjasiriamali kijana wa Kenya anajenga startup ya AI". */
export function translateClause(words: readonly string[], isSheng: boolean): TranslatedClause | undefined {
  const clause = readClause(words);
  if (clause === undefined) return undefined;
  const subjectWords = splitWords(clause.subject);
  const subject = translatePhrase(subjectWords, isSheng);
  const predicate = splitWords(clause.text).slice(subjectWords.length);
  const verb = knownVerb(predicate[0] ?? "");
  if (subject === undefined || verb === undefined) return undefined;
  const tense = verb.form === "past" ? "li" : "na";
  const action = translateAction([verb.base, ...predicate.slice(1)], isSheng);
  if (action === undefined) return undefined;
  const person = clause.isPerson && subject.nounClass !== 2 ? 1 : subject.nounClass;
  const isAnimate = subject.isAnimate || clause.isPerson;
  const result: TranslatedClause = {
    text: `${subject.text} ${subjectPrefix[isAnimate ? (person === 2 ? 2 : 1) : person]}${tense}${action.text}`,
    subject: { ...subject, isAnimate },
    subjectHead: subject.text.split(" ")[0] ?? subject.text,
  };
  if (action.object !== undefined) result.object = action.object;
  return result;
}

/** A verb phrase without its prefix: ["build", "a", "house"] → "jenga nyumba". */
export function translateAction(
  words: readonly string[],
  isSheng: boolean,
): { text: string; object?: string } | undefined {
  if (/^save$/iu.test(words[0] ?? "") && /^money$/iu.test(words[1] ?? ""))
    return translateAction(["put-savings", ...words.slice(2)], isSheng);
  const stem = swahiliVerbStem(words[0] ?? "");
  if (stem === undefined) return undefined;
  const rest = words.slice(1);
  if (rest.length === 0) return { text: stem };
  if (/^to$/iu.test(rest[0] ?? "")) {
    const inner = translateAction(rest.slice(1), isSheng);
    return inner === undefined ? undefined : { text: `${stem} ${infinitive(inner.text)}` };
  }
  if (/^how$/iu.test(rest[0] ?? "") && /^to$/iu.test(rest[1] ?? "")) {
    const inner = translateAction(rest.slice(2), isSheng);
    return inner === undefined ? undefined : { text: `${stem} ${infinitive(inner.text)}` };
  }
  if (/^(?:on|in|at|with|for)$/iu.test(rest[0] ?? "")) {
    const around = translatePhrase(rest.slice(1), isSheng);
    const link = /^(?:in|at)$/iu.test(rest[0] ?? "") ? "kwenye" : "kwa";
    return around === undefined ? undefined : { text: `${stem} ${link} ${around.text}` };
  }
  const object = translatePhrase(rest, isSheng);
  return object === undefined ? undefined : { text: `${stem} ${object.text}`, object: object.text };
}

export function infinitive(stem: string): string {
  return /^ku(?:wa|tana)/u.test(stem) && stem.startsWith("kuwa") ? stem : `ku${stem}`;
}
