import { use } from "react";
import { en, type Words } from "../words/en.ts";
import type { Language } from "./language.ts";
import { changePreferences, usePreferences } from "./preferences.ts";

const books: Partial<Record<Language, Words>> = { en };
const coming = new Map<Language, Promise<Words>>();

/** Nobody carries home a book they do not read. */
export function loadWords(language: Language): Promise<Words> {
  const book = books[language];
  if (book !== undefined) return Promise.resolve(book);
  const loading = coming.get(language) ?? import("../words/sw.ts").then(({ sw }) => sw);
  coming.set(language, loading);
  return loading.then((loaded) => {
    books[language] = loaded;
    return loaded;
  });
}

/** From now on in this language: once its words are here, so that nothing blinks. */
export async function speak(language: Language): Promise<void> {
  await loadWords(language);
  changePreferences({ language });
}

/** Everything the studio says, in the language that was chosen. */
export function useWords(): Words {
  const { language } = usePreferences();
  // Chosen in another tab it may not be here yet.
  return books[language] ?? use(coming.get(language) ?? loadWords(language));
}
