import { readFileSync } from "node:fs";
import { type Canvas, type Context, createCanvas, Image } from "./canvas.ts";
import { fontOf } from "./fonts.ts";
import type { Mark, Overlay, Shadow } from "./overlay.ts";

/**
 * The overlay's pixels: red, green, blue and alpha, colours multiplied by alpha, row by row, `width * height * 4` bytes.
 * The same overlay is the same bytes, on any machine. Throws what reading an image throws.
 */
export function drawOverlay({ width, height, art }: Pick<Overlay, "width" | "height" | "art">): Uint8Array {
  // The states of a caption differ in its letters, which come last; outlines and their shadows take most of the time.
  const letters = art.findIndex((mark) => mark.kind === "text" && mark.fill !== undefined);
  const canvas = clearCanvas("all", width, height);
  const context = canvas.getContext("2d");
  if (letters > 0) context.drawImage(groundOf(width, height, art.slice(0, letters)), 0, 0);
  drawMarks(context, art.slice(Math.max(0, letters)));
  return canvas.data();
}

let groundDrawn = "";

function groundOf(width: number, height: number, marks: Mark[]): Canvas {
  const what = JSON.stringify([width, height, marks]);
  if (groundDrawn === what && canvases.ground) return canvases.ground;
  groundDrawn = what;
  const canvas = clearCanvas("ground", width, height);
  drawMarks(canvas.getContext("2d"), marks);
  return canvas;
}

const canvases: { all?: Canvas; ground?: Canvas } = {};

/** The last one again when it is as large: a new one's memory has to be given and cleared by the system first. */
function clearCanvas(use: keyof typeof canvases, width: number, height: number): Canvas {
  const last = canvases[use];
  if (last?.width === width && last.height === height) {
    last.getContext("2d").clearRect(0, 0, width, height);
    return last;
  }
  const canvas = createCanvas(width, height);
  canvases[use] = canvas;
  return canvas;
}

function drawMarks(context: Context, marks: Mark[]): void {
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const mark of marks) drawMark(context, mark);
}

function drawMark(context: Context, mark: Mark): void {
  switch (mark.kind) {
    case "text":
      drawText(context, mark);
      break;
    case "box":
      drawBox(context, mark);
      break;
    case "veil":
      drawVeil(context, mark);
      break;
    case "fade":
      drawFade(context, mark);
      break;
    case "image": {
      const image = new Image();
      image.src = readFileSync(mark.file);
      context.imageSmoothingQuality = "high";
      context.drawImage(image, mark.x, mark.y, mark.width, mark.height);
    }
  }
}

const clear = "#00000000";

function castShadow(context: Context, shadow: Shadow | undefined): void {
  context.shadowColor = shadow?.ink ?? clear;
  context.shadowBlur = shadow?.blurPx ?? 0;
  context.shadowOffsetY = shadow?.downPx ?? 0;
}

/** The outline lies under the letter and casts the shadow, so that neither thins it. */
function drawText(context: Context, mark: Extract<Mark, { kind: "text" }>): void {
  context.font = fontOf(mark.face, mark.sizePx);
  context.letterSpacing = `${mark.trackingPx}px`;
  context.direction = mark.direction;
  castShadow(context, mark.shadow);
  if (mark.outline) {
    context.strokeStyle = mark.outline.ink;
    context.lineWidth = mark.outline.widthPx;
    context.strokeText(mark.text, mark.x, mark.y);
    castShadow(context, undefined);
  }
  if (mark.fill) {
    context.fillStyle = mark.fill;
    context.fillText(mark.text, mark.x, mark.y);
  }
  castShadow(context, undefined);
}

function drawBox(context: Context, mark: Extract<Mark, { kind: "box" }>): void {
  context.fillStyle = mark.fill;
  context.beginPath();
  context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radiusPx);
  context.fill();
}

/** A wide blur has no detail: an eighth of the pixels each way is enough of it, and costs a fiftieth. */
const veilScale = 1 / 8;

/** The shadow of a box that stands beside the canvas. */
function drawVeil(context: Context, mark: Extract<Mark, { kind: "veil" }>): void {
  const { width, height } = context.canvas;
  const [smallWidth, smallHeight] = [Math.ceil(width * veilScale), Math.ceil(height * veilScale)];
  const small = createCanvas(smallWidth, smallHeight);
  const blurred = small.getContext("2d");
  const awayPx = 2 * smallWidth;
  castShadow(blurred, { ink: mark.fill, blurPx: mark.blurPx * veilScale, downPx: 0 });
  blurred.shadowOffsetX = awayPx;
  blurred.fillStyle = "#000000";
  const [x, y, boxWidth, boxHeight] = [mark.x, mark.y, mark.width, mark.height].map((value) => value * veilScale);
  blurred.fillRect((x ?? 0) - awayPx, y ?? 0, boxWidth ?? 0, boxHeight ?? 0);
  context.imageSmoothingQuality = "low";
  context.drawImage(small, 0, 0, smallWidth / veilScale, smallHeight / veilScale);
}

function drawFade(context: Context, { x, y, width, height, towards, stops }: Extract<Mark, { kind: "fade" }>): void {
  const ends = {
    right: [x, y, x + width, y],
    left: [x + width, y, x, y],
    down: [x, y, x, y + height],
    up: [x, y + height, x, y],
  } as const;
  const gradient = context.createLinearGradient(...ends[towards]);
  for (const { at, ink } of stops) gradient.addColorStop(at, ink);
  context.fillStyle = gradient;
  context.fillRect(x, y, width, height);
}
