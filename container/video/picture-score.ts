/** A small picture as it is judged: bytes of planar yuv420p. */
export type Sample = { width: number; height: number; planes: Uint8Array };

const luma = { black: 16, white: 235, steps: 219 } as const;
const grey = 128;

/**
 * How good a poster a picture makes, from 0 to 1: contrast, sharp edges and colour add up, and a picture that is nearly black,
 * nearly white or nearly flat is worth almost nothing. A function of the sample alone.
 */
export function scoreSample({ width, height, planes }: Sample): number {
  const area = width * height;
  let [sum, squares, edges] = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const value = planes[at] ?? 0;
      sum += value;
      squares += value * value;
      const right = x + 1 < width ? Math.abs((planes[at + 1] ?? 0) - value) : 0;
      const below = y + 1 < height ? Math.abs((planes[at + width] ?? 0) - value) : 0;
      edges += right + below;
    }
  }
  let colour = 0;
  for (let at = area; at < (area * 5) / 4; at += 1) {
    colour += Math.hypot((planes[at] ?? grey) - grey, (planes[at + area / 4] ?? grey) - grey);
  }
  const mean = sum / area;
  const contrast = Math.sqrt(Math.max(0, squares / area - mean * mean));
  const brightness = (mean - luma.black) / luma.steps;
  const quality = 0.45 * upTo(contrast, 55) + 0.3 * upTo(edges / area, 12) + 0.25 * upTo(colour / (area / 4), 40);
  // From nothing to all within the darkest and the brightest seventh, and within a contrast that one cannot see.
  const isThere = upTo(brightness, 0.15) * upTo(1 - brightness, 0.15) * upTo(contrast, 12);
  return quality * isThere * isThere;
}

/** A picture made smaller, to a sample of `width` × `height`, both even and no larger than it: each pixel the mean of those it stands for. */
export function shrinkToSample(picture: Sample, { width, height }: { width: number; height: number }): Sample {
  const planes = new Uint8Array((width * height * 3) / 2);
  const [fromArea, area] = [picture.width * picture.height, width * height];
  shrinkPlane(picture.planes.subarray(0, fromArea), picture, planes.subarray(0, area), { width, height });
  const halves = [
    { width: picture.width / 2, height: picture.height / 2 },
    { width: width / 2, height: height / 2 },
  ] as const;
  for (const plane of [0, 1]) {
    const [from, to] = [fromArea + (plane * fromArea) / 4, area + (plane * area) / 4];
    const smaller = planes.subarray(to, to + area / 4);
    shrinkPlane(picture.planes.subarray(from, from + fromArea / 4), halves[0], smaller, halves[1]);
  }
  return { width, height, planes };
}

type Size = { width: number; height: number };

function shrinkPlane(plane: Uint8Array, from: Size, smaller: Uint8Array, to: Size): void {
  for (let y = 0; y < to.height; y += 1) {
    const [top, bottom] = [y, y + 1].map((row) => Math.floor((row * from.height) / to.height)) as [number, number];
    for (let x = 0; x < to.width; x += 1) {
      const left = Math.floor((x * from.width) / to.width);
      const right = Math.floor(((x + 1) * from.width) / to.width);
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) sum += plane[row * from.width + column] ?? 0;
      }
      smaller[y * to.width + x] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
}

function upTo(value: number, enough: number): number {
  return Math.min(1, Math.max(0, value / enough));
}
