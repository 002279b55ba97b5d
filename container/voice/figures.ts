import type { Wording } from "./wording.ts";

/** Zero of each script whose digits stand for ours one by one. */
const digitZeros = [0x0660, 0x06f0, 0x0966];
const ethiopicValues = new Map(
  [..."፩፪፫፬፭፮፯፰፱፲፳፴፵፶፷፸፹፺"].map((digit, index) => [digit, index < 9 ? index + 1 : (index - 8) * 10]),
);

/** Arabic, Hindi and Ethiopic figures in ours, with our signs for a fraction, for thousands and for percent. */
export function asciiFigures(text: string): string {
  return text
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      return String(code - (digitZeros.findLast((zero) => zero <= code) ?? code));
    })
    .replace(/[\u1369-\u137c]+/gu, (number) => String(ethiopicNumber(number)))
    .replace(/(?<=\d)٫(?=\d)/gu, ".")
    .replace(/(?<=\d)٬(?=\d)/gu, ",")
    .replaceAll("٪", "%");
}

/** Sums tens and ones; ፻ makes hundreds of them and ፼ ten thousands. */
function ethiopicNumber(number: string): number {
  let total = 0;
  let below = 0;
  for (const digit of number) {
    if (digit === "፼") {
      total = (total + Math.max(below, total === 0 ? 1 : 0)) * 10_000;
      below = 0;
    } else if (digit === "፻") {
      total += Math.max(below, 1) * 100;
      below = 0;
    } else below += ethiopicValues.get(digit) ?? 0;
  }
  return total + below;
}

const currencySigns =
  "[$€£₦₹]|R\\$|(?<!\\p{L})(?:KES|KSh|TSh|USh|USD|EUR|GBP|ZAR|BWP|ETB|NGN|GHS|INR|Rs|R|P)(?=\\.?\\d)";
const moneyFirst = new RegExp(`(${currencySigns})\\.?((?:\\d[\\d.,]*\\d|\\d)(?:k(?!\\p{L}))?)`, "giu");
const moneyLast = /((?:\d[\d.,]*\d|\d)(?:k(?!\p{L}))?)([$€£₦₹]|(?:kes|ksh|usd|eur|fcfa|etb|frw)(?!\p{L}))/giu;
const units = /(\d)(km\/h|km|kg|cm|mm|ml)(?![\p{L}\d])/giu;

/**
 * Figures of one word the way its language says them. A comma or a point before exactly three digits groups thousands,
 * save a point where it is the sign of a fraction: 1,250 is the same in all languages, and 1.250 is not.
 */
export function spokenFigures(word: string, wording: Wording): string {
  if (!/\d/u.test(word)) return word;
  return calendarDates(word)
    .replace(/(?<![\d.,:])(\d{1,2}):(\d{2})(?![\d:])/gu, (written, hours: string, minutes: string) =>
      Number(hours) <= 24 && Number(minutes) <= 59 ? wording.clock(Number(hours), Number(minutes)) : written,
    )
    .replace(moneyFirst, (written, sign: string, amount: string) => money(wording, sign, amount) ?? written)
    .replace(moneyLast, (written, amount: string, sign: string) => money(wording, sign, amount) ?? written)
    .replace(
      units,
      (_, digit: string, unit: string) => `${digit} ${wording.shortForms.get(unit.toLowerCase()) ?? unit}`,
    )
    .replace(/\d[\d.,'’]*\d/gu, (number) => plainNumber(number, wording))
    .replace(/(\d+)k(?!\p{L})/giu, (_, number: string) => ordered(wording.isThousandFirst, wording.thousand, number))
    .replace(/(\d[\d.,]*)%/gu, (_, number: string) => `${ordered(wording.isPercentFirst, wording.signs["%"], number)} `)
    .replace(/(\d)[-–](?=\d+(?![\d–-]))/gu, `$1 ${wording.until} `)
    .replace(/(?<![\d.,])\+?(?:0\d{6,}|\d{11,})(?![\d.,]\d)/gu, (number) => [...number.replace("+", "")].join(" "));
}

/** 12.10.2026 and 12/10/2026 are three numbers, not a number and its fraction. */
function calendarDates(word: string): string {
  return word.replace(/(?<!\d)(\d{1,4})[./](\d{1,2})[./](\d{2,4})(?!\d|[.,]\d)/gu, "$1 $2 $3");
}

/** What a currency is called, by its sign or its short name in any case. */
export function currencyName(wording: Wording, sign: string): string | undefined {
  const key = sign.toLowerCase();
  return Object.hasOwn(wording.money, key) ? wording.money[key] : undefined;
}

function money(wording: Wording, sign: string, amount: string): string | undefined {
  const name = currencyName(wording, sign);
  return name === undefined ? undefined : `${ordered(wording.isMoneyFirst, name, amount)} `;
}

function ordered(isFirst: boolean | undefined, name: string, number: string): string {
  return isFirst ? ` ${name} ${number}` : `${number} ${name}`;
}

function plainNumber(number: string, wording: Wording): string {
  const ungrouped = /^\d{1,3}(?:[,'’]\d{2,3})*[,'’]\d{3}(?:\.\d+)?$/u.test(number)
    ? number.replace(/[,'’]/gu, "")
    : wording.hasCommaFractions && /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u.test(number)
      ? number.replace(/\./gu, "")
      : number;
  const [, whole, fraction] = /^(\d+)[.,](\d+)$/u.exec(ungrouped) ?? [];
  if (whole === undefined || fraction === undefined) return ungrouped;
  return ungrouped.includes(",") && !wording.hasCommaFractions ? ungrouped : `${whole}${wording.point}${fraction}`;
}
