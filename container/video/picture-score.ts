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

function upTo(value: number, enough: number): number {
  return Math.min(1, Math.max(0, value / enough));
}
