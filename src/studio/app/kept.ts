import { type Dispatch, type SetStateAction, useEffect, useState } from "react";

const prefix = "shujaa.kept.";

/** State that outlives a reload and a way to another page and back, in this tab alone. `isWhole` refuses what an older studio kept. */
export function useKept<Value>(
  name: string,
  first: Value,
  isWhole: (kept: unknown) => kept is Value,
): [Value, Dispatch<SetStateAction<Value>>] {
  const [value, setValue] = useState<Value>(() => {
    const kept = readKept(name);
    return isWhole(kept) ? kept : first;
  });
  useEffect(() => keep(name, value), [name, value]);
  return [value, setValue];
}

export function readKept(name: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(prefix + name) ?? "null");
  } catch {
    return null;
  }
}

export function keep(name: string, value: unknown): void {
  try {
    sessionStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing, or no more, forgets at a reload.
  }
}

/** What one person typed is not the next one's to see. */
export function forgetKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept where nothing may be.
  }
}
