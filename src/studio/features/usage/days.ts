import type { Language } from "../../app/language.ts";

const locales: Record<Language, string> = { en: "en-GB", sw: "sw-KE" };

/** 3 Dec: days are counted in UTC, and so they are named in UTC. */
export function shortDay(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { day: "numeric", month: "short", timeZone: "UTC" }).format(
    new Date(iso),
  );
}
