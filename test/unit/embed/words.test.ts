import { expect, it } from "vitest";
import { writtenLanguages } from "../../../src/contract/video.ts";
import { videoLanguageOf, type Words, wordsOf } from "../../../src/embed/words.ts";

it.each([
  ["sw", "Video yako iko tayari"],
  ["sw-KE", "Video yako iko tayari"],
  ["en-GB", "Your video is ready"],
  ["fr", "Your video is ready"],
])("a page in %s has its words", (tag, done) => {
  expect(wordsOf(tag).done).toBe(done);
});

it("counts as people do", () => {
  expect([1, 3].map(wordsOf("en").price)).toEqual(["1 credit", "3 credits"]);
  expect(wordsOf("en").left(40)).toBe("about 40 s left");
  expect(wordsOf("sw").left(150)).toBe("zimebaki takriban dakika 3");
});

it("each refusal before an order says that nothing was charged, in both languages", () => {
  const told = ({ problems }: Words) => [
    problems.noCredits,
    problems.limit,
    problems.busy,
    problems.words,
    problems.failed,
  ];
  for (const text of told(wordsOf("en"))) expect(text).toContain("Nothing was charged.");
  for (const text of told(wordsOf("sw"))) expect(text).toContain("Hakuna kilichotozwa.");
});

it("a page's video is told in its language, where a script can be written in it", () => {
  expect(writtenLanguages.map(videoLanguageOf)).toEqual([...writtenLanguages]);
  expect(["fr-CA", "zh", "sw-KE", ""].map(videoLanguageOf)).toEqual(["fr", "en", "sw", "en"]);
});
