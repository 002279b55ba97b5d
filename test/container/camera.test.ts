import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createFramePainter } from "../../container/video/compositor/frame-painter.ts";
import { compileKernel, openKernel } from "../../container/video/compositor/kernel.ts";
import { cameraPath, viewAt } from "../../container/video/motion.ts";
import type { Motion } from "../../src/contract/video.ts";
import { passingDirectory, stillPicture } from "../support/film-frames.ts";

/** The camera measured as an eye sees it: where soft dots are in each frame, against where they should be. */

const dotSigma = 4;
const windowRadius = 15;

type Dot = { x: number; y: number };

let scratch: Awaited<ReturnType<typeof passingDirectory>>;
beforeAll(async () => {
  scratch = await passingDirectory();
});
afterAll(() => scratch.remove());

/**
 * The centre of weight of a dot, by its light squared: in its faintest ring, which has one level of light or none, eight bits
 * can only step.
 */
function centroid(frame: Uint8Array, width: number, near: Dot): Dot {
  let [weight, sumX, sumY] = [0, 0, 0];
  const [midX, midY] = [Math.round(near.x), Math.round(near.y)];
  for (let y = midY - windowRadius; y <= midY + windowRadius; y += 1) {
    for (let x = midX - windowRadius; x <= midX + windowRadius; x += 1) {
      const light = ((frame[y * width + x] ?? 16) - 16) ** 2;
      weight += light;
      sumX += light * (x + 0.5);
      sumY += light * (y + 0.5);
    }
  }
  return { x: sumX / weight, y: sumY / weight };
}

async function measure(motion: Motion, frame: { width: number; height: number }, frameCount: number) {
  const dots: Dot[] = [];
  const picture = await stillPicture(`${scratch.directory}/${motion}-${frame.height}.yuv`, frame, () => 16);
  const { width, height } = picture;
  for (let row = 1; row <= 5; row += 1) {
    // Nowhere near a whole pixel, each at another place between two.
    for (let column = 1; column <= 8; column += 1) {
      dots.push({ x: width * (0.2 + 0.066 * column) + column * 0.137, y: height * (0.2 + 0.1 * row) + row * 0.291 });
    }
  }
  const { file } = await stillPicture(picture.file, frame, (x, y) => {
    let light = 0;
    for (const dot of dots) {
      const [dx, dy] = [x + 0.5 - dot.x, y + 0.5 - dot.y];
      if (dx * dx + dy * dy < 400) light += 215 * Math.exp(-(dx * dx + dy * dy) / (2 * dotSigma * dotSigma));
    }
    return Math.min(235, Math.round(16 + light));
  });
  const camera = cameraPath(motion, 300, 30);
  const firstFrame = 150 - frameCount / 2;
  const painter = createFramePainter(openKernel(compileKernel()), frame, () => new Uint8Array());
  const off: Dot[][] = dots.map(() => []);
  let index = 0;
  await painter.paint(
    {
      segment: { startFrame: 0, frameCount, layer: { scene: 0, camera, firstFrame } },
      ...{ picture: { ...picture, file }, incomingPicture: undefined, overlays: [] },
    },
    (bytes) => {
      const { zoom, centreX, centreY } = viewAt(camera, firstFrame + index);
      dots.forEach((dot, number) => {
        const x = ((dot.x / width - centreX) * zoom + 0.5) * frame.width;
        const y = ((dot.y / height - centreY) * zoom + 0.5) * frame.height;
        const seen = centroid(bytes, frame.width, { x, y });
        off[number]?.push({ x: seen.x - x, y: seen.y - y });
      });
      index += 1;
    },
  );
  return { off, frames: index };
}

describe.each([
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
])("at $height lines", (frame) => {
  test.each(["zoom_in", "zoom_out", "pan_right", "pan_up"] as const)("%s moves without a jitter", async (motion) => {
    const { off, frames } = await measure(motion, frame, 60);
    expect(frames).toBe(60);
    // A dot may lie a constant fraction beside its place; what shakes is what changes.
    const values = off.flatMap((dot) => {
      const mean = (axis: "x" | "y") => dot.reduce((sum, place) => sum + place[axis], 0) / dot.length;
      const [meanX, meanY] = [mean("x"), mean("y")];
      return dot.map(({ x, y }) => Math.hypot(x - meanX, y - meanY));
    });
    const rms = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    const steps = off.flatMap((dot) =>
      dot.slice(1).map(({ x, y }, before) => Math.hypot(x - (dot[before]?.x ?? 0), y - (dot[before]?.y ?? 0))),
    );
    const worstStep = Math.max(...steps);
    console.log(`${motion} at ${frame.height}: rms ${rms.toFixed(4)} px, worst step ${worstStep.toFixed(4)} px`);
    expect(rms).toBeLessThanOrEqual(0.01);
    expect(worstStep).toBeLessThanOrEqual(0.05);
    expect(Math.max(...off.flat().map(({ x, y }) => Math.hypot(x, y)))).toBeLessThan(0.05);
  });
});
