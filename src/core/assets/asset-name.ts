import { assetNameMaxCharacters } from "../../contract/assets.ts";
import type { MediaFacts } from "../../contract/container-protocol.ts";

/** A name to show and to save under: the last part of a path, without what a file system or a header would trip over. */
export function assetName(given: string | null, kind: MediaFacts["kind"]): string {
  const last = (given ?? "").normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last
    .replace(/[\p{C}"<>:|?*]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^\.+/, "");
  return [...clean].slice(0, assetNameMaxCharacters).join("") || kind;
}
