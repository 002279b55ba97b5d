import { gerundOf, isAmbiguousVerb, isAuxiliary, knownVerb, thirdPersonOf, type Verb } from "./english-verbs.ts";
import {
  definitePhrase,
  determiners,
  isPersonNoun,
  isPluralPhrase,
  phraseCore,
  prepositions,
} from "./english-words.ts";
import { findPlace, type PlaceAtEnd } from "./places.ts";
import { bareWord, splitWords, withoutDanglingEnd } from "./words.ts";

/** A prompt that says who does what. */
export type Clause = {
  /** "a young Kenyan entrepreneur builds an AI startup", without a place that ended it. */
  text: string;
  /** The same as a phrase: "a young Kenyan entrepreneur who builds an AI startup". */
  phrase: string;
  subject: string;
  /** The subject's second mention: "the entrepreneur". */
  definite?: string;
  /** "building an AI startup". */
  deed?: string;
  /** What is made, met or sought, as a second mention: "the AI startup". */
  object?: string;
  isPlural: boolean;
  isPerson: boolean;
  /** Said with "who", "that" or an -ing form, so that it was a phrase and not a sentence. */
  isRelative: boolean;
  place?: PlaceAtEnd;
};

const subjectMaxWords = 9;

/** Finds subject and verb by the verb's form and what stands around it; nothing when the words are no clause. */
export function readClause(words: readonly string[]): Clause | undefined {
  for (let index = 1; index < Math.min(words.length, subjectMaxWords + 2); index += 1) {
    const word = words[index] ?? "";
    const isRelative = /^(?:who|that|which)$/iu.test(words[index - 1] ?? "");
    const subject = words.slice(0, isRelative ? index - 1 : index);
    if (subject.length === 0 || /[,;:]$/u.test(subject.at(-1) ?? "")) continue;
    if (isAuxiliary(word) && isSubject(subject) && words.length > index + 1 && !isRelative)
      return assemble(words, subject, index, undefined, false);
    const verb = knownVerb(word.replace(/,$/u, ""));
    if (verb !== undefined && acceptsVerb(words, subject, index, verb, isRelative)) {
      return assemble(words, subject, index, verb, isRelative || verb.form === "ing");
    }
  }
  return undefined;
}

function isSubject(subject: readonly string[]): boolean {
  const first = bareWord(subject[0] ?? "");
  const last = bareWord(subject.at(-1) ?? "");
  if (subject.length === 1 && /^(?:i|you|we|he|she|it|they|this|that|these|those|there|here)$/u.test(first))
    return false;
  if (prepositions.has(first) || prepositions.has(last) || determiners.has(last)) return false;
  if (["and", "or", "to", "not", "of", "how", "why", "what", "who", "when", "where"].includes(last)) return false;
  return !/^(?:how|why|what|who|when|where|which)$/u.test(first);
}

function acceptsVerb(
  words: readonly string[],
  subject: readonly string[],
  index: number,
  verb: Verb,
  isRelative: boolean,
): boolean {
  if (!isSubject(subject)) return false;
  const next = words[index + 1];
  const isPlural = isPluralPhrase(subject);
  const opensObject = next !== undefined && (determiners.has(bareWord(next)) || prepositions.has(bareWord(next)));
  const hasDeterminer = determiners.has(bareWord(subject[0] ?? ""));
  if (verb.form === "third") {
    if (isPlural && !isRelative) return false;
    return !isAmbiguousVerb(words[index] ?? "") || opensObject || isRelative || hasDeterminer;
  }
  if (verb.form === "past")
    return (
      next !== undefined &&
      !["by", "on"].includes(bareWord(next)) &&
      (isProper(subject) || hasDeterminer || isPersonNoun(bareWord(subject.at(-1) ?? "")))
    );
  if (verb.form === "ing")
    return (
      next !== undefined &&
      hasDeterminer &&
      subject.length >= 2 &&
      isPersonNoun(bareWord(phraseCore(subject).at(-1) ?? ""))
    );
  return (
    isPlural &&
    next !== undefined &&
    (opensObject || isRelative || isPersonNoun(bareWord(phraseCore(subject).at(-1) ?? "")))
  );
}

function isProper(subject: readonly string[]): boolean {
  return subject.every((word) => /^\p{Lu}/u.test(word));
}

function assemble(
  words: readonly string[],
  subject: readonly string[],
  index: number,
  verb: Verb | undefined,
  isRelative: boolean,
): Clause {
  const isPlural = isPluralPhrase(subject);
  const found = findPlace(words);
  const isRemovable = found?.hasPreposition === true && found.lastWord === words.length - 1 && found.firstWord > index;
  const end = isRemovable ? found.firstWord : words.length;
  const rest = words.slice(index + 1, end);
  const finite =
    verb !== undefined && verb.form === "past" && !rest.some(isPast)
      ? presentOf(verb, isPlural)
      : verb === undefined || verb.form === "past" || verb.form === "third"
        ? (words[index] ?? "")
        : isPlural
          ? verb.base
          : thirdPersonOf(verb.base);
  const predicate = withoutDanglingEnd([finite, ...rest].join(" "));
  const core = phraseCore(subject);
  const isPerson = isPersonNoun(bareWord(core.at(-1) ?? "")) || (isProper(subject) && subject.length <= 3);
  const own = subject.join(" ").replace(/\bmy\b/giu, "our");
  const clause: Clause = {
    text: `${own} ${predicate}`,
    phrase: `${own} ${isPerson ? "who" : "that"} ${predicate}`,
    subject: own,
    isPlural,
    isPerson,
    isRelative,
  };
  const definite = definitePhrase(subject);
  if (definite !== undefined) clause.definite = definite;
  const action = deedOf(words.slice(index + 1, end), verb);
  if (action.deed !== undefined) clause.deed = action.deed;
  if (action.object !== undefined) clause.object = action.object;
  if (found !== undefined) clause.place = { found, isRemovable };
  return clause;
}

/** A past deed is told in the present, like the lines around it. */
function presentOf(verb: Verb, isPlural: boolean): string {
  return isPlural ? verb.base : thirdPersonOf(verb.base);
}

function isPast(word: string): boolean {
  return knownVerb(bareWord(word))?.form === "past" || isAuxiliary(bareWord(word));
}

const statives = new Set(["become", "need", "want", "fail", "lose", "die", "wish", "see", "get", "miss", "lie"]);

function deedOf(rest: readonly string[], verb: Verb | undefined): { deed?: string; object?: string } {
  if (verb === undefined) return {};
  const stop = rest.findIndex(
    (word) => /^(?:and|but|who|which|that|while|when|after|before|because|until|so)$/iu.test(word) || /,$/u.test(word),
  );
  const own = stop < 0 ? rest : rest.slice(0, /,$/u.test(rest[stop] ?? "") ? stop + 1 : stop);
  const text = withoutDanglingEnd(own.join(" "));
  const result: { deed?: string; object?: string } = {};
  if (text !== "" && !statives.has(verb.base) && !prepositions.has(bareWord(own[0] ?? "")))
    result.deed = `${gerundOf(verb.base)} ${text}`;
  const first = bareWord(own[0] ?? "");
  if (
    own.length > 0 &&
    !prepositions.has(first) &&
    knownVerb(first)?.form === undefined &&
    (determiners.has(first) || own.length <= 3)
  ) {
    const object = definitePhrase(splitWords(text));
    if (object !== undefined) result.object = object;
  }
  return result;
}
