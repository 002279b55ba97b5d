/** What was chosen for this browser: kept in it, and the same in all its tabs. */
import { useSyncExternalStore } from "react";
import type { Language } from "./language.ts";

export type Theme = "system" | "light" | "dark";
export type Preferences = { theme: Theme; language: Language };

/** public/assets/studio/before-paint.js reads it, too. */
const storageKey = "shujaa.preferences";

function firstLanguage(): Language {
  return document.documentElement.lang === "sw" ? "sw" : "en";
}

function readKept(): Preferences {
  const kept = parse(keptText());
  return {
    theme: kept.theme === "light" || kept.theme === "dark" ? kept.theme : "system",
    language: kept.language === "sw" || kept.language === "en" ? kept.language : firstLanguage(),
  };
}

function keptText(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function parse(text: string | null): Record<string, unknown> {
  try {
    return (JSON.parse(text ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}

let current = readKept();
const listeners = new Set<() => void>();

function show(): void {
  const root = document.documentElement;
  if (current.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = current.theme;
  root.lang = current.language;
  for (const listener of listeners) listener();
}

export function changePreferences(changed: Partial<Preferences>): void {
  current = { ...current, ...changed };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Where nothing may be kept it holds until the page is left.
  }
  show();
}

window.addEventListener("storage", ({ key }) => {
  if (key !== storageKey) return;
  current = readKept();
  show();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

export function languageNow(): Language {
  return current.language;
}
