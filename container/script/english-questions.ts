import { placeSlots, type Reading, readPhrase } from "./english-statement.ts";
import { baseOfGerund, gerundOf, knownVerb, thirdPersonOf } from "./english-verbs.ts";
import { determiners } from "./english-words.ts";
import { placeAtEnd, withoutPlace } from "./places.ts";
import type { Brief } from "./topic.ts";
import { bareWord, shortened, splitWords } from "./words.ts";

/** "how to save money", "tips for saving money", "chapati recipe": something to do. */
export function readTask(text: string, brief: Brief): Reading | undefined {
  const hinted = /how[- ]to\b|tutorial|teach|guide|show/u.test(brief.hint);
  const todo =
    text.match(
      /^(?:(?:learn|learning|know|a guide on|tips on|steps on|the best way|the right way|ways|easy ways|simple ways|steps|\d+ (?:easy |simple )?(?:ways|steps)) )?(?:how )?to ((?!the |a |an |my |our )\p{Ll}.+)$/iu,
    )?.[1] ??
    (hinted ? taskFromGerund(text) : undefined) ??
    taskFromGerund(
      text.match(
        /^(?:(?:the |a |an |some |\d+ |simple |easy |best |top )*(?:tips|steps|guide|tutorial|ways|ideas|advice) (?:for|on|of|to) )(.+)$/iu,
      )?.[1] ?? "",
    ) ??
    recipe(text);
  if (todo === undefined) return undefined;
  const yours = todo
    .replace(/\b(?:my|our)\b/gu, "your")
    .replace(/\btheir\b/gu, /teach/u.test(brief.hint) ? "your" : "their");
  const place = placeAtEnd(splitWords(yours));
  const task = shortened(place === undefined ? yours : withoutPlace(splitWords(yours), place), 12);
  const [verb = "", ...rest] = splitWords(task);
  const doing = [gerundOf(verb.toLowerCase()), ...rest].join(" ");
  return {
    kind: "howto",
    slots: { todo: task, doing, topic: doing, is: "is", s: "s", has: "has", ...placeSlots(place) },
    details: [],
    title: `how to ${yours}`,
  };
}

function taskFromGerund(text: string): string | undefined {
  const [first = "", ...rest] = splitWords(text);
  const base = baseOfGerund(first);
  return base === undefined || rest.length === 0 ? undefined : [base, ...rest].join(" ");
}

function recipe(text: string): string | undefined {
  const dish =
    text.match(/^(?:an? |the )?(?:\p{L}+ )?recipe (?:for|of) (.+)$/iu)?.[1] ??
    text.match(/^(?:an? |the )?(.+) recipe$/iu)?.[1];
  return dish === undefined ? undefined : `make ${dish}`;
}

const questionWords = /^(why|how|what|when|where|who|which)\b/iu;

/** "Why is the sky blue", "what is photosynthesis". */
export function readQuestion(text: string): Reading | undefined {
  if (!questionWords.test(text)) return undefined;
  const definition = text.match(/^(?:what|who) (?:is|are|was|were) (.+)$/iu)?.[1];
  if (definition !== undefined) return { ...readPhrase(definition, "explainer"), title: text };
  const question = embeddedQuestion(text);
  const topic = question
    .replace(/^why /iu, "the reason ")
    .replace(/^how (?!much|many|long|often|far|old|big)/iu, "the way ");
  return {
    kind: "explainer",
    slots: { question: shortened(question, 12), topic: shortened(topic, 10), is: "is", s: "s", has: "has" },
    details: [],
    title: text,
  };
}

/** "why is the sky blue" → "why the sky is blue"; "how does a volcano work" → "how a volcano works". */
function embeddedQuestion(text: string): string {
  const words = splitWords(text);
  const at = words.findIndex(
    (word, index) => index > 0 && /^(?:is|are|was|were|do|does|did|can|should|will)$/iu.test(word),
  );
  const auxiliary = (words[at] ?? "").toLowerCase();
  if (at < 1 || at > 3) return text.charAt(0).toLowerCase() + text.slice(1);
  const head = words.slice(0, at).join(" ").toLowerCase();
  const tail = words.slice(at + 1);
  const cut = subjectLength(tail);
  const [subject, predicate] = [tail.slice(0, cut), tail.slice(cut)];
  if (subject.length === 0 || predicate.length === 0) return text.charAt(0).toLowerCase() + text.slice(1);
  if (auxiliary === "do") return [head, ...tail].join(" ");
  if (auxiliary === "does" || auxiliary === "did") {
    const verb = knownVerb(predicate[0] ?? "")?.base ?? predicate[0] ?? "";
    return [
      head,
      ...subject,
      auxiliary === "does" ? thirdPersonOf(verb) : `${auxiliary} ${verb}`,
      ...predicate.slice(1),
    ].join(" ");
  }
  return [head, ...subject, auxiliary, ...predicate].join(" ");
}

function subjectLength(words: readonly string[]): number {
  const first = bareWord(words[0] ?? "");
  const verb = words.findIndex((word, index) => index > 0 && knownVerb(word)?.form === "base");
  if (verb > 0 && verb <= 5) return verb;
  return determiners.has(first) ? Math.min(2, words.length - 1) : Math.min(1, words.length - 1);
}
