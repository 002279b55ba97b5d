/** Which of the videos are wanted: in the address, so that a reload or a link finds the same ones. */
import { useEffect, useState } from "react";
import { useSearchParams } from "wouter";
import { useLater } from "../../app/use-later.ts";

export const filters = ["all", "succeeded", "failed"] as const;
export type Filter = (typeof filters)[number];
/** Characters, as the service takes them. */
export const searchMax = 200;
/** Nobody's typing is looked for letter by letter. */
const restMs = 300;

export type Wanted = {
  filter: Filter;
  /** What is looked for; empty: everything. */
  words: string;
  /** What stands in the field: a moment ahead of `words`. */
  typed: string;
  setFilter(filter: Filter): void;
  setTyped(typed: string): void;
};

export function useWanted(): Wanted {
  const [search, setSearch] = useSearchParams();
  const words = (search.get("query") ?? "").trim().slice(0, searchMax);
  const asked = search.get("status");
  const filter = filters.find((one) => one === asked) ?? "all";
  const [typed, setTyped] = useState(words);
  const rested = useLater(typed.trim(), restMs);
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed changes the address; `set` is new with each drawing
  useEffect(() => {
    if (rested !== words) set("query", rested);
  }, [rested]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address says what is wanted, unless somebody is typing
  useEffect(() => {
    if (rested === typed.trim()) setTyped(words);
  }, [words]);
  return { filter, words, typed, setFilter: (chosen) => set("status", chosen === "all" ? "" : chosen), setTyped };
}
