import { knownVerb } from "./english-verbs.ts";
import { sceneTitleMaxWords } from "./fill-line.ts";
import { bareWord, capitalised, splitWords, withoutDanglingEnd } from "./words.ts";

const emptyWords = new Set(
  (
    "a an the and or but nor so of in on at to for from with by into about as than that which who whose when where while because if is are was were be been being has have had do does did " +
    "will would can could should may might must not no he she it they we you i me him them us his her its their our your my this these those there then now very just still also only every each " +
    "up out over again after before through until without once more most some any all said says made came went got put one day today nobody everyone everybody someone something nothing never always even too " +
    "na ya wa za la cha vya kwa katika kutoka lakini au kama ili ni si juu pia sana kila baada kabla huku hadi wake yake zake lake wangu yangu wetu yetu wao yao hii hiyo huyo huyu hizi bado tu kisha ndio ndiyo hata but"
  ).split(" "),
);

/** A run that stops at its verb names only half of something. */
function weight(run: readonly string[]): number {
  const verb = knownVerb(bareWord(run.at(-1) ?? ""));
  return verb !== undefined && verb.form !== "base" ? run.length - 1.5 : run.length;
}

/** A heading of at most five words out of a sentence: its fullest run of words that mean something. */
export function sceneHeading(narration: string): string {
  const words = splitWords(narration);
  let best: string[] = [];
  let run: string[] = [];
  for (const word of words) {
    const isEmpty = emptyWords.has(bareWord(word)) || bareWord(word) === "";
    if (!isEmpty) run.push(word);
    if (run.length <= 4 && weight(run) > weight(best)) best = [...run];
    if (isEmpty || (/[,.;:!?]$/u.test(word) && !/^(?:dr|mr|mrs|ms|prof|rev|st)\.$/iu.test(word))) run = [];
  }
  const chosen = best.length > 0 ? best : words.slice(0, Math.min(3, sceneTitleMaxWords));
  return capitalised(withoutDanglingEnd(chosen.join(" ")).replace(/[.,;:!?؟。！？]+$/u, ""));
}
