import { knownVerb } from "./english-verbs.ts";
import { definitePhrase } from "./english-words.ts";
import type { Detail } from "./topic.ts";
import { countWords, shortened, splitWords } from "./words.ts";

/** Comma parts, where they are long enough to be facts of their own and not a list. */
export function splitFragments(text: string): string[] {
  const parts = text.split(/,\s+/u);
  const opening = parts[0] ?? "";
  if (
    parts.length > 1 &&
    splitWords(opening).length <= 8 &&
    /^(?:in|at|on|deep in|during|after|before|when|while|once|every|one|if)\b/iu.test(opening)
  ) {
    const next = parts[1] ?? "";
    parts.splice(0, 2, /^(?:in|at|on)\b/iu.test(opening) ? `${next} ${opening}` : `${opening}, ${next}`);
  }
  const fragments: string[] = [];
  for (const part of parts) {
    const bare = part.replace(/^(?:and|then|and then|but|so)\s+/iu, "");
    const verb = knownVerb(
      splitWords(bare.replace(/^(?:finally|then|later|eventually|soon|now|slowly)\s+/iu, ""))[0] ?? "",
    );
    const stands =
      splitWords(bare).length >= 4 || (verb !== undefined && verb.form !== "base" && splitWords(bare).length >= 2);
    if (fragments.length > 0 && !stands) fragments[fragments.length - 1] += `, ${part}`;
    else fragments.push(fragments.length === 0 ? part : bare);
  }
  return fragments;
}

/** The shortest sentence that fills a scene by itself. */
const eventMinWords = 8;
const eventMaxWords = 20;

/** "fails twice" after a clause about Amina is a sentence, "Amina fails twice"; short ones are told in one breath. */
export function fragmentDetails(fragments: readonly string[], subject: string | undefined): Detail[] {
  const who = subject === undefined ? undefined : definitePhrase(splitWords(subject));
  const details: Detail[] = [];
  for (const fragment of fragments) {
    const [, adverb = "", deed = fragment] =
      fragment.match(/^(finally|then|later|eventually|soon|now|slowly)?\s*(.+)$/iu) ?? [];
    const verb = knownVerb(splitWords(deed)[0] ?? "");
    const last = details.at(-1);
    if (who === undefined || (verb?.form !== "third" && verb?.form !== "past")) {
      details.push({ text: shortened(fragment, 13), isSentence: false });
    } else if (
      last?.isSentence === true &&
      countWords(`${last.text} and ${fragment}`) <= eventMaxWords &&
      (countWords(last.text) < eventMinWords || countWords(`${who} ${deed}`) < eventMinWords)
    ) {
      last.text = `${last.text.slice(0, -1)}, ${adverb === "" ? "then" : `and ${adverb.toLowerCase()}`} ${deed}.`;
    } else {
      details.push({
        text: `${shortened(`${adverb === "" ? "" : `${adverb}, `}${who} ${deed}`, eventMaxWords)}.`,
        isSentence: true,
      });
    }
  }
  return details;
}
