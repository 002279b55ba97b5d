import { describe, expect, test } from "vitest";
import type { Speech } from "../../../container/scenes.ts";
import { layTimeline, totalFrames } from "../../../container/video/timeline.ts";

function speech(seconds: number): Speech {
  const sampleRate = 1_000;
  const words = [{ text: "word", startSeconds: 0, endSeconds: seconds }];
  return { samples: new Float32Array(Math.round(seconds * sampleRate)), sampleRate, words };
}

function frames(speechSeconds: number, options: { fps?: number; durationSeconds?: number; ceilingSeconds?: number }) {
  const { fps = 30, durationSeconds, ceilingSeconds } = options;
  const scenes = [{ script: { title: "", narration: "" }, speech: speech(speechSeconds), durationSeconds }];
  return layTimeline(scenes, { fps, ...(ceilingSeconds ? { ceilingSeconds } : {}) })[0];
}

describe("how long a scene lasts", () => {
  test.each([
    ["the floor, however little is said", 0.5, {}, 75],
    ["the floor, up to where speech needs more", 1.7, {}, 75],
    ["padded speech, rounded up to a frame", 1.701, {}, 76],
    ["exactly its frames when they are whole", 3.2, {}, 120],
    ["what was asked for", 2, { durationSeconds: 6 }, 180],
    ["the speech, when less was asked for", 8, { durationSeconds: 3 }, 264],
    ["the ceiling, when only padding is beyond it", 11.5, { ceilingSeconds: 12 }, 360],
    ["the speech, beyond the ceiling", 13, { ceilingSeconds: 12 }, 390],
    ["its time in 24 frames a second", 3.21, { fps: 24 }, 97],
    ["its time in 25 frames a second", 3.21, { fps: 25 }, 101],
  ])("%s", (_, seconds, options, expected) => {
    expect(frames(seconds, options)?.frameCount).toBe(expected);
  });
});

describe("where the voice is", () => {
  test("0.3 s after the scene begins, and its words with it", () => {
    expect(frames(3, {})?.speechStartSeconds).toBeCloseTo(0.3, 9);
    expect(frames(3, {})?.words[0]?.startSeconds).toBeCloseTo(0.3, 9);
  });

  test("within the scene when the ceiling takes the padding", () => {
    for (const seconds of [11.3, 11.9, 12, 12.4]) {
      const scene = frames(seconds, { ceilingSeconds: 12 });
      const endSeconds = (scene?.speechStartSeconds ?? 0) + seconds;
      expect(endSeconds).toBeLessThanOrEqual((scene?.frameCount ?? 0) / 30 + 1e-9);
    }
  });

  test("after all the frames before it", () => {
    const scenes = [2, 5.013, 3].map((seconds) => ({
      script: { title: "", narration: "" },
      speech: speech(seconds),
    }));
    const laid = layTimeline(scenes, { fps: 30 });
    expect(laid.map((scene) => scene.startFrame)).toEqual([0, 84, 259]);
    expect(laid[2]?.speechStartSeconds).toBeCloseTo(259 / 30 + 0.3, 9);
    expect(totalFrames(laid)).toBe(259 + 114);
  });
});
