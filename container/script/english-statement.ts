import { type Clause, readClause } from "./english-clause.ts";
import { fragmentDetails, splitFragments } from "./english-fragments.ts";
import { definitePhrase, isPersonNoun, isPluralPhrase, phraseCore } from "./english-words.ts";
import { kindFromWords } from "./kinds-and-domains.ts";
import { type PlaceAtEnd, placeAtEnd, withoutPlace } from "./places.ts";
import type { Kind } from "./sentences/line-book.ts";
import type { Brief, Detail, Slots } from "./topic.ts";
import { bareWord, shortened, splitWords } from "./words.ts";

/** The longest phrase or clause that still fits the first sentence around it. */
const topicMaxWords = 13;

/** A prompt as one way of reading it understands it. */
export type Reading = { kind: Kind; slots: Slots; details: Detail[]; title?: string };

/** Somebody's deed, or a phrase that names the topic: what any prompt can be read as. */
export function readStatement(text: string, brief: Brief): Reading {
  const framed = text.match(
    /^(?:(?:the|a|an) )?(?:(?:inspiring|true|short|sad|happy|love|success|life|amazing) )*(?:story|tale|journey|life|day in the life|struggles?|adventures?) of (.+)$/iu,
  )?.[1];
  const fragments = splitFragments(framed ?? text);
  const main = fragments[0] ?? text;
  const clause = readClause(splitWords(main));
  const head = bareWord(phraseCore(splitWords(main)).at(-1) ?? "");
  const kind = kindFromWords(brief.hint) ?? kindOfStatement(text, clause, framed !== undefined || isPersonNoun(head));
  const details = fragmentDetails(fragments.slice(1), clause?.subject);
  if (clause === undefined || kind === "event") return { ...readPhrase(main, kind, details), title: text };
  const shownPlace = clause.place;
  const slots: Slots = {
    clause: shortened(clause.text, topicMaxWords),
    topic: kind === "business" || kind === "inspiration" ? shortened(clause.phrase, 11) : clause.subject,
    is: clause.isPlural ? "are" : "is",
    has: clause.isPlural ? "have" : "has",
    s: clause.isPlural ? "" : "s",
    ...placeSlots(shownPlace),
  };
  if (clause.definite !== undefined) slots.the = clause.definite;
  if (clause.isPerson && clause.definite !== undefined) slots.person = "";
  if (clause.deed !== undefined && splitWords(clause.deed).length <= 8) slots.deed = clause.deed;
  const thing = kind === "story" ? (clause.object ?? clause.definite) : clause.definite;
  if (thing !== undefined) slots.thing = thing;
  if (kind === "business" && !clause.isRelative) delete slots.topic;
  return { kind, slots: { ...slots, ...nameSlot(text) }, details, title: text };
}

const announcements = /\b(?:launch|announc|unveil|approv|introduc|sign|pass)(?:e?s|ed)\b/u;
const products =
  /\b(?:app|platform|product|service|website|tool|device|machine|shop|company|startup|brand|software|system|kit)$/iu;

function kindOfStatement(text: string, clause: Clause | undefined, isAboutPerson: boolean): Kind {
  if (/\bgrand opening\b/iu.test(text)) return "event";
  if (clause === undefined) return isAboutPerson ? "story" : (kindFromWords(text) ?? "explainer");
  if (clause.isRelative && products.test(clause.subject)) return "business";
  if (/^\p{Lu}/u.test(clause.subject) && announcements.test(text)) return "news";
  return isStatement(clause) ? (kindFromWords(text) ?? "explainer") : "story";
}

/** "Water is life": something said of a thing, not somebody's deed. */
function isStatement(clause: Clause): boolean {
  return !clause.isPerson && clause.deed === undefined;
}

function nameSlot(text: string): Slots {
  const name = text.match(
    /\b(?:called|named|known as|by the name(?: of)?) ((?:\p{Lu}[\p{L}\p{N}'&-]*|\p{Lu}+)(?: (?:\p{Lu}[\p{L}\p{N}'&-]*|&|\d+)){0,3})/u,
  )?.[1];
  return name === undefined ? {} : { name };
}

export function readPhrase(text: string, kind: Kind, details: Detail[] = []): Reading {
  const name = nameSlot(text);
  const unnamed =
    name.name === undefined
      ? text
      : text.replace(
          new RegExp(
            `,? (?:called|named|known as|by the name(?: of)?) ${name.name.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&")}`,
            "u",
          ),
          "",
        );
  const words = splitWords(unnamed.replace(/^my\b/iu, "our").replace(/\bmy\b/gu, "our"));
  const place = placeAtEnd(words);
  const phrase = shortened(
    withArticle(place === undefined ? words.join(" ") : withoutPlace(words, place)),
    topicMaxWords,
  );
  const cut = splitWords(phrase);
  const isPlural = isPluralPhrase(cut);
  const slots: Slots = {
    topic: phrase,
    is: isPlural ? "are" : "is",
    has: isPlural ? "have" : "has",
    s: isPlural ? "" : "s",
    ...placeSlots(place),
    ...name,
  };
  const definite = definitePhrase(cut);
  const isPerson = isPersonNoun(bareWord(phraseCore(cut).at(-1) ?? ""));
  if (definite !== undefined && kind === "story" && isPerson) Object.assign(slots, { the: definite, person: "" });
  const hasOf = cut.includes("of");
  const thing = hasOf ? (cut.length <= 5 && /^\p{Ll}/u.test(phrase) ? phrase : undefined) : definite;
  if (thing !== undefined && !isPerson) slots.thing = thing;
  return { kind, slots, details };
}

/** "benefits of …" wants its article inside a sentence. */
function withArticle(phrase: string): string {
  return /^(?:(?:grand |official )?opening|launch|benefits?|importance|effects?|causes?|advantages|disadvantages|dangers?|power|history|role|secrets?|types|rise|fall|meaning|future|impact|origins?|beauty|value|signs|symptoms|life|art|science|story|cost|joys?) of\b/u.test(
    phrase,
  )
    ? `the ${phrase}`
    : phrase;
}

/** The slots that name the place, if there is one. */
export function placeSlots(place: PlaceAtEnd | undefined): Slots {
  if (place === undefined) return {};
  if (!place.isRemovable) return { place: place.found.name };
  return { place: place.found.name, inPlace: place.found.english, here: ` ${place.found.english}` };
}
