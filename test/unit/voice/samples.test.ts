import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { spokenLanguages, voiceNames } from "../../../src/contract/video.ts";
import { digestFile, digestMakers, sampleFile, samplesDirectory, sampleText } from "../../gallery/voice-samples.ts";

const everyVoice = spokenLanguages.flatMap((language) => voiceNames.map((voice) => ({ language, voice })));

test("there is a sample of every voice in every language that is spoken, and none of another", () => {
  const wanted = everyVoice.map(({ language, voice }) => basename(sampleFile(language, voice)));
  expect(readdirSync(samplesDirectory).sort()).toEqual([...wanted, basename(digestFile)].sort());
});

test("each is a sound that a phone loads in a moment", () => {
  for (const { language, voice } of everyVoice) {
    const bytes = readFileSync(sampleFile(language, voice));
    expect(bytes.toString("latin1", 4, 11)).toBe("ftypM4A");
    expect([language, voice, bytes.length < 20_000 && bytes.length > 8_000]).toEqual([language, voice, true]);
  }
});

test("they were made by the voices as they are: after a change, `npm run voices` makes them anew", async () => {
  expect(readFileSync(digestFile, "utf8").trim()).toBe(await digestMakers());
});

test("each says something else, in the letters of its language", () => {
  const texts = everyVoice.map(({ language, voice }) => sampleText(language, voice));
  expect(new Set(texts).size).toBe(everyVoice.length);
  for (const language of ["ar", "am", "hi"] as const) expect(sampleText(language, "zuri")).not.toMatch(/[A-Za-z]/);
});
