import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Script } from "../../../container/scenes.ts";
import { narrationLimits, writeScript } from "../../../container/script/write-script.ts";
import {
  promptMaxCharacters,
  readableText,
  type WrittenLanguage,
  writtenLanguages,
} from "../../../src/contract/video.ts";
import { hostilePrompts, ordinaryPrompts, prosePrompts } from "./prompts.ts";

const everyPrompt = [...ordinaryPrompts, ...prosePrompts, ...hostilePrompts];
const sceneCounts = [1, 2, 3, 4, 5, 7, 12, 20];

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function sentences(script: Script): string[] {
  return script.scenes.flatMap(({ narration }) =>
    narration.split(/(?<=[.!?]["”]?)\s+/u).map((sentence) =>
      sentence
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim(),
    ),
  );
}

/** Everything that must hold for any script whatever was asked; returns what is wrong. */
function faults(script: Script, sceneCount: number, language: WrittenLanguage): string[] {
  const found: string[] = [];
  const { min, max } = narrationLimits[language];
  if (script.scenes.length !== sceneCount) found.push(`${script.scenes.length} scenes for ${sceneCount}`);
  if ([...script.title].length > 70 || !/[\p{L}\p{N}]/u.test(script.title)) found.push(`title: ${script.title}`);
  for (const { title, narration } of script.scenes) {
    const count = words(narration).length;
    if (count < min || count > max) found.push(`${count} words: ${narration}`);
    const titleCount = words(title).length;
    if (titleCount < 1 || titleCount > 5) found.push(`scene title: ${title}`);
    for (const text of [title, narration, script.title]) {
      if (/\s{2}|^\s|\s$|\s[,.;:!?]/u.test(text)) found.push(`spacing: ${text}`);
      if (/[,;:.!?]{2}|”[.,]{2}|[,;:]$/u.test(text.replace(/\p{L}\.(?=\p{L}\.)|\.m\./gu, "")))
        found.push(`marks: ${text}`);
      if (/[{}|]|undefined|https?:|\p{Extended_Pictographic}/u.test(text)) found.push(`left over: ${text}`);
    }
    if (!/[.!?؟。！？]["”]?$/u.test(narration)) found.push(`no end: ${narration}`);
    const first = narration.match(/^["“]?(\p{Ll})(?!\p{Lu})/u)?.[1] ?? "";
    if (first !== first.toUpperCase()) found.push(`no capital: ${narration}`);
  }
  const said = sentences(script);
  const repeated = said.filter((sentence, index) => said.indexOf(sentence) !== index);
  if (repeated.length > 0) found.push(`said twice: ${repeated.join(" / ")}`);
  return found;
}

describe("writeScript keeps its promises", () => {
  for (const language of writtenLanguages) {
    it(`for ordinary, long and hostile prompts in ${language}, 1 to 20 scenes, many seeds`, () => {
      for (const prompt of everyPrompt) {
        for (const sceneCount of sceneCounts) {
          for (const seed of ["a", "b", "c"]) {
            const script = writeScript({ prompt, sceneCount, language, seed });
            expect(
              faults(script, sceneCount, language),
              `${language} ${sceneCount} ${seed}: ${prompt.slice(0, 90)}`,
            ).toEqual([]);
          }
        }
      }
    });
  }

  it.each(["Ĭ…", "J. ", "A. B. "])("for one sentence again and again behind what may be an initial: %s", (before) => {
    const sentence = "The matatu of my uncle waits at the old stage for everybody who comes from the market";
    const text = `${before}${Array.from({ length: 12 }, () => sentence).join(". ")}.`;
    const long = `${before}${"Supercalifragilisticexpialidocious antidisestablishmentarianism, ".repeat(25)}`;
    for (const prompt of [text, long]) {
      for (const sceneCount of sceneCounts) {
        expect(faults(writeScript({ prompt, sceneCount, language: "en", seed: "" }), sceneCount, "en")).toEqual([]);
      }
    }
  });

  it("for a sentence said again behind a stop that a small letter follows", () => {
    const said =
      "One story is told here in full for all. 999999999999999999999999999999999, and another one is told after it.";
    for (const sceneCount of sceneCounts) {
      const script = writeScript({
        prompt: `${said} - one\n- two\n- four${said}`,
        sceneCount,
        language: "en",
        seed: "",
      });
      expect(faults(script, sceneCount, "en")).toEqual([]);
    }
  });

  it("for any readable text", () => {
    const accepted = readableText(promptMaxCharacters);
    const piece = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.constantFrom(...everyPrompt),
      fc.constantFrom(" ", ". ", ", ", "\n", "“", "…", " - ", "A AI ", "make a video about ", "kuhusu "),
    );
    const prompt = fc
      .array(piece, { minLength: 1, maxLength: 8 })
      .map((pieces) => accepted.safeParse(pieces.join("")).data)
      .filter((text) => text !== undefined);
    fc.assert(
      fc.property(
        prompt,
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(...writtenLanguages),
        fc.string(),
        (text, sceneCount, language, seed) => {
          expect(faults(writeScript({ prompt: text, sceneCount, language, seed }), sceneCount, language)).toEqual([]);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("gives the same script for the same request, and other ones for other seeds", () => {
    const request = { prompt: ordinaryPrompts[0] ?? "", sceneCount: 6, language: "en", seed: "one" } as const;
    expect(writeScript(request)).toEqual(writeScript({ ...request }));
    const texts = ["one", "two", "three", "four", "five", "six"].map((seed) =>
      JSON.stringify(writeScript({ ...request, seed }).scenes),
    );
    expect(new Set(texts).size).toBe(6);
  });
});
