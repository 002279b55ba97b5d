import { expect, test } from "vitest";
import { readSpeech, writeSpeech } from "../../../container/speech-file.ts";

const speech = {
  samples: Float32Array.from({ length: 1_000 }, (_, index) => 1.2 * Math.sin(index / 7)),
  sampleRate: 22_050,
  words: [
    { text: "Habari,", startSeconds: 0.1, endSeconds: 0.4 },
    { text: "ሰላም", startSeconds: 0.4, endSeconds: 0.9 },
  ],
};

test("a speech comes back with its words, and its samples within the noise of sixteen bits", () => {
  const read = readSpeech(writeSpeech(speech));
  expect(read?.words).toEqual(speech.words);
  expect(read?.sampleRate).toBe(22_050);
  expect(read?.samples).toHaveLength(1_000);
  speech.samples.forEach((sample, index) => {
    expect(Math.abs((read?.samples[index] ?? Number.NaN) - sample)).toBeLessThan(1.2 / 32_767);
  });
});

test("what comes back is written as the same bytes again", () => {
  const bytes = writeSpeech(speech);
  const read = readSpeech(bytes);
  expect(read && writeSpeech(read).equals(bytes)).toBe(true);
});

test("what is cut off, longer, or something else is no speech", () => {
  const bytes = writeSpeech(speech);
  for (const wrong of [
    bytes.subarray(0, -2),
    Buffer.concat([bytes, Buffer.alloc(2)]),
    bytes.subarray(0, 10),
    bytes.subarray(3),
    Buffer.from("SHUJAASP\u0002\u0000\u0000\u0000{}"),
    Buffer.alloc(0),
  ]) {
    expect(readSpeech(wrong)).toBeUndefined();
  }
});
