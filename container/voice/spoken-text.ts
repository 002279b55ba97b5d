import type { Language } from "../../src/contract/video.ts";

/** A word as written, and where its spoken form stands in the text for the engine: none when it makes no sound. */
export type WrittenWord = { text: string; spoken?: { start: number; end: number } };
type SpokenText = { text: string; words: WrittenWord[] };

type Wording = {
  symbols: Record<string, string>;
  /** Lower-case words the engine would misread, in a spelling it reads well. */
  respelled: ReadonlyMap<string, string>;
  rewrite(word: string): string;
};

const currencies: Record<string, { en: string; sw: string }> = {
  $: { en: "dollars", sw: "dola" },
  "€": { en: "euros", sw: "yuro" },
  "£": { en: "pounds", sw: "pauni" },
};

const english: Wording = {
  symbols: { "&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent", "°": "degrees" },
  respelled: new Map(
    Object.entries({
      kes: "Kenya shillings",
      ksh: "Kenya shillings",
      shujaa: "shoojaa",
      ugali: "oogahlee",
      harambee: "harambay",
      kamau: "kamaow",
      wanjiku: "wanjeekoo",
    }),
  ),
  rewrite: (word) =>
    word
      .replace(/([$€£])([\d.,]*\d)/gu, (_, sign: string, amount: string) => `${amount} ${currencies[sign]?.en ?? ""} `)
      .replace(/\b(kes|ksh)\.?(?=\d)/giu, "Kenya shillings ")
      .replace(/(\d)k\b/giu, "$1 thousand")
      .replace(/(\d)[-–](?=\d+(?![\d–-]))/gu, "$1 to "),
};

const swahili: Wording = {
  symbols: { "&": "na", "+": "jumlisha", "=": "ni", "@": "at", "%": "asilimia", "°": "digrii" },
  respelled: new Map(Object.entries({ kes: "shilingi", ksh: "shilingi", kshs: "shilingi" })),
  rewrite: (word) =>
    word
      .replace(/([$€£])([\d.,]*\d)/gu, (_, sign: string, amount: string) => `${currencies[sign]?.sw ?? ""} ${amount} `)
      .replace(/\b(kes|ksh)\.?(?=\d)/giu, "shilingi ")
      .replace(/([\d.,]*\d)%/gu, "asilimia $1 ")
      .replace(/(\d+)k\b/giu, "elfu $1")
      .replace(/(\d)[-–](?=\d+(?![\d–-]))/gu, "$1 hadi ")
      // The engine spells out ng' letter by letter; ng is the nearest sound it can make.
      .replace(/ng['’]/giu, "ng"),
};

/** Sheng is read by the Swahili voice, so its English words are spelled the Swahili way. */
const sheng: Wording = {
  ...swahili,
  respelled: new Map([
    ...swahili.respelled,
    ...Object.entries({
      ai: "ey ai",
      app: "ap",
      boss: "bos",
      business: "biznes",
      cash: "kash",
      deal: "dil",
      design: "dizain",
      easy: "izi",
      fire: "faya",
      free: "fri",
      game: "geim",
      hustle: "hasl",
      idea: "aidia",
      life: "laif",
      like: "laik",
      live: "laiv",
      money: "mani",
      music: "miuzik",
      online: "onlain",
      phone: "fon",
      school: "skul",
      share: "shea",
      startup: "statap",
      street: "strit",
      style: "stail",
      team: "tim",
      time: "taim",
      town: "taun",
      weekend: "wikend",
    }),
  ]),
};

const wordings: Record<Language, Wording> = { en: english, sw: swahili, sheng };

/**
 * What the engine is given to read. Only Latin letters, digits and plain punctuation reach it, so nothing is taken for
 * markup, for phonemes or for one of its commands, and no emoji or foreign letter is read out by its name.
 */
function spokenForm(written: string, wording: Wording): string {
  const plain = written
    .normalize("NFKC")
    .replace(/[‘’ʼ`´]/gu, "'")
    .replace(/^\p{P}*https?:\/\/(www\.)?/iu, "");
  const rewritten = wording
    .rewrite(plain)
    .replace(/[&+=@%°]/gu, (sign) => ` ${wording.symbols[sign] ?? ""} `)
    .replace(/[–—…]/gu, ", ")
    .replace(/[^\p{Script=Latin}\d\s.,;:!?'-]|[^ -\u024f\u1e00-\u1eff]/gu, " ");
  return rewritten
    .split(/\s+/u)
    .map((part) => respell(part, wording))
    .join(" ")
    .replace(/ +(?=[.,;:!?])/gu, "")
    .trim();
}

/** Looks a word up without its possessive and its punctuation, and puts those back. */
function respell(part: string, wording: Wording): string {
  const [, stem = "", ending = ""] = /^(\p{L}+)((?:'s)?[.,;:!?]*)$/u.exec(part) ?? [];
  const known = wording.respelled.get(stem.toLowerCase());
  return known ? known + ending : part;
}

/** The words of a narration as written, and the text the engine reads for them; its positions count characters from 0. */
export function toSpokenText(narration: string, language: Language): SpokenText {
  const wording = wordings[language];
  const words: WrittenWord[] = [];
  let text = "";
  for (const written of narration.split(/\s+/u)) {
    if (written === "") continue;
    const form = spokenForm(written, wording);
    if (!/[\p{L}\d]/u.test(form)) {
      // A lone dash or stop makes no sound, but the voice pauses for it.
      const pause = /[.,;:!?]/u.exec(form)?.[0];
      if (pause && /[\p{L}\d]$/u.test(text)) text += pause;
      words.push({ text: written });
      continue;
    }
    if (text !== "") text += " ";
    words.push({ text: written, spoken: { start: text.length, end: text.length + form.length } });
    text += form;
  }
  return { text, words };
}
