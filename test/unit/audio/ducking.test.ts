import { describe, expect, it } from "vitest";
import { duckingCurve } from "../../../container/audio/ducking.ts";

const sampleRate = 48_000;

function gainDbAt(speech: [number, number][], seconds: number, duckDb = 14): number {
  const intervals = speech.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds }));
  const { values, stepSamples } = duckingCurve(intervals, { durationSeconds: 20, duckDb }, sampleRate);
  return 20 * Math.log10(values[Math.round((seconds * sampleRate) / stepSamples)] ?? Number.NaN);
}

describe("ducking", () => {
  it.each([
    ["well before", 4.7, 0],
    ["when the voice begins", 5, -14],
    ["while it speaks", 7, -14],
    ["when it ends", 9, -14],
    ["after the ramp up", 9.65, 0],
  ])("%s", (_, seconds, gainDb) => {
    expect(gainDbAt([[5, 9]], seconds)).toBeCloseTo(gainDb, 1);
  });

  it.each([
    [0.7, -14],
    [1.1, -14],
    [2.5, 0],
  ])("in the middle of a pause of %d s: %d dB", (pauseSeconds, gainDb) => {
    expect(
      gainDbAt(
        [
          [2, 5],
          [5 + pauseSeconds, 12],
        ],
        5 + pauseSeconds * 0.62,
      ),
    ).toBeCloseTo(gainDb, 0);
  });

  it.each([0, 6, 30])("steps back by exactly %d dB", (duckDb) => {
    expect(gainDbAt([[5, 9]], 7, duckDb)).toBeCloseTo(-duckDb, 3);
  });

  it("comes down and goes up without a jump", () => {
    const { values } = duckingCurve(
      [{ startSeconds: 3, endSeconds: 5 }],
      { durationSeconds: 10, duckDb: 14 },
      sampleRate,
    );
    const steps = values.map((value, step) => Math.abs(20 * Math.log10(value / (values[step - 1] ?? value))));
    expect(Math.max(...steps)).toBeLessThan(1.5);
  });
});
