import { describe, expect, it } from "vitest";
import { resample } from "../../../container/audio/resample.ts";
import { levelDb, sine } from "./signals.ts";

describe("resampling", () => {
  it.each([
    [22_050, 48_000],
    [24_000, 48_000],
    [44_100, 48_000],
    [48_000, 22_050],
  ])("%d to %d Hz keeps a tone as it was", (from, to) => {
    const converted = resample(sine({ hertz: 1_000, level: 0.5, seconds: 1, sampleRate: from }), from, to);
    const ideal = sine({ hertz: 1_000, level: 0.5, seconds: 1, sampleRate: to });
    const error = converted.map((sample, index) => sample - (ideal[index] ?? 0));
    expect(converted.length).toBe(Math.ceil(to));
    expect(levelDb(error, to, 0.1, 0.9)).toBeLessThan(-60);
  });

  it("makes no images of what it converts up", () => {
    const converted = resample(sine({ hertz: 9_000, level: 0.5, seconds: 1, sampleRate: 22_050 }), 22_050, 48_000);
    const ideal = sine({ hertz: 9_000, level: 0.5, seconds: 1, sampleRate: 48_000 });
    expect(
      levelDb(
        converted.map((sample, index) => sample - (ideal[index] ?? 0)),
        48_000,
        0.1,
        0.9,
      ),
    ).toBeLessThan(-40);
  });
});
