import { describe, expect, it } from "vitest";
import { compose } from "../../../container/audio/compose.ts";
import { leadVoices, majorScale } from "../../../container/audio/harmony.ts";
import { createInstruments, pitchHertz } from "../../../container/audio/instruments.ts";
import { composeMusic } from "../../../container/audio/music.ts";
import { levelDb } from "./signals.ts";

const sampleRate = 48_000;
const moods = ["calm", "bright", "drive", "warm", "worship", "news"] as const;

function music(mood: (typeof moods)[number], seed: string, durationSeconds: number) {
  return composeMusic({ mood, seed, durationSeconds, sampleRate });
}

function likeness(one: Float32Array, other: Float32Array): number {
  const product = (left: Float32Array, right: Float32Array) =>
    left.reduce((sum, sample, index) => sum + sample * (right[index] ?? 0), 0);
  return Math.abs(product(one, other)) / Math.sqrt(product(one, one) * product(other, other));
}

describe.each(moods)("%s music", (mood) => {
  it.each([0.5, 2.5, 9, 31.4])("lasts exactly %d s, is heard and does not clip", (durationSeconds) => {
    const { left, right } = music(mood, "length", durationSeconds);
    expect(left.length).toBe(Math.round(durationSeconds * sampleRate));
    expect(right.length).toBe(left.length);
    for (const channel of [left, right]) {
      expect(channel.every((sample) => Math.abs(sample) <= 0.9)).toBe(true);
      expect(levelDb(channel, sampleRate, 0, durationSeconds)).toBeGreaterThan(-30);
    }
  });

  it("never falls silent before its end, and ends without a click", () => {
    const { left } = music(mood, "silence", 24);
    for (let second = 1; second < 22; second += 1) {
      expect(levelDb(left, sampleRate, second, second + 1)).toBeGreaterThan(-42);
    }
    expect(Math.abs(left[0] ?? 1)).toBe(0);
    expect(levelDb(left, sampleRate, 23.97, 24)).toBeLessThan(-60);
  });

  it("is the same for the same seed and another piece for another", () => {
    const first = music(mood, "one", 12);
    expect(music(mood, "one", 12).left).toEqual(first.left);
    expect(likeness(first.left, music(mood, "two", 12).left)).toBeLessThan(0.5);
  });

  it("is wide, and still there in mono", () => {
    const { left, right } = music(mood, "wide", 12);
    expect(likeness(left, right)).toBeLessThan(0.97);
    const mono = left.map((sample, index) => (sample + (right[index] ?? 0)) / 2);
    expect(levelDb(mono, sampleRate, 0, 12) - levelDb(left, sampleRate, 0, 12)).toBeGreaterThan(-4);
  });

  it("comes to rest on its first chord's key", () => {
    const { pads } = compose(mood, "ending", 40);
    const scaleTones = new Set(pads.flatMap(({ pitches }) => pitches.map((pitch) => pitch % 12)));
    expect(scaleTones.size).toBeLessThanOrEqual(7);
    expect(pads.at(-1)?.endSeconds).toBe(40);
    expect((pads.at(-1)?.endSeconds ?? 0) - (pads.at(-1)?.startSeconds ?? 0)).toBeGreaterThan(3);
  });

  it("has pieces in several keys, tempos and harmonies", () => {
    const pieces = Array.from({ length: 24 }, (_, seed) => compose(mood, `${seed}`, 60));
    const ends = new Set(pieces.map(({ pads }) => (pads.at(-1)?.pitches ?? []).map((pitch) => pitch % 12).join()));
    const tempos = new Set(pieces.map(({ pads }) => pads[0]?.endSeconds.toFixed(3)));
    expect(ends.size).toBeGreaterThan(5);
    expect(tempos.size).toBeGreaterThan(2);
  });
});

it("moods differ", () => {
  const pieces = moods.map((mood) => music(mood, "x", 10).left);
  for (const [index, piece] of pieces.entries()) {
    for (const other of pieces.slice(index + 1)) expect(likeness(piece, other)).toBeLessThan(0.5);
  }
});

describe("harmony", () => {
  it("moves its voices little from chord to chord", () => {
    for (let tonic = 48; tonic < 60; tonic += 1) {
      const chords = leadVoices(tonic, majorScale, [0, 3, 4, 0, 5, 1, 4, 0], 3);
      for (const [index, { voices }] of chords.entries()) {
        const before = chords[index - 1]?.voices ?? voices;
        expect(
          Math.max(...voices.map((pitch, voice) => Math.abs(pitch - (before[voice] ?? pitch)))),
        ).toBeLessThanOrEqual(5);
        expect(voices.map((pitch) => (pitch - tonic + 120) % 12).every((step) => majorScale.includes(step))).toBe(true);
      }
    }
  });
});

describe("instruments are in tune", () => {
  it.each([
    ["guitar", 57],
    ["guitar", 79],
    ["oud", 60],
    ["marimba", 67],
    ["bell", 79],
    ["kalimba", 76],
    ["keys", 64],
    ["bass", 40],
  ] as const)("%s at %d, within 4 cents", (instrument, pitch) => {
    const samples = createInstruments(sampleRate)(instrument, pitch).subarray(4_800, 33_600);
    const strength = (cents: number) => {
      const omega = (2 * Math.PI * pitchHertz(pitch) * 2 ** (cents / 1_200)) / sampleRate;
      let [real, imaginary] = [0, 0];
      samples.forEach((sample, index) => {
        const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length);
        real += sample * window * Math.cos(omega * index);
        imaginary += sample * window * Math.sin(omega * index);
      });
      return real ** 2 + imaginary ** 2;
    };
    const cents = Array.from({ length: 21 }, (_, index) => (index - 10) * 4);
    expect(
      Math.abs(cents.reduce((best, next) => (strength(next) > strength(best) ? next : best), 0)),
    ).toBeLessThanOrEqual(4);
  });
});
