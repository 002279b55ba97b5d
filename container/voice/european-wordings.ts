import { type Wording, wordMap } from "./wording.ts";

export const english: Wording = {
  letters: "Latin",
  signs: { "&": "and", "+": "plus", "=": "equals", "@": "at", "°": "degrees", "%": "percent" },
  money: {
    $: "dollars",
    usd: "U.S dollars",
    "€": "euros",
    eur: "euros",
    "£": "pounds",
    gbp: "pounds",
    kes: "Kenya shillings",
    ksh: "Kenya shillings",
    tsh: "Tanzania shillings",
    tzs: "Tanzania shillings",
    ush: "Uganda shillings",
    ugx: "Uganda shillings",
    "₦": "naira",
    ngn: "naira",
    ghs: "cedis",
    etb: "birr",
    zar: "rand",
    r: "rand",
    "₹": "rupees",
  },
  until: "to",
  thousand: "thousand",
  point: ".",
  clock: (hours, minutes) => {
    if (minutes === 0) return `${hours} o'clock`;
    return minutes < 10 ? `${hours} oh ${minutes}` : `${hours} ${minutes}`;
  },
  shortForms:
    wordMap(`km kilometres | kg kilograms | cm centimetres | mm millimetres | ml millilitres | km/h kilometres an hour
    dr doctor | mr mister | mrs missis | ms miz | prof professor | rev reverend | hon honourable | st saint
    e.g for example | i.e that is | vs versus | approx approximately | govt government | a.m A.M | p.m P.M`),
  beforeNumbers: wordMap("no. number | nos. numbers | p. page | pp. pages | vol. volume | ch. chapter"),
  respelled: wordMap(
    "kshs Kenya shillings | shujaa shoojaa | ugali oogahlee | harambee harambay | kamau kamaow | wanjiku wanjeekoo",
  ),
};

export const french: Wording = {
  letters: "Latin",
  signs: { "&": "et", "+": "plus", "=": "égale", "@": "arobase", "°": "degrés", "%": "pour cent" },
  money: {
    $: "dollars",
    usd: "dollars américains",
    "€": "euros",
    eur: "euros",
    "£": "livres",
    fcfa: "francs C.F.A",
    xof: "francs C.F.A",
    xaf: "francs C.F.A",
    cfa: "francs C.F.A",
    kes: "shillings kényans",
    ksh: "shillings kényans",
    cdf: "francs congolais",
    mad: "dirhams",
  },
  until: "à",
  thousand: "mille",
  point: ",",
  hasCommaFractions: true,
  clock: (hours, minutes) => `${hours} ${hours < 2 ? "heure" : "heures"}${minutes === 0 ? "" : ` ${minutes}`}`,
  shortForms:
    wordMap(`km kilomètres | kg kilos | cm centimètres | mm millimètres | ml millilitres | km/h kilomètres à l'heure
    dr docteur | pr professeur | m. monsieur | mme madame | mlle mademoiselle | mm. messieurs | etc et cetera
    p.ex par exemple | ex. exemple | c.-à-d c'est-à-dire | st saint | ste sainte | min minutes`),
  beforeNumbers: wordMap("n° numéro | no numéro | no. numéro | p. page | env. environ"),
  respelled: new Map(),
  rewrite: (word) =>
    word.replace(/(\d{1,2})h(\d{2})?(?!\p{L}|\d)/giu, (_, h: string, m?: string) => hourOf(h, m, "heures")),
};

export const portuguese: Wording = {
  letters: "Latin",
  signs: { "&": "e", "+": "mais", "=": "igual a", "@": "arroba", "°": "graus", "%": "por cento" },
  money: {
    $: "dólares",
    r$: "reais",
    usd: "dólares",
    "€": "euros",
    eur: "euros",
    "£": "libras",
    mzn: "meticais",
    aoa: "kwanzas",
    kz: "kwanzas",
    kes: "xelins quenianos",
    ksh: "xelins quenianos",
  },
  until: "a",
  thousand: "mil",
  point: ",",
  hasCommaFractions: true,
  clock: (hours, minutes) => `${hours} ${hours === 1 ? "hora" : "horas"}${minutes === 0 ? "" : ` e ${minutes}`}`,
  shortForms:
    wordMap(`km quilómetros | kg quilos | cm centímetros | mm milímetros | ml mililitros | km/h quilómetros por hora
    dr doutor | dra doutora | sr senhor | sra senhora | prof professor | profa professora | eng engenheiro
    etc et cetera | p.ex por exemplo | d. dom | av. avenida | min minutos`),
  beforeNumbers: wordMap("nº número | no número | n.o número | pág. página | p. página"),
  respelled: new Map(),
  rewrite: (word) =>
    word.replace(/(\d{1,2})h(\d{2})?(?!\p{L}|\d)/giu, (_, h: string, m?: string) => hourOf(h, m, "horas e")),
};

export const spanish: Wording = {
  letters: "Latin",
  signs: { "&": "y", "+": "más", "=": "igual a", "@": "arroba", "°": "grados", "%": "por ciento" },
  money: {
    $: "dólares",
    usd: "dólares",
    "€": "euros",
    eur: "euros",
    "£": "libras",
    xaf: "francos C.F.A",
    fcfa: "francos C.F.A",
    kes: "chelines kenianos",
    ksh: "chelines kenianos",
    mxn: "pesos mexicanos",
  },
  until: "a",
  thousand: "mil",
  point: ",",
  hasCommaFractions: true,
  clock: (hours, minutes) => (minutes === 0 ? `${hours} en punto` : `${hours} y ${minutes}`),
  shortForms:
    wordMap(`km kilómetros | kg kilos | cm centímetros | mm milímetros | ml mililitros | km/h kilómetros por hora
    dr doctor | dra doctora | sr señor | sra señora | srta señorita | prof profesor | etc etcétera | p.ej por ejemplo
    ud usted | uds ustedes | ee.uu Estados Unidos | av. avenida | min minutos | d. don`),
  beforeNumbers: wordMap("no número | n.o número | núm. número | no. número | pág. página | p. página"),
  respelled: new Map(),
};

export const german: Wording = {
  letters: "Latin",
  signs: { "&": "und", "+": "plus", "=": "gleich", "@": "ätt", "°": "Grad", "%": "Prozent" },
  money: {
    $: "Dollar",
    usd: "Dollar",
    "€": "Euro",
    eur: "Euro",
    "£": "Pfund",
    chf: "Franken",
    kes: "Kenia-Schilling",
    ksh: "Kenia-Schilling",
  },
  until: "bis",
  thousand: "tausend",
  point: ",",
  hasCommaFractions: true,
  clock: (hours, minutes) => `${hours === 1 ? "ein" : hours} Uhr${minutes === 0 ? "" : ` ${minutes}`}`,
  shortForms:
    wordMap(`km Kilometer | kg Kilogramm | cm Zentimeter | mm Millimeter | ml Milliliter | km/h Kilometer pro Stunde
    dr Doktor | prof Professor | hr Herr | fr. Frau | z.b zum Beispiel | d.h das heißt | usw und so weiter | ca circa
    bzw beziehungsweise | u.a unter anderem | etc et cetera | ggf gegebenenfalls | mio Millionen | mrd Milliarden | min Minuten`),
  beforeNumbers: wordMap("nr. Nummer | s. Seite | abs. Absatz"),
  respelled: new Map(),
  rewrite: (word, next) => (/^\d{1,2}\.$/u.test(word) && germanMonth.test(next ?? "") ? germanDay(Number(word)) : word),
};

export const italian: Wording = {
  letters: "Latin",
  signs: { "&": "e", "+": "più", "=": "uguale", "@": "chiocciola", "°": "gradi", "%": "per cento" },
  money: {
    $: "dollari",
    usd: "dollari",
    "€": "euro",
    eur: "euro",
    "£": "sterline",
    kes: "scellini kenioti",
    ksh: "scellini kenioti",
  },
  until: "a",
  thousand: "mila",
  point: ",",
  hasCommaFractions: true,
  clock: (hours, minutes) => (minutes === 0 ? `${hours} in punto` : `${hours} e ${minutes}`),
  shortForms:
    wordMap(`km chilometri | kg chili | cm centimetri | mm millimetri | ml millilitri | km/h chilometri all'ora
    dott dottor | dott.ssa dottoressa | sig signor | sig.ra signora | prof professor | prof.ssa professoressa
    ecc eccetera | p.es per esempio | es. esempio | ing ingegner | avv avvocato | min minuti`),
  beforeNumbers: wordMap("n. numero | no numero | n° numero | pag. pagina"),
  respelled: new Map(),
};

/** 10h30 and 10h, as they are written in French and Portuguese. */
function hourOf(hours: string, minutes: string | undefined, word: string): string {
  if (minutes !== undefined && Number(minutes) > 0) return `${Number(hours)} ${word} ${Number(minutes)}`;
  const [unit = word] = word.split(" ");
  return `${Number(hours)} ${Number(hours) < 2 ? unit.replace(/s$/u, "") : unit}`;
}

const germanMonth = /^(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?!\p{L})/u;
const germanOnes = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(" ");

/** A day of the month as it is said: am dritten Mai. The engine takes the stop after the figure for a sentence's end. */
function germanDay(day: number): string {
  const irregular: Record<number, string> = { 1: "ersten", 3: "dritten", 7: "siebten", 8: "achten", 16: "sechzehnten" };
  const known = irregular[day];
  if (known !== undefined) return known;
  const ones = day % 10;
  if (day <= 12) return `${germanOnes[day] ?? day}ten`;
  if (day < 20) return `${day === 17 ? "sieb" : (germanOnes[ones] ?? ones)}zehnten`;
  return `${ones === 0 ? "" : `${germanOnes[ones] ?? ones}und`}${day < 30 ? "zwanzigsten" : "dreißigsten"}`;
}
