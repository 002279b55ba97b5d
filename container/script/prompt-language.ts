import type { PromptLanguage } from "./topic.ts";
import { bareWord, splitWords } from "./words.ts";

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

const english = set(
  "the a an of and to in for with is are was were who that how why what when from about my your our his her their on at by it this not you i we they make video story as into after before",
);
const swahili = set(
  "na ya wa za la cha vya kwa ni katika kuhusu jinsi kwamba lakini sana huyu hii hizi wake yake zake yangu wangu yetu wetu kila bila baada kabla mtu watu mtoto watoto pesa leo kesho habari " +
    "tengeneza nini kwani si nchini jijini mji mkulima msichana mvulana mwanafunzi biashara shule kijana vijana mama baba msee wasee buda manze mtaani poa sasa hadithi methali sala imani " +
    "huko hapa ku-hustle haraka haina baraka mambo moto mzee maisha afya kilimo elimu upendo duka duara akiba kuweka kupika kulima",
);
const others = set(
  "le les des du une est et dans pour avec sur qui que sa ses el los las una y en con por para del que su o os um uma do da no na-rua com não der die das und ist ein eine mit für il gli che di un",
);
const swahiliVerb = /^(?:(?:ni|u|a|tu|m|wa|i|ki|vi|li|ya|zi)(?:na|li|me|ta)\p{L}{2,}[aeiu]|ku\p{L}{2,}a)$/u;
const foreignScript =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Ethiopic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Bengali}]/gu;
const foreignLetters = /[ñãõçœæßøåäöüêèàùâîôû¿¡]/u;

/** The language a prompt is written in, as far as the writer needs to know. Nothing known counts as English when it could be. */
export function promptLanguage(text: string): PromptLanguage {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if ((text.match(foreignScript)?.length ?? 0) > letters / 3) return "other";
  const words = splitWords(text).map(bareWord);
  const count = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length;
  const swahiliCount =
    count(swahili) +
    words.filter((word) => swahiliVerb.test(word) && !/^(?:anaconda|america|kuala|italia|umami)$/u.test(word)).length;
  const englishCount = count(english);
  const otherCount = count(others) + (foreignLetters.test(text.toLowerCase()) ? 1 : 0);
  if (otherCount > englishCount && otherCount > swahiliCount) return "other";
  return swahiliCount > englishCount ? "sw" : "en";
}
