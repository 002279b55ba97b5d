import type { DocumentScene } from "../src/contract/video.ts";
import type { Script } from "./scenes.ts";

const titleWordsMax = 6;
const titleCharactersMax = 40;

/** A caller's own scenes as a script: the texts word for word, each titled by its first words, the video by the first scene's. */
export function scriptFromScenes(scenes: DocumentScene[]): Script {
  const written = scenes.map((scene) => ({ title: firstWords(scene.text), narration: scene.text }));
  return { title: written[0]?.title ?? "", scenes: written };
}

/** As many first words as fit a title, without the punctuation they would end on. */
function firstWords(text: string): string {
  const words = text.split(/\s+/u).slice(0, titleWordsMax);
  const fitting = words.filter((_, index) => [...words.slice(0, index + 1).join(" ")].length <= titleCharactersMax);
  const title = fitting.length > 0 ? fitting.join(" ") : [...(words[0] ?? "")].slice(0, titleCharactersMax).join("");
  return title.replace(/[\p{P}\s]+$/u, "") || title;
}
