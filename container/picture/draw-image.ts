import { createCanvas, ImageData } from "@napi-rs/canvas";
import type { ImageRequest } from "../../src/contract/container-protocol.ts";
import type { Aspect } from "../../src/contract/video.ts";
import { drawScene } from "./draw-scene.ts";
import { paintDrawing } from "./paint-style.ts";
import type { Size } from "./rasterise.ts";

/** The long side has 2048 pixels. */
const sizes: Record<Aspect, Size> = {
  "16:9": { width: 2048, height: 1152 },
  "9:16": { width: 1152, height: 2048 },
  "1:1": { width: 2048, height: 2048 },
  "4:5": { width: 1638, height: 2048 },
};
const jpegQuality = 90;

/** One picture by itself, as JPEG bytes. The same request always gives the same bytes. */
export async function drawImage({ prompt, aspect, style, seed }: ImageRequest): Promise<Buffer> {
  const size = sizes[aspect];
  const drawing = drawScene({
    title: "",
    narration: prompt,
    videoTitle: "",
    style,
    sceneIndex: 0,
    ...size,
    seed: `${seed}\n${prompt}`,
  });
  const { width, height, data } = await paintDrawing(drawing, size);
  const canvas = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  canvas.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.encode("jpeg", jpegQuality);
}
