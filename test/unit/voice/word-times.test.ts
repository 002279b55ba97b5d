import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toSpokenText } from "../../../container/voice/spoken-text.ts";
import { timeWords } from "../../../container/voice/word-times.ts";
import { nastyText } from "./nasty-text.ts";

function timed(narration: string, marks: [string, number][], durationSeconds: number) {
  const { text, words } = toSpokenText(narration, "en");
  return timeWords(
    words,
    marks.map(([word, seconds]) => ({ character: text.indexOf(word), seconds })),
    [],
    durationSeconds,
  );
}

describe("when each written word is spoken", () => {
  it("takes the engine's marks", () => {
    expect(
      timed(
        "One small shop",
        [
          ["One", 0],
          ["small", 0.3],
          ["shop", 0.8],
        ],
        1.2,
      ),
    ).toEqual([
      { text: "One", startSeconds: 0, endSeconds: 0.3 },
      { text: "small", startSeconds: 0.3, endSeconds: 0.8 },
      { text: "shop", startSeconds: 0.8, endSeconds: 1.2 },
    ]);
  });

  it("shares a merged mark by length", () => {
    const words = timed(
      "one of the best",
      [
        ["one", 0],
        ["of", 0.4],
        ["best", 0.75],
      ],
      1,
    );
    expect(words.map(({ startSeconds }) => startSeconds)).toEqual([0, 0.4, expect.closeTo(0.55), 0.75]);
  });

  it("treats a number of several spoken words as one written word", () => {
    const words = timed(
      "at 1,250 each",
      [
        ["at", 0],
        ["12", 0.2],
        ["50", 0.9],
        ["each", 1.4],
      ],
      1.8,
    );
    expect(words[1]).toEqual({ text: "1,250", startSeconds: 0.2, endSeconds: 1.4 });
  });

  it("joins what makes no sound to its neighbour", () => {
    const words = timed(
      "😀 hope 😀 — wins",
      [
        ["hope", 0],
        ["wins", 0.5],
      ],
      1,
    );
    expect(words.map(({ text }) => text)).toEqual(["😀 hope 😀 —", "wins"]);
  });

  it("ends a word before the pause that follows its clause", () => {
    const { text, words } = toSpokenText("Wait. Go", "en");
    const marks = [
      { character: 0, seconds: 0 },
      { character: text.indexOf("Go"), seconds: 0.9 },
    ];
    const silences = [{ startSeconds: 0.5, endSeconds: 0.9 }];
    expect(timeWords(words, marks, silences, 1.4)[0]).toEqual({ text: "Wait.", startSeconds: 0, endSeconds: 0.5 });
  });

  it("strictly increases within the sound and keeps the narration, whatever the engine says", () => {
    const anyMarks = fc.array(
      fc.record({ character: fc.integer({ min: -5, max: 700 }), seconds: fc.double({ min: 0, max: 60, noNaN: true }) }),
    );
    const anySilences = fc.array(
      fc
        .tuple(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([startSeconds, length]) => ({ startSeconds, endSeconds: startSeconds + length })),
    );
    const anyDuration = fc.double({ min: 0.05, max: 60, noNaN: true });
    fc.assert(
      fc.property(nastyText, anyMarks, anySilences, anyDuration, (narration, marks, silences, durationSeconds) => {
        const { words } = toSpokenText(narration, "en");
        fc.pre(words.some(({ spoken }) => spoken));
        const times = timeWords(words, marks, silences, durationSeconds);
        expect(times.map(({ text }) => text).join(" ")).toBe(narration.trim().split(/\s+/u).join(" "));
        let from = 0;
        for (const [index, { startSeconds, endSeconds }] of times.entries()) {
          expect(startSeconds).toBeGreaterThanOrEqual(from);
          if (index > 0) expect(startSeconds).toBeGreaterThan(times[index - 1]?.startSeconds ?? 0);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          from = endSeconds;
        }
        expect(from).toBeLessThanOrEqual(durationSeconds);
      }),
      { numRuns: 400 },
    );
  });
});
