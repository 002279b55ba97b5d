import type { Language } from "../../app/language.ts";

const locales: Record<Language, string> = { en: "en-GB", sw: "sw-KE" };

/** 3 December 2026: of a plan's end, where the hour does not matter. */
export function longDay(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(locales[language], { day: "numeric", month: "long", year: "numeric" });
  return format.format(new Date(iso));
}
