import { describe, expect, it } from "vitest";
import { applyGain } from "../../../container/audio/gain-curve.ts";
import { limiterStepSamples, limitingCurve, truePeaks } from "../../../container/audio/limiter.ts";
import { levelDb, sine } from "./signals.ts";

const sampleRate = 48_000;
const ceiling = 0.8;

function highest(samples: Float32Array): number {
  return Math.max(...truePeaks(samples, samples, 0));
}

describe("the limiter", () => {
  it("sees a peak that lies between samples", () => {
    const tone = sine({ hertz: sampleRate / 4, level: 1, seconds: 0.1, sampleRate, phase: Math.PI / 4 });
    expect(tone.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeCloseTo(Math.SQRT1_2, 3);
    expect(highest(tone.subarray(480, 4_320))).toBeCloseTo(1, 1);
  });

  it("keeps every true peak under the ceiling", () => {
    const samples = sine({ hertz: 311, level: 0.3, seconds: 1, sampleRate });
    for (let index = 9_600; index < 10_200; index += 1) samples[index] = (samples[index] ?? 0) * 3;
    samples[30_000] = 1;
    const curve = limitingCurve(truePeaks(samples, samples, 0), 2, ceiling);
    applyGain(samples, curve);
    expect(highest(samples)).toBeLessThanOrEqual(ceiling * 1.005);
    expect(highest(samples)).toBeGreaterThan(ceiling * 0.9);
  });

  it("only turns up what stays below the ceiling", () => {
    const peaks = new Float32Array(100).fill(0.2);
    expect([...limitingCurve(peaks, 2, ceiling).values].every((gain) => Math.abs(gain - 2) < 1e-6)).toBe(true);
  });

  it("is back to its gain a quarter of a second after a peak, and never jumps", () => {
    const peaks = new Float32Array(1_500).fill(0.1);
    peaks[500] = 0.8;
    const { values } = limitingCurve(peaks, 2, ceiling);
    const quarter = Math.round((0.5 * sampleRate) / limiterStepSamples);
    expect(values[500]).toBeCloseTo(1, 2);
    expect(values[500 + quarter]).toBeGreaterThan(1.95);
    const jumps = values.map((value, step) => Math.abs(value - (values[step - 1] ?? value)));
    expect(Math.max(...jumps)).toBeLessThan(0.15);
  });

  it("leaves the level of what it does not limit", () => {
    const samples = sine({ hertz: 500, level: 0.2, seconds: 1, sampleRate });
    const before = levelDb(samples, sampleRate, 0.2, 0.8);
    applyGain(samples, limitingCurve(truePeaks(samples, samples, 0), 2, ceiling));
    expect(levelDb(samples, sampleRate, 0.2, 0.8) - before).toBeCloseTo(6.02, 2);
  });
});
