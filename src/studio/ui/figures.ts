/** Numbers, money, times and sizes, as they are read. */
import type { Language } from "../app/language.ts";

type Money = { amount: number; currency: "USD" | "KES" };

/** Exactly: KES 1,250; USD 9.99. `amount` is in minor units. */
export function money({ amount, currency }: Money): string {
  const isWhole = currency === "KES" && amount % 100 === 0;
  const digits = isWhole ? 0 : 2;
  const figures = (amount / 100).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${currency} ${figures}`;
}

/** Of one credit, in major units: USD 0.20, and to a tenth of a cent where packages differ by less than one: USD 0.182. */
export function priceEach(major: number, currency: Money["currency"]): string {
  const isWhole = currency === "KES" && Number.isInteger(major);
  const figures = major.toLocaleString("en", {
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: currency === "USD" ? 3 : 2,
  });
  return `${currency} ${figures}`;
}

const unitWords = {
  en: { seconds: "s", minutes: "min" },
  sw: { seconds: "sek", minutes: "dak" },
};

/** 42 s, 3 min, 1 min 20 s: as exact as anybody cares. */
export function duration(seconds: number, language: Language): string {
  const words = unitWords[language];
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} ${words.seconds}`;
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  return rest === 0 || minutes >= 10
    ? `${minutes} ${words.minutes}`
    : `${minutes} ${words.minutes} ${rest} ${words.seconds}`;
}

/** 0:42, 12:05: of a film. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function fileSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const locales: Record<Language, string> = { en: "en-GB", sw: "sw-KE" };

export function dayAndTime(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(new Date(iso));
}
