import { isShortened, sentenceEndMarks } from "../../contract/sentence-marks.ts";
import { type Language, scenesMax, sceneTextMaxCharacters } from "../../contract/video.ts";
import { readingSeconds } from "./estimate.ts";

/** `readingSeconds` is a ceiling; this is about what the voice takes. */
const usualShare = 0.7;
/** A scene is closed before it would last longer; a script too long for that gets longer scenes. */
const paces = [12, 16, 22, 30, 42, 60];
/** A scene shorter than this joins the one before. */
const stubSeconds = 3.5;
/** A paragraph's end closes a scene that lasts at least this long. */
const paragraphSeconds = 6;

type Sentence = { text: string; characters: number; seconds: number; endsParagraph: boolean };

/** The script as texts of scenes: whole sentences, about 8 to 12 s each. null: there is no way to say it in 20 scenes. */
export function splitScript(script: string, language: Language): string[] | null {
  const sentences = toSentences(script, language);
  for (const pace of paces) {
    const scenes = pack(sentences, pace);
    if (scenes.length <= scenesMax) return scenes;
  }
  return null;
}

function pack(sentences: readonly Sentence[], pace: number): string[] {
  const scenes: Sentence[] = [];
  for (const sentence of sentences) {
    const last = scenes.at(-1);
    if (last === undefined || isFull(last, sentence, pace)) scenes.push(sentence);
    else scenes[scenes.length - 1] = join(last, sentence);
  }
  return scenes.map(({ text }) => text);
}

function isFull(scene: Sentence, next: Sentence, pace: number): boolean {
  if (scene.characters + 1 + next.characters > sceneTextMaxCharacters) return true;
  if (scene.seconds < stubSeconds || next.seconds < stubSeconds)
    return scene.seconds + next.seconds > pace + stubSeconds;
  if (scene.endsParagraph && scene.seconds >= paragraphSeconds && pace === paces[0]) return true;
  return scene.seconds + next.seconds > pace;
}

function join(scene: Sentence, next: Sentence): Sentence {
  return {
    text: `${scene.text} ${next.text}`,
    characters: scene.characters + 1 + next.characters,
    seconds: scene.seconds + next.seconds,
    endsParagraph: next.endsParagraph,
  };
}

/** After an end mark with what closes a quotation, where white space follows: 3.5 and «e.g.x» stay whole. */
const sentenceBreak = new RegExp(`(?<=[${sentenceEndMarks}][”’"'»)\\]]*)\\s+`, "u");

function toSentences(script: string, language: Language): Sentence[] {
  return script.split(/\n\s*\n/).flatMap((paragraph) => {
    const texts = wholeSentences(paragraph.trim().split(sentenceBreak))
      .flatMap((sentence) => cutLong(sentence.replace(/\s+/g, " ").trim()))
      .filter((text) => /[\p{L}\p{N}]/u.test(text));
    return texts.map((text, index) => ({
      text,
      characters: [...text].length,
      seconds: readingSeconds(text, language) * usualShare,
      endsParagraph: index === texts.length - 1,
    }));
  });
}

/** No abbreviation is longer. */
const wordMax = 12;

/** «… went to Dr.» and «Otieno.» are one sentence. */
function wholeSentences(parts: readonly string[]): string[] {
  const sentences: string[] = [];
  for (const part of parts) {
    const before = sentences.at(-1);
    const lastWord = /\S+$/.exec(before?.slice(-wordMax) ?? "")?.[0] ?? "";
    if (before !== undefined && isShortened(lastWord)) sentences[sentences.length - 1] = `${before} ${part}`;
    else sentences.push(part);
  }
  return sentences;
}

/** A sentence longer than a scene may be is cut after a comma, or else between words, or else anywhere. */
function cutLong(sentence: string): string[] {
  const characters = [...sentence];
  if (characters.length <= sceneTextMaxCharacters) return [sentence];
  const head = characters.slice(0, sceneTextMaxCharacters).join("");
  const half = head.length / 2;
  const comma = Math.max(head.lastIndexOf(", "), head.lastIndexOf("; "), head.lastIndexOf("، ")) + 1;
  const space = head.lastIndexOf(" ");
  const cut = comma > half ? comma : space > half ? space : head.length;
  return [head.slice(0, cut).trim(), ...cutLong(sentence.slice(cut).trim())];
}
