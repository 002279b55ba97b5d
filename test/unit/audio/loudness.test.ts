import { describe, expect, it } from "vitest";
import { integratedLoudness, silenceLufs } from "../../../container/audio/loudness.ts";
import { sine } from "./signals.ts";

const sampleRate = 48_000;

/** EBU Tech 3341's test tones: 1 kHz in both channels, at levels of the peak in dBFS. */
function tones(...parts: [levelDb: number, seconds: number][]): Float32Array {
  return new Float32Array(
    parts.flatMap(([level, seconds]) => [...sine({ hertz: 1_000, level: 10 ** (level / 20), seconds, sampleRate })]),
  );
}

describe("loudness", () => {
  it.each([
    ["case 1", tones([-23, 5]), -23],
    ["case 2", tones([-33, 5]), -33],
    ["case 3: the relative gate", tones([-36, 3], [-23, 15], [-36, 3]), -23],
    ["case 4: the absolute gate", tones([-72, 3], [-36, 3], [-23, 15], [-36, 3], [-72, 3]), -23],
  ])("EBU Tech 3341 %s", (_, tone, lufs) => {
    expect(Math.abs(integratedLoudness([tone, tone], sampleRate) - lufs)).toBeLessThanOrEqual(0.1);
  });

  it("hears one channel 3 LU softer than two", () => {
    const tone = tones([0, 2]);
    expect(integratedLoudness([tone, new Float32Array(tone.length)], sampleRate)).toBeCloseTo(-3.01, 1);
  });

  it("gives the same answer at another sample rate", () => {
    const tone = sine({ hertz: 1_000, level: 10 ** (-23 / 20), seconds: 4, sampleRate: 22_050 });
    expect(integratedLoudness([tone, tone], 22_050)).toBeCloseTo(-23, 1);
  });

  it("measures through a gain without changing the sound", () => {
    const tone = tones([-20, 3]);
    const curve = { values: new Float32Array(3_001).fill(0.5), stepSamples: 48 };
    expect(integratedLoudness([tone, tone], sampleRate, curve)).toBeCloseTo(-26.02, 1);
    expect(integratedLoudness([tone, tone], sampleRate)).toBeCloseTo(-20, 1);
  });

  it("reads silence as silence", () => {
    expect(integratedLoudness([new Float32Array(sampleRate), new Float32Array(sampleRate)], sampleRate)).toBe(
      silenceLufs,
    );
    expect(integratedLoudness([], sampleRate)).toBe(silenceLufs);
  });
});
