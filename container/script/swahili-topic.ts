import { englishTopic } from "./english-topic.ts";
import { withSentenceCase } from "./english-words.ts";
import { domainsFromWords, kindFromWords } from "./kinds-and-domains.ts";
import { type PlaceAtEnd, placeAtEnd, withoutPlace } from "./places.ts";
import type { Kind } from "./sentences/line-book.ts";
import { isSwahiliNoun, isSwahiliPerson } from "./swahili-lexicon.ts";
import { plainTitle } from "./titles.ts";
import type { Brief, Detail, Slots, Topic } from "./topic.ts";
import { infinitive, translateAction, translateClause, translatePhrase } from "./translate-swahili.ts";
import { bareWord, capitalised, shortened, splitWords } from "./words.ts";

/** The longest phrase or clause that still fits a Swahili sentence of at most 17 words. */
const topicMaxWords = 8;

/** Reads a Swahili or Sheng prompt, or translates an English one as far as the lexicon goes and quotes the rest. */
export function swahiliTopic(brief: Brief, isSheng: boolean): Topic {
  return brief.promptLanguage === "sw" ? nativeTopic(brief, isSheng) : translatedTopic(brief, isSheng);
}

const finiteVerb = /^(a|wa|u|i|ki|vi|li|ya|zi)(na|li|me|ta|ka)\p{Ll}{2,}[aeiu]$/u;
/** anayeuza, wanaopitia, inayoitwa: "who sells" and not "sells". */
const relativeVerb =
  /^(?:a(?:na|li|me|ta)ye|(?:wa|u)(?:na|li)o(?!g|n|k|m|s|a|l|t)|(?:i|ki|vi|li|ya|zi)(?:na|li)(?:yo|lo|cho|vyo|zo))\p{Ll}{3,}$/u;
const notVerbs = new Set(
  "wanafunzi mwanafunzi wanawake wanaume wanyama analogi wameru wakamba alikwota imani amani makali wanahabari wanariadha wanasayansi vitamu".split(
    " ",
  ),
);

function isFiniteVerb(word: string): boolean {
  return finiteVerb.test(word) && !relativeVerb.test(word) && !notVerbs.has(word) && !isSwahiliNoun(word);
}

function nativeTopic(brief: Brief, isSheng: boolean): Topic {
  const words = withSwahiliCase(splitWords(brief.main));
  const named = words
    .join(" ")
    .match(
      /,? (?:inayoitwa|linaloitwa|kinachoitwa|anayeitwa|yenye jina|kwa jina)(?: la)? (\p{Lu}[\p{L}\p{N}'&-]*(?: \p{Lu}[\p{L}\p{N}'&-]*){0,3})/u,
    );
  const text = (named === null ? words.join(" ") : words.join(" ").replace(named[0], ""))
    .replace(/ yangu\b/gu, " yetu")
    .replace(/ langu\b/gu, " letu");
  const domains = domainsFromWords(brief.whole);
  const details = brief.rest.map(
    (rest): Detail => ({
      text: shortened(withSwahiliCase(splitWords(rest.replace(/[.!?]+$/u, ""))).join(" "), 9),
      isSentence: false,
    }),
  );
  const finish = (kind: Kind, slots: Slots): Topic => ({
    kind,
    domains,
    title: plainTitle(brief.main),
    slots: { here: "", ...(named?.[1] === undefined ? {} : { name: named[1] }), ...slots },
    details,
  });

  const saying = text.match(
    /^(?:ya )?(?:methali|msemo|mithali)(?: (?:ya|isemayo|inayosema|usemao|unaosema))?[,:]? (.+)$/iu,
  )?.[1];
  const hinted = kindFromWords(brief.hint);
  if (saying !== undefined || (hinted === "proverb" && words.length <= 10)) {
    const quote = `“${shortened(capitalised(saying ?? text), 9)}”`;
    return finish("proverb", { saying: quote, topic: quote });
  }
  const told = splitWords(text);
  const place = placeAtEnd(told);
  const shownPlace: Slots = place === undefined ? {} : placeWords(place, isSheng);
  const body = place === undefined ? text : withoutPlace(told, place);
  const task = body.match(/^(?:(?:jinsi|namna|njia|vile)(?: ya)? )(ku\p{Ll}+.*|kw\p{Ll}+.*)$/iu)?.[1];
  if (task !== undefined) {
    const todo = shortened(task, topicMaxWords);
    return { ...finish("howto", { ...shownPlace, todo, topic: todo }), title: plainTitle(`jinsi ya ${task}`) };
  }
  const at = told.findIndex((word, index) => index > 0 && isFiniteVerb(word.replace(/,$/u, "")));
  if (at > 0 && !/^(?:kwa nini|kwanini|nini|nani|je)\b/iu.test(text))
    return finish(hinted ?? kindOfClause(told), { ...shownPlace, ...clauseSlots(body, told, at) });
  const question = /^(?:kwa nini|kwanini|je|vipi|nini|nani|lini|wapi)\b/iu.test(text)
    ? shortened(text.replace(/^je,? /iu, ""), 9)
    : undefined;
  const kind =
    hinted ??
    (question === undefined
      ? (kindFromWords(text) ?? (isSwahiliPerson(words[0] ?? "") ? "story" : "explainer"))
      : "explainer");
  const topic = shortened(body, topicMaxWords);
  return finish(kind, {
    ...shownPlace,
    topic,
    ...(question === undefined ? {} : { question: question.charAt(0).toLowerCase() + question.slice(1) }),
  });
}

function kindOfClause(words: readonly string[]): Kind {
  return isSwahiliPerson(words[0] ?? "") || /^\p{Lu}/u.test(words[0] ?? "")
    ? "story"
    : (kindFromWords(words.join(" ")) ?? "explainer");
}

/** The verb's own prefix tells whether people act, and how many. */
function clauseSlots(body: string, words: readonly string[], at: number): Slots {
  const prefix = (words[at] ?? "").match(finiteVerb)?.[1];
  const slots: Slots = { clause: shortened(body, 11), topic: shortened(words.slice(0, at).join(" "), topicMaxWords) };
  const head = words[0] ?? "";
  const isName = /^\p{Lu}/u.test(head);
  if (prefix === "a" || prefix === "wa") {
    slots.person = "";
    slots.a = prefix;
    slots.the = isName
      ? words
          .slice(0, Math.min(at, 2))
          .filter((word) => /^\p{Lu}/u.test(word))
          .join(" ")
      : `${head} ${prefix === "wa" ? "hawa" : "huyu"}`;
  }
  return slots;
}

/** Lower-cases the first word unless it is a name; other words are left as they were written. */
function withSwahiliCase(words: readonly string[]): string[] {
  const cased = withSentenceCase(words);
  const first = words[0] ?? "";
  const isName =
    /^\p{Lu}/u.test(words[1] ?? "") ||
    (words[1] !== undefined && isFiniteVerb(words[1]) && !isSwahiliNoun(bareWord(first)));
  const isOrdinary = isSwahiliNoun(bareWord(first)) || !isName;
  const isWhollyUpper = first.length > 1 && first === first.toUpperCase();
  if (cased[0] === undefined || isWhollyUpper || placeAtEnd(words.slice(0, 1)) !== undefined) return cased;
  if (!isOrdinary) return [first, ...cased.slice(1)];
  if (/^(?:Mungu|Yesu|Allah|Biblia|Kurani|Kenya|Krismasi|Pasaka|Ramadhani)$/iu.test(first))
    return [capitalised(first.toLowerCase()), ...cased.slice(1)];
  return [first.charAt(0).toLowerCase() + first.slice(1), ...cased.slice(1)];
}

function placeWords(place: PlaceAtEnd, isSheng: boolean): Slots {
  const { found, isRemovable } = place;
  if (!isRemovable) return { place: found.name };
  const name = found.swahili.replace(/^(?:jijini|nchini|barani|huko|katika) /u, "");
  const locative = isSheng ? `${name === "Nairobi" ? "hapa" : "huko"} ${name}` : found.swahili;
  return { place: name, inPlace: locative, here: ` ${locative}` };
}

function translatedTopic(brief: Brief, isSheng: boolean): Topic {
  const english = brief.promptLanguage === "en" ? englishTopic(brief) : undefined;
  const domains = domainsFromWords(brief.whole);
  const words = english === undefined ? splitWords(brief.main) : withSentenceCase(splitWords(brief.main));
  const kind = english?.kind ?? kindFromWords(`${brief.hint} ${brief.main}`) ?? "explainer";
  const place = placeAtEnd(words);
  const details = (english?.details ?? []).map(
    (detail): Detail => ({
      text: `“${shortened(capitalised(detail.text.replace(/[.]$/u, "")), 8)}”`,
      isSentence: false,
    }),
  );
  const finish = (slots: Slots, title: string): Topic => ({
    kind,
    domains,
    title: plainTitle(title),
    slots: { here: "", ...slots },
    details,
  });
  const plain = english === undefined ? undefined : translated(english, words, isSheng);
  if (plain !== undefined) {
    const slots: Slots = { ...plain };
    if (english?.slots.name !== undefined) slots.name = english.slots.name;
    const said = plain.clause ?? (plain.todo === undefined ? plain.topic : `jinsi ya ${plain.todo}`) ?? brief.main;
    const shown = english?.slots.here !== "" && place !== undefined ? placeWords(place, isSheng) : {};
    return finish({ ...slots, ...shown }, `${said}${shown.here ?? ""}`);
  }
  const mark = english?.slots.question !== undefined && words.length <= topicMaxWords ? "?" : "";
  const quote = `“${shortened(capitalised(words.join(" ")), topicMaxWords)}${mark}”`;
  const slots: Slots = english?.slots.saying === undefined ? { topic: quote } : { saying: quote, topic: quote };
  if (place !== undefined) slots.place = placeWords(place, isSheng).place ?? place.found.name;
  return { ...finish(slots, words.join(" ")), kind: kind === "howto" ? "explainer" : kind, isQuoted: true };
}

function translated(english: Topic, words: readonly string[], isSheng: boolean): Slots | undefined {
  const { todo, topic, clause, saying, question } = english.slots;
  if (saying !== undefined || question !== undefined) return undefined;
  if (todo !== undefined) {
    const action = translateAction(splitWords(todo), isSheng);
    if (action === undefined) return undefined;
    const task = infinitive(action.text);
    return splitWords(task).length > topicMaxWords ? undefined : { todo: task, topic: task };
  }
  if (clause !== undefined) {
    const result = translateClause(splitWords(clause), isSheng);
    if (result === undefined || splitWords(result.text).length > 11) return undefined;
    const slots: Slots = { clause: result.text, topic: result.subject.text };
    if (result.subject.isAnimate) {
      const isPlural = result.subject.nounClass === 2;
      const isName = /^\p{Lu}/u.test(result.subjectHead);
      Object.assign(slots, {
        person: "",
        a: isPlural ? "wa" : "a",
        the: isName ? result.subject.text : `${result.subjectHead} ${isPlural ? "hawa" : "huyu"}`,
      });
    }
    return slots;
  }
  const phrase = translatePhrase(splitWords(topic ?? words.join(" ")), isSheng);
  return phrase === undefined || splitWords(phrase.text).length > topicMaxWords ? undefined : { topic: phrase.text };
}
