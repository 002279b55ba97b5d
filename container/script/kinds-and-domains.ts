import { type Domain, domains, type Kind, kinds } from "./sentences/line-book.ts";
import { bareWord, splitWords } from "./words.ts";

/** Words that give a kind away, in English, Swahili and Sheng. A star stands for any ending. */
const kindWords: Readonly<Record<Kind, string>> = {
  story:
    "story stories tale fable folktale adventure journey bedtime drama biography life hadithi kisa simulizi stori ngano riwaya safari",
  explainer:
    "explain* lesson lessons science why benefits importance causes effects history facts introduction basics meaning difference types " +
    "documentary education* training class photosynthesis eleza elezea somo faida umuhimu sababu historia athari maana kwanini aina elimu",
  news: "news breaking bulletin headline* report reports update announces announced election elections government parliament habari taarifa ripoti tangaza serikali uchaguzi bunge",
  business:
    "ad ads advert advertisement commercial promo promote promotion* product products pitch sale sell selling discount offer offers shop store " +
    "salon boutique restaurant agency services delivery customers brand buy launch marketing tangazo bidhaa duka bei punguzo wateja biashara matangazo saluni biz",
  inspiration:
    "motivat* inspir* devotional prayer pray prayers faith hope bible psalm psalms scripture gospel sermon god jesus allah ramadan blessing blessings encourage* gratitude " +
    "forgiveness believe sala maombi imani tumaini mungu yesu biblia zaburi baraka shukrani mahubiri motisha msamaha",
  event:
    "wedding birthday graduation festival conference invitation invite invited party concert fundraiser harambee anniversary reunion ceremony meetup " +
    "gala opening grand save-the-date mnaalikwa unaalikwa karibuni harusi sherehe mwaliko tamasha mkutano mahafali kuzaliwa ndoa bash arusi",
  howto: "tutorial guide recipe steps diy tips jinsi namna mwongozo hatua mapishi how-to",
  proverb: "proverb proverbs saying sayings wisdom methali misemo msemo wahenga hekima mithali",
};

const domainWords: Readonly<Record<Domain, string>> = {
  technology:
    "ai app apps startup startups software tech technolog* computer* laptop code coding coder coders programm* developer* robot* internet digital online data " +
    "website phone phones smartphone* innovation hacker hackathon drone* teknolojia kompyuta simu programu mtandao tovuti roboti akili kidijitali",
  farming:
    "farm farms farmer farmers farming agricultur* crop crops maize coffee tea beans cow cows goat goats chicken* poultry soil seed seeds harvest irrigation dairy honey bee bees " +
    "beekeep* avocado* greenhouse kilimo mkulima wakulima shamba mahindi kahawa chai maharagwe ng'ombe mbuzi kuku mbegu mavuno asali nyuki mimea",
  market:
    "market business businesses shop shops store sell sells selling seller vendor trader trade customer* entrepreneur* enterprise hawker mitumba boutique salon barber* kiosk tailor " +
    "fashion clothes soko biashara duka mfanyabiashara mjasiriamali wateja mteja bidhaa mama-mboga hustle hustler biz saluni kinyozi",
  school:
    "pilot pilots school schools student* teacher* class classroom learn learns learning lesson university college exam exams kcse kcpe education* pupil* homework read reading book books library " +
    "math mathematics shule mwanafunzi wanafunzi mwalimu walimu darasa elimu chuo mtihani kitabu vitabu kusoma hesabu",
  health:
    "health healthy hospital doctor* nurse* clinic medicine disease malaria hiv cancer diabetes vaccin* mental exercise fitness diet hygiene pregnan* sleep stress depress* water sanitation " +
    "afya hospitali daktari madaktari muuguzi dawa ugonjwa magonjwa kisukari chanjo mazoezi usafi mimba usingizi",
  faith:
    "god jesus christ faith church pray prayer* bible psalm* gospel worship pastor allah islam mosque quran ramadan eid christmas easter holy spirit spiritual devotional grace forgiveness " +
    "mungu yesu imani kanisa sala maombi biblia zaburi mchungaji ibada msikiti kurani krismasi pasaka roho neema",
  nature:
    "nature environment climate tree trees forest* plant plants river* lake lakes ocean rain drought recycl* plastic pollution conservation solar wind energy carbon earth " +
    "photosynthesis sky weather volcano* mountain* mazingira mti miti msitu misitu mto mito ziwa bahari mvua ukame taka plastiki jua nishati hewa dunia mlima asili",
  sport:
    "football soccer match goal team athlete* marathon runner* running run race rugby basketball boxing boxer coach champion* olympic* stadium player players sport* " +
    "mpira timu mwanariadha riadha mbio kocha bingwa uwanja mchezaji wachezaji michezo goli ndondi",
  music:
    "music musician* song songs sing sings singer* singing dance dancer* dancing band album rapper* rap genge gengetone benga guitar* drum* choir artist* art painter* painting poet poetry film actor actress comedian theatre " +
    "muziki wimbo nyimbo mwimbaji kuimba ngoma dansi bendi gitaa kwaya msanii wasanii sanaa mchoraji mshairi shairi filamu",
  food:
    "food fish cook cooks cooking chef recipe* kitchen restaurant* cafe bakery bake* bread cake* chapati* ugali pilau nyama mandazi sukuma rice stew eat eating meal* nutrition " +
    "fruit* vegetable* chakula kupika mpishi mapishi jikoni mkahawa hoteli mkate keki wali mboga matunda kula dishi samosa githeri",
  travel:
    "travel* trip tour tours tourism tourist* safari beach* hotel resort wildlife lion lions elephant* giraffe* zebra* rhino* cheetah* leopard* park island holiday vacation adventure explore* " +
    "utalii watalii mtalii ufuo pwani wanyamapori simba tembo twiga pundamilia kifaru hifadhi kisiwa likizo",
  family:
    "family families mother* mum mom father* dad parent* child children kids baby brother* sister* grandmother* grandfather* grandma grandpa wedding marriage love birthday friend* friendship home " +
    "familia mama baba mzazi wazazi mtoto watoto kaka dada bibi babu nyanya ndoa harusi upendo mapenzi rafiki marafiki nyumbani mathe shosho beshte",
  history:
    "history histor* ancient kingdom empire colon* independence freedom mau hero* president king queen heritage culture* tradition* war museum pyramid* slave* liberation wangari mandela nkrumah lumumba " +
    "historia kale ufalme ukoloni uhuru shujaa mashujaa rais mfalme malkia utamaduni mila vita makumbusho",
  money:
    "money save saves saving savings budget* bank banks loan loans debt invest* finance* financial salary income wealth rich m-pesa mpesa sacco chama insurance tax taxes credit crypto bitcoin " +
    "pesa fedha akiba bajeti benki mkopo mikopo deni madeni kuwekeza uwekezaji mshahara mapato utajiri kodi bima doo ganji chapaa",
  transport:
    "matatu* bus buses car cars driver* driving drive boda boda-boda motorcycle* bicycle* bike train railway sgr road roads traffic transport truck* lorry truck* " +
    "basi gari magari dereva madereva pikipiki baiskeli treni reli barabara usafiri lori ndege rubani meli nduthi mat dere",
  general: "",
};

type Matcher = { exact: Set<string>; stems: string[] };

function matcher(list: string): Matcher {
  const words = list.split(" ").filter((word) => word !== "");
  return {
    exact: new Set(words.filter((word) => !word.endsWith("*"))),
    stems: words.filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1)),
  };
}

const kindMatchers = kinds.map((kind) => ({ name: kind, matcher: matcher(kindWords[kind]) }));
const domainMatchers = domains.map((domain) => ({ name: domain, matcher: matcher(domainWords[domain]) }));

function hits(words: readonly string[], { exact, stems }: Matcher): number {
  return words.filter((word) => exact.has(word) || stems.some((stem) => word.startsWith(stem))).length;
}

/** The kind whose words occur most, or nothing when none does. Ties go to the more particular kind. */
export function kindFromWords(text: string): Kind | undefined {
  const words = splitWords(text).map(bareWord);
  let best: { name: Kind; score: number } | undefined;
  for (const { name, matcher: known } of kindMatchers) {
    const score = hits(words, known);
    if (score > 0 && (best === undefined || score > best.score || (score === best.score && best.name === "story"))) {
      best = { name, score };
    }
  }
  return best?.name;
}

/** Fields of life the text touches, the strongest first; at most two, then `general`. */
export function domainsFromWords(text: string): Domain[] {
  const words = splitWords(text).map(bareWord);
  const scored = domainMatchers
    .map(({ name, matcher: known }) => ({ name, score: hits(words, known) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, 2);
  return [...scored.map(({ name }) => name), "general"];
}

const knownWords = new Set(
  [...Object.values(kindWords), ...Object.values(domainWords)].flatMap((list) =>
    list.split(" ").map((word) => word.replace("*", "")),
  ),
);

/** Whether the word is an ordinary one of a lexicon here, so that a capital at the start of a prompt is not part of it. */
export function isKnownWord(word: string): boolean {
  const lower = word.toLowerCase();
  return knownWords.has(lower) || knownWords.has(lower.replace(/s$/u, ""));
}
