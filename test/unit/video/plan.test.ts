import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Overlay } from "../../../container/overlay/overlay.ts";
import type { TimedScene } from "../../../container/scenes.ts";
import { type Encoding, segmentFingerprint } from "../../../container/video/encode-segments.ts";
import { cameraPath, defaultMotion, viewAt } from "../../../container/video/motion.ts";
import { overlaysIn, strengthAt } from "../../../container/video/overlay-strength.ts";
import { type Layer, planSegments, type Segment } from "../../../container/video/plan.ts";
import { frameRates, motions, transitions } from "../../../src/contract/video.ts";

function scenesOf(frameCounts: number[]): TimedScene[] {
  let startFrame = 0;
  return frameCounts.map((frameCount) => {
    const scene = { title: "", narration: "", startFrame, frameCount, speechStartSeconds: 0, words: [] };
    startFrame += frameCount;
    return scene;
  });
}

const unasked = { motions: [], transitions: [] };

describe("what is on screen at which frame", () => {
  test("one scene is one body", () => {
    expect(
      planSegments(scenesOf([90]), unasked, 30).map(({ startFrame, frameCount }) => [startFrame, frameCount]),
    ).toEqual([[0, 90]]);
  });

  test("a cross-fade is half before the cut and half after it, with both cameras in motion", () => {
    const [first, fade, second] = planSegments(scenesOf([90, 90]), unasked, 24);
    expect([first, fade, second].map((segment) => [segment?.startFrame, segment?.frameCount])).toEqual([
      [0, 84],
      [84, 12],
      [96, 84],
    ]);
    expect([fade?.layer.firstFrame, fade?.incoming?.firstFrame, second?.layer.firstFrame]).toEqual([84, 0, 12]);
    expect([fade?.layer.camera.spanFrames, fade?.incoming?.camera.spanFrames]).toEqual([96, 96]);
    expect(fade?.incoming?.passage).toBe("fade");
  });

  test("long bodies are cut where a key frame is anyway", () => {
    const pieces = planSegments(scenesOf([500]), unasked, 30);
    expect(pieces.map((piece) => piece.frameCount)).toEqual([120, 120, 120, 140]);
  });

  test("for any scenes: segments follow each other, sum to the scenes, and every camera runs once without a jump", () => {
    // A scene lasts 2.5 s at least: 150 frames at 60 a second.
    const scene = fc.integer({ min: 150, max: 1_800 });
    const choices = fc.array(fc.constantFrom(...transitions, undefined), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(scene, { minLength: 1, maxLength: 20 }),
        choices,
        fc.constantFrom(...frameRates),
        (counts, chosen, fps) => {
          const segments = planSegments(scenesOf(counts), { motions: [], transitions: chosen }, fps);
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
        },
      ),
    );
  });

  test("a scene that asks for a motion gets it, and neighbours that do not move differently", () => {
    const [body] = planSegments(scenesOf([90]), { motions: ["still"], transitions: [] }, 30);
    expect(body?.layer.camera.from).toEqual(body?.layer.camera.to);
    const chosen = Array.from({ length: 8 }, (_, index) => defaultMotion(index));
    for (const [index, motion] of chosen.entries()) expect(motion).not.toBe(chosen[index + 1]);
    expect(chosen).not.toContain("still");
  });
});

describe("a scene that changes", () => {
  const encoding: Encoding = { format: "mp4", quality: "standard" };
  const made = { frame: { width: 1280, height: 720 }, fps: 30, encoding };
  const fingerprints = (counts: number[], pictures: string[], overlays: Overlay[] = []) =>
    planSegments(scenesOf(counts), { motions: Array(5).fill("zoom_in"), transitions: [] }, 30).map((segment) =>
      JSON.stringify(segmentFingerprint(segment, overlays, made, pictures)),
    );
  const pictures = ["a", "b", "c", "d", "e"];

  test("changes its own segments and its two passages, and none else, though the later ones begin elsewhere", () => {
    const before = new Set(fingerprints([300, 300, 300, 300, 300], pictures));
    const after = fingerprints([300, 300, 310, 300, 300], ["a", "b", "C", "d", "e"]);
    // Every scene is cut in two; the third one's two bodies and what is on both sides of them are new.
    expect(after.map((one) => (before.has(one) ? "kept" : "new"))).toEqual([
      ...["kept", "kept", "kept", "kept", "kept"],
      ...["new", "new", "new", "new"],
      ...["kept", "kept", "kept", "kept", "kept"],
    ]);
  });

  test("words that change show only where they are on screen", () => {
    const said = (startFrame: number, fill: string): Overlay => ({
      ...{
        startFrame,
        endFrame: startFrame + 30,
        fadeInFrames: 0,
        fadeOutFrames: 0,
        x: 0,
        y: 0,
        width: 20,
        height: 20,
      },
      art: [{ kind: "box", x: 0, y: 0, width: 20, height: 20, radiusPx: 0, fill }],
    });
    const [one, other] = ["#ffffff", "#000000"].map((fill) => fingerprints([300], pictures, [said(10, fill)]));
    expect(one?.map((fingerprint, index) => fingerprint === other?.[index])).toEqual([false, true, true]);
  });

  test("is not known by where it begins, and is by what it shows, how large, how fast and how well", () => {
    const [segment] = planSegments(scenesOf([90]), unasked, 30);
    if (!segment) throw new Error("no segment");
    const known = (change: Partial<typeof made>, moved = segment) =>
      JSON.stringify(segmentFingerprint(moved, [], { ...made, ...change }, pictures));
    expect(known({}, { ...segment, startFrame: 700 })).toBe(known({}));
    const others = [
      known({ frame: { width: 720, height: 1280 } }),
      known({ fps: 25 }),
      known({ encoding: { format: "mp4", quality: "draft" } }),
      known({ encoding: { format: "webm", quality: "standard" } }),
    ];
    expect(new Set([known({}), ...others]).size).toBe(5);
    expect(known({ encoding: { format: "gif", quality: "standard" } })).toBe(known({}));
  });
});

describe("an overlay in a segment", () => {
  const [body] = planSegments(scenesOf([90]), unasked, 30);
  const overlay = { fadeInFrames: 4, fadeOutFrames: 9, x: 0, y: 0, width: 2, height: 2, art: [] };

  test("is as strong at every frame as it is in the video", () => {
    for (const [startFrame, endFrame] of [
      [-20, 40],
      [50, 200],
      [-3, 95],
      [-400, 700],
      [10, 13],
    ] as const) {
      const whole = { ...overlay, startFrame, endFrame };
      const cut = overlaysIn({ ...(body as Segment), startFrame: 0, frameCount: 90 }, [whole])[0];
      for (let frame = 0; frame < 90; frame += 1) expect(cut && strengthAt(cut, frame)).toBe(strengthAt(whole, frame));
    }
  });

  test("comes and goes in as many steps as it is told, and is never there outside its frames", () => {
    const shown = { ...overlay, startFrame: 10, endFrame: 40 };
    const strengths = Array.from({ length: 50 }, (_, frame) => strengthAt(shown, frame));
    expect(strengths.slice(9, 16)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1, 1]);
    expect(strengths[39]).toBeCloseTo(0.1);
    expect(strengths[40]).toBe(0);
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
    const [up, down] = [cameraPath("pan_up", 300, 30), cameraPath("pan_down", 300, 30)];
    expect(up.to.centreY).toBeLessThan(up.from.centreY);
    expect(down.to.centreY).toBeGreaterThan(down.from.centreY);
  });

  test("starts where it should, ends where it should, and never turns back", () => {
    const path = cameraPath("zoom_in", 240, 30);
    expect(viewAt(path, 0)).toEqual(path.from);
    expect(viewAt(path, 239).zoom).toBeCloseTo(path.to.zoom, 9);
    const zooms = Array.from({ length: 240 }, (_, frame) => viewAt(path, frame).zoom);
    zooms.slice(1).forEach((zoom, before) => {
      expect(zoom).toBeGreaterThan(zooms[before] ?? 0);
    });
  });
});
