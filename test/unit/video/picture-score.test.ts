import { expect, test } from "vitest";
import { type Sample, scoreSample } from "../../../container/video/picture-score.ts";

const [width, height] = [64, 36];

function sample(lumaAt: (x: number, y: number) => number, chroma: [number, number] = [128, 128]): Sample {
  const planes = new Uint8Array((width * height * 3) / 2);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) planes[y * width + x] = lumaAt(x, y);
  const area = width * height;
  planes.fill(chroma[0], area, (area * 5) / 4).fill(chroma[1], (area * 5) / 4);
  return { width, height, planes };
}

const checks = (x: number, y: number) => ((x >> 2) + (y >> 2)) % 2 === 0;
const scene = sample((x, y) => (checks(x, y) ? 60 : 180), [100, 160]);

test("a nearly black, a nearly white and a flat picture make no poster", () => {
  for (const empty of [sample(() => 16), sample(() => 235), sample(() => 120), sample((x) => 16 + (x % 3))]) {
    expect(scoreSample(empty)).toBeLessThan(0.05);
  }
  expect(scoreSample(scene)).toBeGreaterThan(0.7);
});

test("contrast, edges and colour each make a picture better", () => {
  const pale = sample((x, y) => (checks(x, y) ? 100 : 140), [100, 160]);
  const soft = sample((x) => 60 + (120 * x) / width, [100, 160]);
  const grey = sample((x, y) => (checks(x, y) ? 60 : 180));
  for (const worse of [pale, soft, grey]) expect(scoreSample(worse)).toBeLessThan(scoreSample(scene));
});
