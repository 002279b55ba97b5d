import { describe, expect, it } from "vitest";
import type { EngineEvent } from "../../../container/voice/frames.ts";
import { paceSpeech } from "../../../container/voice/pauses.ts";

const sampleRate = 22_050;

/** Two clauses of half a second of sound, each followed by 0.7 s of silence, after 0.2 s of silence. */
function twoClauses(punctuation: string) {
  const samples = new Float32Array(Math.round(2.6 * sampleRate));
  for (const startSeconds of [0.2, 1.4]) {
    const start = Math.round(startSeconds * sampleRate);
    for (let index = 0; index < sampleRate / 2; index += 1) samples[start + index] = index % 2 === 0 ? 0.3 : -0.3;
  }
  const events: EngineEvent[] = [
    { kind: "word", character: 0, timeMs: 200 },
    { kind: "clauseEnd", character: 4, timeMs: 1_300 },
    { kind: "word", character: 5, timeMs: 1_300 },
    { kind: "clauseEnd", character: 7, timeMs: 2_600 },
  ];
  return { samples, events, text: `Wait${punctuation} go` };
}

function soundedSeconds(samples: Float32Array, isFromEnd: boolean): number {
  const index = isFromEnd
    ? samples.findLastIndex((sample) => sample !== 0)
    : samples.findIndex((sample) => sample !== 0);
  return index / sampleRate;
}

describe("pauses", () => {
  it.each([
    [".", 1, 0.35],
    ["?", 1, 0.35],
    [":", 1, 0.22],
    [",", 1, 0.15],
    ["؟", 1, 0.35],
    ["،", 1, 0.15],
    ["።", 1, 0.35],
    ["፣", 1, 0.15],
    ["।", 1, 0.35],
    [".", 2, 0.175],
    [",", 0.5, 0.3],
  ])("after %j at speed %d: %d s", (punctuation, speed, pauseSeconds) => {
    const { samples, events, text } = twoClauses(punctuation);
    const paced = paceSpeech(samples, sampleRate, events, text, speed);
    const [silence] = paced.silences;
    expect((silence?.endSeconds ?? 0) - (silence?.startSeconds ?? 0)).toBeCloseTo(pauseSeconds, 3);
    expect(paced.marks[1]?.seconds).toBeCloseTo(silence?.endSeconds ?? 0, 3);
    expect(paced.samples.length / sampleRate).toBeCloseTo(1 + pauseSeconds + 0.06, 2);
  });

  it("begins and ends with its sound, not with the engine's silence", () => {
    const { samples, events, text } = twoClauses(".");
    const paced = paceSpeech(samples, sampleRate, events, text, 1);
    expect(soundedSeconds(paced.samples, false)).toBeCloseTo(0.03, 2);
    expect(paced.samples.length / sampleRate - soundedSeconds(paced.samples, true)).toBeCloseTo(0.03, 2);
  });

  it("has no sound for silence", () => {
    expect(paceSpeech(new Float32Array(1_000), sampleRate, [], "x", 1).samples).toHaveLength(0);
  });
});
