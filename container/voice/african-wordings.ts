import { type Wording, wordMap } from "./wording.ts";

const swahiliRespelled = wordMap("kshs shilingi | tshs shilingi za Tanzania");

export const swahili: Wording = {
  letters: "Latin",
  signs: { "&": "na", "+": "jumlisha", "=": "ni", "@": "at", "°": "digrii", "%": "asilimia" },
  isPercentFirst: true,
  money: {
    $: "dola",
    usd: "dola",
    "€": "yuro",
    eur: "yuro",
    "£": "pauni",
    kes: "shilingi",
    ksh: "shilingi",
    tsh: "shilingi za Tanzania",
    tzs: "shilingi za Tanzania",
    ush: "shilingi za Uganda",
    ugx: "shilingi za Uganda",
    "₦": "naira",
    r: "randi",
  },
  isMoneyFirst: true,
  until: "hadi",
  thousand: "elfu",
  isThousandFirst: true,
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours} kamili` : `${hours} na dakika ${minutes}`),
  shortForms: wordMap(
    "km kilomita | kg kilo | cm sentimita | mm milimita | ml mililita | dkt daktari | dr daktari | prof profesa | bw bwana | bi bibi | mhe mheshimiwa | n.k na kadhalika | k.m kwa mfano",
  ),
  beforeNumbers: wordMap("na. nambari | no. nambari | uk. ukurasa"),
  respelled: swahiliRespelled,
  // The engine spells out ng' letter by letter; ng is the nearest sound it can make.
  rewrite: (word) => word.replace(/ng'/giu, "ng"),
};

/** Sheng is read by the Swahili voice, so its English words are spelled the Swahili way. */
export const sheng: Wording = {
  ...swahili,
  respelled: new Map([
    ...swahiliRespelled,
    ...wordMap(`ai ey ai | app ap | boss bos | business biznes | cash kash | deal dil | design dizain | easy izi
      fire faya | free fri | game geim | hustle hasl | idea aidia | life laif | like laik | live laiv | money mani
      music miuzik | online onlain | phone fon | school skul | share shea | startup statap | street strit
      style stail | team tim | time taim | town taun | weekend wikend`),
  ]),
};

export const amharic: Wording = {
  letters: "Ethiopic",
  signs: { "&": "እና", "+": "ሲደመር", "=": "እኩል ነው", "@": "at", "°": "ዲግሪ", "%": "በመቶ" },
  money: {
    $: "ዶላር",
    usd: "ዶላር",
    "€": "ዩሮ",
    "£": "ፓውንድ",
    etb: "ብር",
    kes: "የኬንያ ሽልንግ",
    ksh: "የኬንያ ሽልንግ",
  },
  until: "እስከ",
  thousand: "ሺህ",
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours} ሰዓት` : `${hours} ሰዓት ከ ${minutes}`),
  shortForms: wordMap(
    "ዶ/ር ዶክተር | ፕ/ር ፕሮፌሰር | ወ/ሮ ወይዘሮ | ወ/ሪት ወይዘሪት | ት/ቤት ትምህርት ቤት | ዓ.ም ዓመተ ምህረት | ዓ/ም ዓመተ ምህረት | ኪ.ሜ ኪሎ ሜትር | ኪ.ግ ኪሎ ግራም | ሳ.ሜ ሳንቲ ሜትር | km ኪሎ ሜትር | kg ኪሎ ግራም | እ.ኤ.አ እንደ አውሮፓውያን አቆጣጠር | ወ.ዘ.ተ ወዘተ | ጠ/ሚ ጠቅላይ ሚኒስትር | መ/ቤት መሥሪያ ቤት",
  ),
  beforeNumbers: wordMap("ቁ. ቁጥር"),
  respelled: new Map(),
};

export const oromo: Wording = {
  letters: "Latin",
  signs: { "&": "fi", "+": "ida'uu", "=": "walqixa", "@": "at", "°": "digrii", "%": "dhibbeentaa" },
  isPercentFirst: true,
  money: {
    $: "doolaara",
    usd: "doolaara",
    "€": "yuuroo",
    "£": "paawundii",
    etb: "qarshii",
    kes: "shilingii Keeniyaa",
    ksh: "shilingii Keeniyaa",
  },
  isMoneyFirst: true,
  until: "hanga",
  thousand: "kuma",
  isThousandFirst: true,
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours}` : `${hours} fi daqiiqaa ${minutes}`),
  shortForms: wordMap(
    "km kiiloomeetira | kg kiiloogiraama | cm sentimeetira | dr doktara | kkf kan kana fakkaatan | fkn fakkeenyaaf | obb obbo | add aadde | a.l.a akka lakkoofsa Awurooppaa | prof piroofeesara",
  ),
  beforeNumbers: wordMap("lakk. lakkoofsa"),
  respelled: new Map(),
};

export const tswana: Wording = {
  letters: "Latin",
  signs: { "&": "le", "+": "tlhakanya le", "=": "e lekana le", "@": "at", "°": "dikgato", "%": "phesente" },
  isPercentFirst: true,
  money: {
    $: "didolara",
    usd: "didolara",
    "€": "diyuro",
    "£": "diponto",
    r: "diranta",
    p: "dipula",
    bwp: "dipula",
    zar: "diranta",
  },
  isMoneyFirst: true,
  until: "go fitlha",
  thousand: "sekete",
  isThousandFirst: true,
  point: ".",
  clock: (hours, minutes) => (minutes === 0 ? `${hours}` : `${hours} le metsotso e ${minutes}`),
  shortForms: wordMap(
    "km dikilomitara | kg dikilogerama | cm disentimitara | dr ngaka | mr rra | mrs mma | prof moporofesara | jj jalo jalo | sk sekai",
  ),
  beforeNumbers: wordMap("no. nomoro"),
  respelled: new Map(),
};

export const afrikaans: Wording = {
  letters: "Latin",
  signs: { "&": "en", "+": "plus", "=": "is gelyk aan", "@": "by", "°": "grade", "%": "persent" },
  money: {
    $: "dollar",
    usd: "dollar",
    "€": "euro",
    "£": "pond",
    r: "rand",
    zar: "rand",
    kes: "Kenia sjielings",
    ksh: "Kenia sjielings",
  },
  until: "tot",
  thousand: "duisend",
  point: " komma ",
  clock: (hours, minutes) => (minutes === 0 ? `${hours} uur` : `${hours} uur ${minutes}`),
  hasCommaFractions: true,
  shortForms: wordMap(
    "km kilometer | kg kilogram | cm sentimeter | mm millimeter | ml milliliter | dr dokter | mnr meneer | mev mevrou | prof professor | ds dominee | bv byvoorbeeld | ens ensovoorts | d.w.s dit wil sê | m.a.w met ander woorde | asb asseblief | vm voormiddag | nm namiddag",
  ),
  beforeNumbers: wordMap("no. nommer | nr. nommer | bl. bladsy"),
  respelled: new Map(),
};
