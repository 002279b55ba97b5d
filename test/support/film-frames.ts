import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import { type PreparedPicture, preparedSize } from "../../container/picture/prepared-picture.ts";
import type { FrameSize } from "../../container/video/plan.ts";

export const neverAborted = new AbortController().signal;

/** A directory that goes with the test file. */
export async function passingDirectory(): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), "film-test-"));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** A still for `frame` whose luma is what `lumaAt` says, and whose chroma is even. */
export async function stillPicture(
  file: string,
  frame: FrameSize,
  lumaAt: (x: number, y: number) => number,
  chroma: [blue: number, red: number] = [128, 128],
): Promise<Extract<PreparedPicture, { kind: "still" }>> {
  const { width, height } = preparedSize(frame);
  const area = width * height;
  const planes = Buffer.alloc((area * 3) / 2);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) planes[y * width + x] = lumaAt(x, y);
  planes.fill(chroma[0], area, (area * 5) / 4).fill(chroma[1], (area * 5) / 4);
  await writeFile(file, planes);
  return { kind: "still", file, width, height };
}

/** Every frame of a film as planar yuv420p. */
export async function decodeFrames(film: string, { width, height }: FrameSize): Promise<Buffer[]> {
  const file = `${film}.frames`;
  const raw = ["-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-f", "rawvideo", file];
  await runFfmpeg(["-i", film, "-an", ...raw], { signal: neverAborted });
  const bytes = await readFile(file);
  await rm(file);
  const size = (width * height * 3) / 2;
  return Array.from({ length: bytes.length / size }, (_, frame) => bytes.subarray(frame * size, (frame + 1) * size));
}

/** The mean of a rectangle of a frame's luma. */
export function meanLuma(
  frame: Buffer | undefined,
  { width }: FrameSize,
  [left, top, right, bottom]: [number, number, number, number],
): number {
  let sum = 0;
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) sum += frame?.[y * width + x] ?? Number.NaN;
  return sum / ((right - left) * (bottom - top));
}

/** Peak signal to noise, in dB, over all planes. */
export function psnr(one: Buffer[], other: Buffer[]): number {
  let [squares, count] = [0, 0];
  one.forEach((frame, index) => {
    const against = other[index];
    for (let at = 0; at < frame.length; at += 1) {
      const difference = (frame[at] ?? 0) - (against?.[at] ?? Number.NaN);
      squares += difference * difference;
    }
    count += frame.length;
  });
  return 10 * Math.log10((255 * 255 * count) / squares);
}
