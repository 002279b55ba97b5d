import { describe, expect, it } from "vitest";
import { polishVoice } from "../../../container/voice/polish.ts";

const sampleRate = 22_050;

function tone(hertz: number, level: number, seconds = 1): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, index) => level * Math.sin((2 * Math.PI * hertz * index) / sampleRate),
  );
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

describe("the polished voice", () => {
  it.each([0.01, 0.1, 0.9])("is equally loud from a level of %d", (level) => {
    const samples = tone(400, level);
    polishVoice(samples, sampleRate, []);
    expect(20 * Math.log10(rms(samples))).toBeCloseTo(-20, 0);
  });

  it("brings quiet and loud words closer together", () => {
    const samples = new Float32Array([...tone(400, 0.8), ...tone(400, 0.2)]);
    polishVoice(samples, sampleRate, []);
    const apart = rms(samples.subarray(0, sampleRate)) / rms(samples.subarray(sampleRate + 5_000));
    expect(20 * Math.log10(apart)).toBeLessThan(10);
    expect(20 * Math.log10(apart)).toBeGreaterThan(3);
  });

  it("takes out rumble", () => {
    const samples = Float32Array.from(
      tone(400, 0.3),
      (value, index) => value + 0.3 * Math.sin((2 * Math.PI * 20 * index) / sampleRate),
    );
    polishVoice(samples, sampleRate, []);
    const rumble = samples.reduce(
      (sum, value, index) => sum + value * Math.sin((2 * Math.PI * 20 * index) / sampleRate),
      0,
    );
    expect(Math.abs((2 * rumble) / samples.length)).toBeLessThan(0.02);
  });

  it("stays silent for silence", () => {
    const samples = new Float32Array(500);
    polishVoice(samples, sampleRate, []);
    expect(rms(samples)).toBe(0);
  });
});
