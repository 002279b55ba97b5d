import type { Language } from "../../app/language.ts";

/** The link is signed for its path alone, so the language may be chosen here. */
export function receiptHref(receiptUrl: string, language: Language): string {
  return `${receiptUrl}&lang=${language}`;
}
