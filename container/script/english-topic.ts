import { readQuestion, readTask } from "./english-questions.ts";
import { type Reading, readPhrase, readStatement } from "./english-statement.ts";
import { knownVerb } from "./english-verbs.ts";
import { determiners, withRightArticles, withSentenceCase } from "./english-words.ts";
import { domainsFromWords, kindFromWords } from "./kinds-and-domains.ts";
import { findPlace } from "./places.ts";
import { englishTitle, plainTitle } from "./titles.ts";
import type { Brief, Detail, Slots, Topic } from "./topic.ts";
import { bareWord, capitalised, shortened, splitWords } from "./words.ts";

/** Reads an English prompt into the slots of the English sentence book. */
export function englishTopic(brief: Brief): Topic {
  if (brief.promptLanguage !== "en") return foreignTopic(brief);
  const audience = brief.main.match(audienceEnding);
  const text = audience === null ? brief.main : brief.main.slice(0, audience.index).replace(/,$/u, "");
  const cased = withRightArticles(withSentenceCase(splitWords(text)).join(" "));
  const domains = domainsFromWords([text, ...brief.rest].join(" "));
  const read =
    readSaying(cased, brief) ??
    readTask(cased, brief) ??
    readQuestion(cased) ??
    readMotto(cased) ??
    readOccasion(cased, brief) ??
    readStatement(cased, brief);
  const slots: Slots = { here: "", ...read.slots };
  if (audience?.[1] !== undefined) slots.audience = audience[1].toLowerCase();
  const details = [...read.details, ...brief.rest.map((rest) => detailFrom(rest))];
  return { kind: read.kind, domains, title: englishTitle(read.title ?? cased, read.kind), slots, details };
}

/** A prompt in another language is quoted, and told around. */
function foreignTopic(brief: Brief): Topic {
  const words = splitWords(brief.main);
  const saying = readSaying(brief.main, brief);
  if (saying !== undefined) {
    const slots: Slots = { here: "", ...saying.slots };
    return { ...saying, domains: ["general"], title: plainTitle(saying.title ?? brief.main), slots };
  }
  const quote = `“${shortened(capitalised(brief.main), 10)}”`;
  const place = findPlace(words);
  const domains = domainsFromWords(brief.whole);
  const kind = kindFromWords(`${brief.hint} ${brief.main}`) ?? "story";
  const slots: Slots = {
    here: "",
    topic: quote,
    is: "is",
    s: "s",
    has: "has",
    ...(place === undefined ? {} : { place: place.name }),
  };
  return {
    kind: kind === "howto" ? "explainer" : kind,
    domains,
    title: plainTitle(brief.main),
    slots,
    details: [],
    isQuoted: true,
  };
}

const audienceEnding =
  /,? (?:for|to) ((?:(?:young|small|little|primary school|high school|school|university|curious|absolute|complete|busy|new) )?(?:kids|children|toddlers|beginners|students|pupils|learners|teenagers|teens|parents|everyone|(?:class|grade|form) (?:\d+|one|two|three|four|five|six|seven|eight)(?: (?:pupils|students|learners))?))$/iu;

function detailFrom(text: string): Detail {
  const words = withSentenceCase(splitWords(text.replace(/[.!?]+$/u, "")));
  return { text: shortened(withRightArticles(words.join(" ")), 13), isSentence: false };
}

function readSaying(text: string, brief: Brief): Reading | undefined {
  if (kindFromWords(brief.hint) !== "proverb" && !/\b(?:proverb|saying)s?\b/iu.test(text)) return undefined;
  const saying = text.match(
    /(?:proverb|saying|methali|msemo)s?(?: (?:that says|which says|says|that|called|about how))?[,:]? (.+)$/iu,
  )?.[1];
  if (saying === undefined || /^(?:about|of|from|in|on|for|and|to)\b/iu.test(saying)) return undefined;
  const words = shortened(capitalised(saying), 14);
  return {
    kind: "proverb",
    slots: { saying: `“${words}”`, topic: `“${words}”`, is: "is", s: "s", has: "has" },
    details: [],
    title: words,
  };
}

/** "Never give up", "Believe in yourself": words said to the viewer, which are quoted. */
function readMotto(text: string): Reading | undefined {
  if (
    !/^(?:never|don't|do not|always|believe|keep|trust|stay|dream|have faith|be |love your|forgive|i|i'm|we|you|he|she|they|it)\b/iu.test(
      text,
    ) &&
    !isImperative(splitWords(text))
  )
    return undefined;
  if (/^never \p{L}+ing\b/iu.test(text)) return undefined;
  const motto = `“${shortened(capitalised(text), 12)}”`;
  return {
    kind: kindFromWords(text) ?? "inspiration",
    slots: { topic: motto, is: "is", s: "s", has: "has" },
    details: [],
    title: text,
  };
}

/** "Plant a tree", "Support local farmers", but not "design thinking" or "travel tips". */
function isImperative(words: readonly string[]): boolean {
  const [first = "", next] = words;
  if (next === undefined || knownVerb(first)?.form !== "base") return false;
  if (determiners.has(bareWord(next))) return true;
  return (
    /^(?:believe|build|buy|choose|eat|give|grow|help|join|keep|learn|love|protect|save|serve|stop|support|teach|trust|vote|use)$/iu.test(
      first,
    ) && !/^(?:tips|guide|school|story|song|group)s?$/iu.test(next)
  );
}

/** A "birthday video for Amina" is about Amina's birthday. */
function readOccasion(text: string, brief: Brief): Reading | undefined {
  const occasion = brief.hint.match(/\b(birthday|wedding|graduation|anniversary)\b/u)?.[1];
  if (occasion === undefined || text.toLowerCase().includes(occasion)) return undefined;
  const words = splitWords(text.replace(/^my /iu, "our "));
  const who =
    words.length <= 4
      ? `${words.join(" ")}${/s$/u.test(text) ? "'" : "'s"} ${occasion}`
      : `the ${occasion} of ${words.join(" ")}`;
  return { ...readPhrase(who, "event"), title: who };
}
