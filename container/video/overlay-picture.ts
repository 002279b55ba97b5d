import { createCanvas } from "../overlay/canvas.ts";
import { drawOverlay } from "../overlay/draw-overlay.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { FrameSize } from "./plan.ts";

/** Overlays over nothing, as a PNG of the frame's size; `strengths` say how much of each is there, from 0 to 1. */
export function overlayPicture(overlays: Overlay[], strengths: number[], frame: FrameSize): Buffer {
  return canvasWith(overlays, strengths, frame).toBuffer("image/png");
}

/** The same as bytes of RGBA, not multiplied by alpha. */
export function overlayPixels(overlays: Overlay[], strengths: number[], frame: FrameSize): Uint8ClampedArray {
  return canvasWith(overlays, strengths, frame).getContext("2d").getImageData(0, 0, frame.width, frame.height).data;
}

function canvasWith(overlays: Overlay[], strengths: number[], { width, height }: FrameSize) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  for (const [index, overlay] of overlays.entries()) {
    context.globalAlpha = strengths[index] ?? 0;
    if (context.globalAlpha > 0) context.drawImage(canvasOf(overlay), overlay.x, overlay.y);
  }
  return canvas;
}

function canvasOf(overlay: Overlay) {
  const { width, height } = overlay;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const pixels = drawOverlay(overlay);
  const image = context.createImageData(width, height);
  for (let at = 0; at < pixels.length; at += 4) {
    // A canvas takes colours that are not multiplied by alpha.
    const alpha = pixels[at + 3] ?? 0;
    for (let colour = at; colour < at + 3; colour += 1) {
      image.data[colour] = alpha === 0 ? 0 : Math.round(((pixels[colour] ?? 0) * 255) / alpha);
    }
    image.data[at + 3] = alpha;
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
