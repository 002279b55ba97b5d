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
/** Words that tell these languages from English and Swahili, and as well as may be from one another. */
const europeans: Readonly<Record<"fr" | "es" | "pt" | "de" | "it" | "af", ReadonlySet<string>>> = {
  fr: set("le les des du une est et dans pour avec sur qui que sa ses un à au aux mon notre cette comment pourquoi"),
  es: set("el los las una y en con por para del que su un mi nuestra cómo qué está más sobre lo al"),
  pt: set("os um uma do da com não que seu sua o em ao para por meu nossa como você mais sobre à dos das é"),
  de: set("der die das und ist ein eine mit für den dem des einem einer von zu wie warum über unser im nicht auf"),
  it: set("il gli che di un una della del per con è nel sul mio nostra come perché lo i più alla"),
  af: set("die en 'n is nie vir met van wat hoe ons het oor op aan hy sy haar hul waarom hoekom jou"),
};
const swahiliVerb = /^(?:(?:ni|u|a|tu|m|wa|i|ki|vi|li|ya|zi)(?:na|li|me|ta)\p{L}{2,}[aeiu]|ku\p{L}{2,}a)$/u;
const foreignScript =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Ethiopic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Bengali}]/gu;
const foreignLetters = /[ñãõçœæßøåäöüêèàùâîôû¿¡]/u;

/**
 * The language a prompt is written in, as far as the writer needs to know. Nothing known counts as English when it could
 * be, and as `native`, the language asked for, when that is no other than a European one.
 */
export function promptLanguage(text: string, native: PromptLanguage = "en"): PromptLanguage {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if ((text.match(foreignScript)?.length ?? 0) > letters / 3) {
    return (text.match(/\p{Script=Arabic}/gu)?.length ?? 0) > letters / 2 ? "ar" : "other";
  }
  const words = splitWords(text).map(bareWord);
  const count = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length;
  const swahiliCount =
    count(swahili) +
    words.filter((word) => swahiliVerb.test(word) && !/^(?:anaconda|america|kuala|italia|umami)$/u.test(word)).length;
  const englishCount = count(english);
  const lower = words.map((word) =>
    word === "n" ? "'n" : (word.replace(/^(?:l|d|qu|c|n|s)'/u, "le ").split(" ")[0] ?? word),
  );
  const scores = Object.entries(europeans).map(([language, known]) => ({
    language: language as keyof typeof europeans,
    score: lower.filter((word) => known.has(word)).length + (language === native ? 0.5 : 0),
  }));
  const best = scores.reduce((left, right) => (right.score > left.score ? right : left));
  const otherCount =
    (best.language === native ? best.score : Math.floor(best.score)) +
    (foreignLetters.test(text.toLowerCase()) ? 1 : 0);
  if (otherCount > englishCount && otherCount > swahiliCount)
    return best.score >= 1 || best.language === native ? best.language : "other";
  if (englishCount === 0 && swahiliCount === 0 && native in europeans) return native;
  return swahiliCount > englishCount ? "sw" : "en";
}
