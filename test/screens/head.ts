/** The picture the README opens with: the studio on a desk, and in a hand. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createCanvas, loadImage, type SKRSContext2D } from "@napi-rs/canvas";

type Sheet = { file: string; x: number; y: number; width: number; radius: number };

const size = { width: 1600, height: 940 };
const ground = "#f7f1ea";
const edge = "#d9ccbf";
/** The desks behind, the phone before them. */
const sheets: readonly Sheet[] = [
  { file: "create-light.webp", x: 40, y: 40, width: 1120, radius: 18 },
  { file: "video-light.webp", x: 250, y: 200, width: 1120, radius: 18 },
  { file: "rendering-phone.webp", x: 1200, y: 110, width: 360, radius: 40 },
];

export async function drawHead(directory: string, quality: number): Promise<void> {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  context.fillStyle = ground;
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = "high";
  for (const sheet of sheets) await lay(context, directory, sheet);
  await writeFile(join(directory, "head.webp"), await canvas.encode("webp", quality));
}

async function lay(context: SKRSContext2D, directory: string, { file, x, y, width, radius }: Sheet): Promise<void> {
  const image = await loadImage(await readFile(join(directory, file)));
  const height = (width * image.height) / image.width;
  context.save();
  context.shadowColor = "rgba(60, 35, 20, 0.22)";
  context.shadowBlur = 48;
  context.shadowOffsetY = 16;
  context.fillStyle = edge;
  context.beginPath();
  context.roundRect(x - 1.5, y - 1.5, width + 3, height + 3, radius + 1.5);
  context.fill();
  context.restore();
  context.save();
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.clip();
  context.drawImage(image, x, y, width, height);
  context.restore();
}
