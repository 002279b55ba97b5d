import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TimedScene } from "../../../container/scenes.ts";
import { cameraPath, defaultMotion } from "../../../container/video/motion.ts";
import { type Layer, planSegments } from "../../../container/video/plan.ts";
import { frameRates, motions } from "../../../src/contract/video.ts";

function scenesOf(frameCounts: number[]): TimedScene[] {
  let startFrame = 0;
  return frameCounts.map((frameCount) => {
    const scene = { title: "", narration: "", startFrame, frameCount, speechStartSeconds: 0, words: [] };
    startFrame += frameCount;
    return scene;
  });
}

describe("what is on screen at which frame", () => {
  test("one scene is one body", () => {
    expect(planSegments(scenesOf([90]), [], 30).map(({ startFrame, frameCount }) => [startFrame, frameCount])).toEqual([
      [0, 90],
    ]);
  });

  test("a cross-fade is half before the cut and half after it, with both cameras in motion", () => {
    const [first, fade, second] = planSegments(scenesOf([90, 90]), [], 30);
    expect([first, fade, second].map((segment) => [segment?.startFrame, segment?.frameCount])).toEqual([
      [0, 84],
      [84, 12],
      [96, 84],
    ]);
    expect([fade?.layer.firstFrame, fade?.incoming?.firstFrame, second?.layer.firstFrame]).toEqual([84, 0, 12]);
    expect([fade?.layer.camera.spanFrames, fade?.incoming?.camera.spanFrames]).toEqual([96, 96]);
  });

  test("long bodies are cut where a key frame is anyway", () => {
    const pieces = planSegments(scenesOf([500]), [], 30);
    expect(pieces.map((piece) => piece.frameCount)).toEqual([120, 120, 120, 140]);
  });

  test("for any scenes: segments follow each other, sum to the scenes, and every camera runs once without a jump", () => {
    const scene = fc.integer({ min: 75, max: 1_800 });
    fc.assert(
      fc.property(fc.array(scene, { minLength: 1, maxLength: 20 }), fc.constantFrom(...frameRates), (counts, fps) => {
        const segments = planSegments(scenesOf(counts), [], fps);
        let frame = 0;
        const cameraFrames = counts.map(() => 0);
        const advance = (layer: Layer | undefined, frameCount: number) => {
          if (!layer) return;
          expect(layer.firstFrame).toBe(cameraFrames[layer.scene]);
          cameraFrames[layer.scene] = layer.firstFrame + frameCount;
        };
        for (const segment of segments) {
          expect(segment.startFrame).toBe(frame);
          expect(segment.frameCount).toBeGreaterThan(0);
          advance(segment.layer, segment.frameCount);
          advance(segment.incoming, segment.frameCount);
          frame += segment.frameCount;
        }
        expect(frame).toBe(counts.reduce((sum, count) => sum + count, 0));
        for (const { layer } of segments) expect(cameraFrames[layer.scene]).toBe(layer.camera.spanFrames);
      }),
    );
  });

  test("a scene that asks for a motion gets it, and neighbours that do not move differently", () => {
    const [body] = planSegments(scenesOf([90]), ["still"], 30);
    expect(body?.layer.camera.from).toEqual(body?.layer.camera.to);
    const chosen = Array.from({ length: 8 }, (_, index) => defaultMotion(index));
    for (const [index, motion] of chosen.entries()) expect(motion).not.toBe(chosen[index + 1]);
    expect(chosen).not.toContain("still");
  });
});

describe("the camera", () => {
  test.each(motions)("%s never leaves the picture", (motion) => {
    for (const spanFrames of [75, 300, 1_800]) {
      const path = cameraPath(motion, spanFrames, 30);
      for (const view of [path.from, path.to]) {
        const half = 0.5 / view.zoom;
        for (const centre of [view.centreX, view.centreY]) {
          expect(centre - half).toBeGreaterThanOrEqual(-1e-9);
          expect(centre + half).toBeLessThanOrEqual(1 + 1e-9);
        }
      }
    }
  });

  test("goes where its name says", () => {
    const [zoomIn, zoomOut] = [cameraPath("zoom_in", 300, 30), cameraPath("zoom_out", 300, 30)];
    expect(zoomIn.to.zoom).toBeGreaterThan(zoomIn.from.zoom);
    expect(zoomOut.to.zoom).toBeLessThan(zoomOut.from.zoom);
    const [left, right] = [cameraPath("pan_left", 300, 30), cameraPath("pan_right", 300, 30)];
    expect(left.to.centreX).toBeLessThan(left.from.centreX);
    expect(right.to.centreX).toBeGreaterThan(right.from.centreX);
  });
});
