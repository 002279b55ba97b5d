import type { Language, VoiceName } from "../../../contract/video.ts";

const files: Record<string, string> = import.meta.glob("../../voices/*.m4a", {
  eager: true,
  query: "?url",
  import: "default",
});

/** Where a sentence of this voice is heard; null: no voice of ours speaks the language. */
export function sampleOf(language: Language, voice: VoiceName): string | null {
  return files[`../../voices/${language}-${voice}.m4a`] ?? null;
}
