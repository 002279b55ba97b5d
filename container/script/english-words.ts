import { isAuxiliary, knownVerb } from "./english-verbs.ts";
import { isKnownWord } from "./kinds-and-domains.ts";
import { isPlaceWord } from "./places.ts";
import { swahiliNoun } from "./swahili-lexicon.ts";
import { bareWord } from "./words.ts";

function set(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}

export const determiners = set(
  "a an the my our your his her its their this that these those one two three four five six seven eight nine ten some many several each every no any most all both another few",
);
const pluralDeterminers = set(
  "two three four five six seven eight nine ten some many several these those most all both few",
);
export const prepositions = set(
  "in at on around from of for with about to by into through across during after before near under over without inside between against toward towards since until than like via within along beyond behind among as",
);
const functionWords = set(
  "and or but so if when while because how why what who where which that is are was were be been not it they we you he she",
);
const adjectives = set(
  "young old small big little poor rich brave new single local humble ambitious talented curious first lonely lost shy clever smart kind good great beautiful tiny large long hard best modern " +
    "simple quiet proud honest hungry happy sad famous unknown retired former teenage elderly blind deaf disabled rural urban female male wise lazy greedy last next own early late innovative " +
    "mobile public private global national grand annual successful struggling passionate determined creative daring local free cheap affordable fresh healthy safe clean",
);
const demonyms =
  "Kenyan Tanzanian Ugandan Rwandan Burundian Ethiopian Eritrean Somali Sudanese Egyptian Nigerian Ghanaian Senegalese Malian Cameroonian Congolese Angolan Zambian Zimbabwean Malawian Mozambican " +
  "Botswanan Namibian Moroccan Tunisian Algerian Libyan African American European Asian British English French German Italian Spanish Portuguese Chinese Japanese Indian Arab Arabic Brazilian " +
  "Maasai Masai Luo Kikuyu Kamba Luhya Kalenjin Turkana Swahili Kiswahili Sheng Zulu Xhosa Yoruba Igbo Hausa";
const properNames =
  "God Jesus Christ Allah Bible Quran Christmas Easter Ramadan Eid Psalm Psalms Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September " +
  "October November December M-Pesa Safaricom YouTube TikTok Instagram Facebook WhatsApp Google Mandela Wangari Maathai Nkrumah Lumumba Kenyatta Mashujaa Madaraka Jamhuri Christian Muslim Kiswahili Harambee";
const acronyms =
  "AI UN EU AU NGO NGOs HIV AIDS KCSE KCPE CBC SGR ICT IT USA UK DJ CEO STEM SACCO TB KES USD PDF SMS USSD ATM GPS TV DNA NASA FIFA AFCON KPLC KRA NHIF SHA DRC II III IV";

const properCase = new Map(
  [...demonyms.split(" "), ...properNames.split(" "), ...acronyms.split(" ")].map((word) => [word.toLowerCase(), word]),
);
const alsoOrdinary = set("it au un eu sha english august april june");

function isAcronym(word: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}]+s?$/u.test(word) || /\p{Ll}\p{Lu}/u.test(word);
}

export function isDemonym(word: string): boolean {
  return demonyms.split(" ").some((name) => name.toLowerCase() === word.toLowerCase());
}

function isAdjective(word: string): boolean {
  return adjectives.has(word.toLowerCase()) || isDemonym(word) || /^\d+-year-old$/u.test(word);
}

function isOrdinaryWord(word: string): boolean {
  const lower = bareWord(word);
  if (properCase.has(lower) || isPlaceWord(lower)) return false;
  if (determiners.has(lower) || prepositions.has(lower) || functionWords.has(lower) || adjectives.has(lower))
    return true;
  if (
    knownVerb(lower) !== undefined ||
    isKnownWord(lower) ||
    isPersonNoun(lower) ||
    swahiliNoun(lower, false) !== undefined
  )
    return true;
  return /(?:tion|sion|sis|ment|ness|ing|ity|ism|logy|graphy|ture|ship|ance|ence|ics|able|ful|less|ous|ive|age|ers|ies)$/u.test(
    lower,
  );
}

/** Gives each word the case it has inside a sentence: names keep their capitals, headlines and shouting lose theirs. */
export function withSentenceCase(words: readonly string[]): string[] {
  const letters = words.join("").replace(/\P{L}/gu, "");
  const isShouted = words.length >= 3 && letters.length > 8 && letters === letters.toUpperCase();
  const content = words.slice(1).filter((word) => /\p{L}{4}/u.test(word));
  const isHeadline =
    content.length >= 2 && content.filter((word) => /^\p{Lu}/u.test(word)).length / content.length > 0.75;
  return words.map((word, index) => {
    const proper = properCase.get(bareWord(word));
    if (proper !== undefined && !(alsoOrdinary.has(bareWord(word)) && word === word.toLowerCase())) {
      return word.replace(new RegExp(bareWord(word).replace(/[.+]/gu, "\\$&"), "iu"), proper);
    }
    if (/^i(?:'(?:m|ve|ll|d))?$/u.test(word)) return capital(word);
    if (isPlaceWord(bareWord(word))) return isShouted ? capital(word.toLowerCase()) : word;
    if (isShouted) return isOrdinaryWord(word) ? word.toLowerCase() : capital(word.toLowerCase());
    if (isAcronym(word.replace(/[^\p{L}\p{N}]/gu, "")) || !/^\p{Lu}/u.test(word)) return word;
    if (isHeadline) return isOrdinaryWord(word) ? word.toLowerCase() : word;
    if (index > 0) return word;
    return isFirstWordAName(word, words[1]) ? word : word.charAt(0).toLowerCase() + word.slice(1);
  });
}

function isFirstWordAName(word: string, next: string | undefined): boolean {
  if (/^I(?:'|$)/u.test(word)) return true;
  const isNextCapital =
    next !== undefined && /^\p{Lu}\p{Ll}/u.test(next) && !isPlaceWord(bareWord(next)) && !isDemonym(bareWord(next));
  if (determiners.has(word.toLowerCase()) || prepositions.has(word.toLowerCase())) return false;
  if (isNextCapital) return true;
  return !isOrdinaryWord(word) && !describesNext(word, next);
}

/** An unknown first word before a plain noun is an adjective ("Grand opening"); an unknown plural before "in" is a noun. */
function describesNext(word: string, next: string | undefined): boolean {
  if (next === undefined || /['’]s$/u.test(word)) return false;
  const lower = bareWord(next);
  if (prepositions.has(lower)) return /[^s]s$/u.test(word);
  if (/^\p{Lu}/u.test(next) || isAuxiliary(lower) || /^(?:and|or|who|that|'s)$/u.test(lower)) return false;
  const verb = knownVerb(lower);
  return verb === undefined || (verb.form !== "third" && verb.form !== "past");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Sets "a" or "an" by the sound of the next word, in a person's own English. */
export function withRightArticles(text: string): string {
  return text.replace(/\b([Aa])n?\s+(?=([\p{L}\p{N}][\p{L}\p{N}'-]*))/gu, (whole, letter: string, next: string) => {
    if (/^(?:and|or|is|in|of|to|for|are|level|grade)$/iu.test(next)) return whole;
    return `${letter}${hasVowelSound(next) ? "n" : ""} `;
  });
}

function hasVowelSound(word: string): boolean {
  if (/^\p{N}/u.test(word)) return /^(?:8|11(?!\d)|18(?!\d)|11\D|18\D)/u.test(word);
  if (/^(?:NASA|NATO|UNICEF|UNESCO|FIFA|SACCO|STEM|SIM|RAM|LED)/u.test(word)) return /^[AEIO]/u.test(word);
  if (/^\p{Lu}{2,}s?$/u.test(word) || /^\p{Lu}(?:-|$)/u.test(word)) return /^[AEFHILMNORSX]/u.test(word);
  const lower = word.toLowerCase();
  if (/^(?:hour|honest|honou?r|heir)/u.test(lower)) return true;
  if (/^(?:uni(?!m|n)|us[aeiu]|ut[ie]|eu|ewe|one|once|ubiq|uganda|ukrain|urin|ural)/u.test(lower)) return false;
  return /^[aeiou]/u.test(lower);
}

const personNouns = set(
  "man woman boy girl child baby kid person people men women children kids boys girls youth mother father mum mom dad parent sister brother son daughter grandmother grandfather grandma grandpa " +
    "aunt uncle friend friends student pupil entrepreneur nurse chef pastor king queen prince princess hero heroine widow orphan refugee soldier artist musician athlete scientist mechanic tailor vendor " +
    "hawker rider pilot captain president chief elder thief monk doctor villager teen teenager couple twins team band choir group community neighbour neighbor boss guard graduate fundi guy lady gentleman " +
    "lion elephant goat dog cat hare tortoise hyena monkey cow chicken bird hen giraffe zebra rhino cheetah leopard crocodile snake robot",
);
const notPeople = set(
  "water river paper power flower weather winter summer computer number letter butter pepper sugar dinner matter corner order border center centre theatre tower shower layer answer paper " +
    "charger router printer motor tractor sector factor color colour flavor error mirror door floor indoor outdoor poster chapter master newsletter folder folklore laughter cancer fever ginger tier career danger filter offer her after under over never ever other together " +
    "october november december september easter hour conditioner recorder super proper better bitter",
);

export function isPersonNoun(word: string): boolean {
  const lower = word.toLowerCase();
  if (notPeople.has(lower)) return false;
  const single = lower.replace(/s$/u, "");
  return (
    personNouns.has(lower) ||
    personNouns.has(single) ||
    (/(?:er|or|ist|ian|preneur|man|woman)$/u.test(single) && single.length > 4 && !notPeople.has(single))
  );
}

/** The words of a noun phrase before its first "of", "who", "in" or comma: determiner, adjectives, nouns. */
export function phraseCore(words: readonly string[]): string[] {
  const core: string[] = [];
  for (const [index, word] of words.entries()) {
    const lower = bareWord(word);
    if (index > 0 && (prepositions.has(lower) || functionWords.has(lower) || lower === "called" || lower === "named"))
      break;
    core.push(word.replace(/[,.;:!?]+$/u, ""));
    if (/[,;:.!?]$/u.test(word)) break;
  }
  return core;
}

const singularInS = /(?:ss|us|is|news|ics|series|species|ss's)$/u;

export function isPluralPhrase(words: readonly string[]): boolean {
  const core = phraseCore(words);
  const first = bareWord(core[0] ?? "");
  if (pluralDeterminers.has(first)) return true;
  if (["a", "an", "one", "this", "that", "each", "every", "another"].includes(first)) return false;
  if (/^[\p{L}\p{N}]+ing$/u.test(first) && core.length > 1) return false;
  const rest = words.slice(core.length).map(bareWord);
  if (rest[0] === "and" && rest.length > 1) return true;
  const head = core.at(-1) ?? "";
  if (/^(?:people|children|men|women|police|cattle|twins)$/iu.test(head)) return true;
  return /s$/u.test(head) && !singularInS.test(head.toLowerCase()) && !(/^\p{Lu}/u.test(head) && core.length <= 2);
}

/** How a noun phrase is called the second time: "the entrepreneur" for "a young Kenyan entrepreneur", names as they are. */
export function definitePhrase(words: readonly string[]): string | undefined {
  const core = phraseCore(words);
  const first = bareWord(core[0] ?? "");
  const hasDeterminer = determiners.has(first);
  const rest = hasDeterminer ? core.slice(1) : core;
  if (rest.length === 0) return undefined;
  const after = words.slice(core.length);
  if (bareWord(after[0] ?? "") === "and") {
    const other = after.length > 1 && after.length <= 4 ? definitePhrase(after.slice(1)) : undefined;
    const one = other === undefined ? undefined : definitePhrase(core);
    return one === undefined ? undefined : `${one} and ${other}`;
  }
  if (
    !hasDeterminer &&
    /^\p{Lu}/u.test(rest[0] ?? "") &&
    !isDemonym(bareWord(rest[0] ?? "")) &&
    !isAcronym(rest[0] ?? "")
  ) {
    return rest.length <= 4 ? rest.join(" ") : undefined;
  }
  const noun = [...rest];
  while (noun.length > 1 && isAdjective(bareWord(noun[0] ?? ""))) noun.shift();
  if (noun.length > 4) return undefined;
  const isPossessive = /^(?:my|our|your|his|her|its|their)$/u.test(first);
  if (isPossessive) return `${first === "my" ? "our" : first} ${noun.join(" ")}`;
  if (hasDeterminer || isPersonNoun(noun.at(-1) ?? "")) return `the ${noun.join(" ")}`;
  return noun.join(" ");
}
