import type { Metadata } from "./wire.ts";

/** A key set to nothing goes; other keys stay. */
export function mergeMetadata(old: Metadata, given: Metadata | undefined): Metadata {
  if (given === undefined) return old;
  return Object.fromEntries(Object.entries({ ...old, ...given }).filter(([, value]) => value !== ""));
}
