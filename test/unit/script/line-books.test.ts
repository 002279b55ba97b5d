import { describe, expect, it } from "vitest";
import { lineBooks } from "../../../container/script/sentences/books.ts";
import { narrationLimits } from "../../../container/script/write-script.ts";
import { writtenLanguages } from "../../../src/contract/video.ts";

function linesOf(language: (typeof writtenLanguages)[number]): string[] {
  const { kinds, domains } = lineBooks[language];
  return [
    ...[...new Set(Object.values(kinds))].flatMap((beats) => Object.values(beats).flat()),
    ...Object.values(domains).flat(),
  ];
}

describe.each(writtenLanguages)("the %s sentence book", (language) => {
  const lines = linesOf(language);
  const { min, max } = narrationLimits[language];

  it("has no line that is too long, too short or untitled", () => {
    const wrong = lines.filter((line) => {
      const [title = "", text = "", ...more] = line.split(" | ");
      const fixed = text.replace(/\{(?:here|person|s|is|has|a)\}/gu, "");
      const count = fixed.split(/\s+/u).filter((word) => word !== "").length;
      const isFilled = !/\{(?!here|person|s\}|is|has|a\})/u.test(text);
      return more.length > 0 || title.split(" ").length > 5 || title === "" || count > max || (isFilled && count < min);
    });
    expect(wrong).toEqual([]);
  });

  it("says nothing twice", () => {
    const texts = lines.map((line) => line.split(" | ")[1] ?? "");
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it("has only slots a topic can fill", () => {
    const known =
      "topic clause question saying todo doing the thing deed name audience detail place inPlace here person is has s a".split(
        " ",
      );
    const used = lines.flatMap((line) => [...line.matchAll(/\{(\w*)\}/gu)].map((match) => match[1] ?? ""));
    expect(used.filter((slot) => !known.includes(slot))).toEqual([]);
  });
});
