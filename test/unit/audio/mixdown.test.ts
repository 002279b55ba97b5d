import { describe, expect, it } from "vitest";
import { type MixdownRequest, mixDown, mixSampleRate } from "../../../container/audio/mixdown.ts";
import { composeMusic } from "../../../container/audio/music.ts";
import type { Speech } from "../../../container/scenes.ts";
import { levelDb } from "./signals.ts";

/** Something like a voice: a low buzz that comes and goes four times a second. */
function babble(seconds: number, level = 0.3): Speech {
  const sampleRate = 22_050;
  const samples = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) => {
    const time = index / sampleRate;
    const buzz = [1, 2, 3, 5, 8].reduce(
      (sum, partial) => sum + Math.sin(2 * Math.PI * 140 * partial * time) / partial,
      0,
    );
    return level * 0.4 * buzz * Math.sin(Math.PI * 4 * time) ** 2;
  });
  return { samples, sampleRate, words: [{ text: "Babble", startSeconds: 0, endSeconds: seconds }] };
}

const usual = { duckDb: 14, loudnessLufs: -14, seed: "mix" };
const mood = (name: "none" | "bright" | "drive" | "calm"): MixdownRequest["bed"] => ({ kind: "mood", mood: name });

describe("the bed under a voice", () => {
  it("steps back by 14 dB while someone speaks and comes back in the pauses", () => {
    const durationSeconds = 40;
    const silent: Speech = { ...babble(6), samples: new Float32Array(6 * 22_050) };
    // The second voice is loud, so that the limiter has no reason to touch the bed.
    const scenes = [
      { speech: silent, startSeconds: 8 },
      { speech: babble(12), startSeconds: 26 },
    ];
    const { left } = mixDown({ ...usual, scenes, bed: mood("bright"), seed: "duck", durationSeconds });
    const bed = composeMusic({ mood: "bright", seed: "duck", durationSeconds, sampleRate: mixSampleRate }).left;
    const gainDb = (start: number, end: number) =>
      levelDb(left, mixSampleRate, start, end) - levelDb(bed, mixSampleRate, start, end);
    expect(gainDb(8.1, 13.9) - gainDb(2, 7.5)).toBeCloseTo(-14, 1);
    expect(gainDb(15, 25) - gainDb(2, 7.5)).toBeCloseTo(0, 1);
  });

  it("lies 15 dB and more under the voice", () => {
    const scenes = [{ speech: babble(8), startSeconds: 3 }];
    const durationSeconds = 14;
    const voice = mixDown({ ...usual, scenes, bed: mood("none"), durationSeconds }).left;
    const both = mixDown({ ...usual, scenes, bed: mood("drive"), durationSeconds }).left;
    const level = levelDb(both, mixSampleRate, 4, 10) - levelDb(voice, mixSampleRate, 4, 10);
    const bed = both.map((sample, index) => sample - (voice[index] ?? 0) * 10 ** (level / 20));
    expect(levelDb(bed, mixSampleRate, 4, 10) - levelDb(both, mixSampleRate, 4, 10)).toBeLessThan(-15);
  });
});

describe("the whole sound", () => {
  it.each([
    ["speech alone", [{ speech: babble(5), startSeconds: 0.4 }], "none", 6],
    ["two and a half seconds", [{ speech: babble(1.2), startSeconds: 0.4 }], "calm", 2.5],
    ["two and a half seconds without music", [{ speech: babble(1.2), startSeconds: 0.4 }], "none", 2.5],
    ["a very quiet voice", [{ speech: babble(5, 0.002), startSeconds: 0.4 }], "drive", 8],
    ["music alone", [], "bright", 10],
  ] as const)("%s reaches -14 LUFS under -1 dBTP", (_, scenes, music, durationSeconds) => {
    const mix = mixDown({ ...usual, scenes: [...scenes], bed: mood(music), durationSeconds });
    expect(mix.integratedLufs).toBeCloseTo(-14, 0);
    expect(mix.truePeakDb).toBeLessThanOrEqual(-1.7);
    expect(mix.left.length).toBe(durationSeconds * mixSampleRate);
  });

  it.each([-24, -19, -16, -12, -9])("reaches %d LUFS under -1 dBTP when asked to", (loudnessLufs) => {
    const scenes = [{ speech: babble(12), startSeconds: 0.4 }];
    const mix = mixDown({ ...usual, loudnessLufs, scenes, bed: mood("calm"), durationSeconds: 14 });
    expect(Math.abs(mix.integratedLufs - loudnessLufs)).toBeLessThanOrEqual(0.3);
    expect(mix.truePeakDb).toBeLessThanOrEqual(-1.7);
  });

  it("makes scenes of different loudness equally loud", () => {
    const scenes = [
      { speech: babble(4, 0.03), startSeconds: 0.5 },
      { speech: babble(4, 0.6), startSeconds: 6 },
    ];
    const { left } = mixDown({ ...usual, scenes, bed: mood("none"), durationSeconds: 11 });
    expect(levelDb(left, mixSampleRate, 1, 4) - levelDb(left, mixSampleRate, 6.5, 9.5)).toBeCloseTo(0, 0);
  });

  it("lays each narration where its scene says", () => {
    const { left } = mixDown({
      ...usual,
      scenes: [{ speech: babble(2), startSeconds: 3 }],
      bed: mood("none"),
      durationSeconds: 8,
    });
    expect(left.findIndex((sample) => Math.abs(sample) > 0.01) / mixSampleRate).toBeCloseTo(3, 1);
    expect(left.findLastIndex((sample) => Math.abs(sample) > 0.01) / mixSampleRate).toBeCloseTo(5, 0);
  });

  it("is silent when there is nothing to hear", () => {
    const { left, integratedLufs } = mixDown({ ...usual, scenes: [], bed: mood("none"), durationSeconds: 3 });
    expect(left.every((sample) => sample === 0)).toBe(true);
    expect(integratedLufs).toBe(-70);
  });
});

describe("somebody's own music", () => {
  /** A tone that says which second of the recording is heard. */
  const recording = (seconds: number) => {
    const samples = Float32Array.from({ length: seconds * mixSampleRate }, (_, index) => {
      const second = Math.floor(index / mixSampleRate);
      return 0.2 * Math.sin((2 * Math.PI * (300 + 100 * second) * index) / mixSampleRate);
    });
    return { left: samples, right: samples.slice() };
  };
  const mixed = (seconds: number, durationSeconds: number) =>
    mixDown({ ...usual, scenes: [], bed: { kind: "own", recording: recording(seconds) }, durationSeconds }).left;

  it("is repeated without a hole when it is too short", () => {
    const left = mixed(8, 30);
    expect(left.length).toBe(30 * mixSampleRate);
    const levels = Array.from({ length: 27 }, (_, second) => levelDb(left, mixSampleRate, second + 1, second + 2));
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(4);
  });

  it("is cut when it is too long, and faded at its end", () => {
    const left = mixed(40, 10);
    expect(levelDb(left, mixSampleRate, 4, 8)).toBeGreaterThan(-30);
    expect(levelDb(left, mixSampleRate, 9.95, 10)).toBeLessThan(-50);
  });

  it("is brought to the bed's level and ducked like any bed", () => {
    const silent: Speech = { ...babble(6), samples: new Float32Array(6 * 22_050) };
    const scenes = [{ speech: silent, startSeconds: 10 }];
    const bed: MixdownRequest["bed"] = { kind: "own", recording: recording(30) };
    const { left } = mixDown({ ...usual, scenes, bed, duckDb: 9, durationSeconds: 28 });
    const step = levelDb(left, mixSampleRate, 11, 15) - levelDb(left, mixSampleRate, 3, 9);
    expect(step).toBeCloseTo(-9, 0);
  });

  it("that is silent leaves the voice alone", () => {
    const silence = { left: new Float32Array(48_000), right: new Float32Array(48_000) };
    const scenes = [{ speech: babble(4), startSeconds: 0.4 }];
    const mix = mixDown({ ...usual, scenes, bed: { kind: "own", recording: silence }, durationSeconds: 6 });
    expect(mix.integratedLufs).toBeCloseTo(-14, 0);
  });
});
