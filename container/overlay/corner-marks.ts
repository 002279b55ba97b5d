import { readFileSync } from "node:fs";
import { Image } from "./canvas.ts";
import { frameArt } from "./frame-art.ts";
import type { Box, Mark, Overlay } from "./overlay.ts";
import type { Frame } from "./safe-area.ts";
import { bodyOf, widthOf } from "./text-measure.ts";

/** A square logo's side, of the frame's short side. A long one covers as much, and is at most twice as wide. */
const logoShare = 0.1;
const longestLogo = 2;

/** The corners are in the safe area's first row; titles begin below it. */
export type CornerRow = { overlays: Overlay[]; height: number };

export type CornerRequest = {
  logo: { file: string } | undefined;
  isDraft: boolean;
  frame: Frame;
  area: Box;
  /** All of the video's. */
  frameCount: number;
};

/** The logo at the right and a quiet DRAFT at the left, over the whole video. Throws RangeError when the logo cannot be read. */
export function layCorners(request: CornerRequest): CornerRow {
  const { logo, isDraft, frame, area, frameCount } = request;
  const span = { startFrame: 0, endFrame: frameCount, fadeInFrames: 0, fadeOutFrames: 0 };
  const short = Math.min(frame.width, frame.height);
  const logos = logo ? [logoMark(logo.file, short, area)] : [];
  const drafts = isDraft ? draftMarks(short, area) : [];
  const bottoms = [...logos, ...drafts].map((mark) => (mark.kind === "text" ? mark.y : mark.y + mark.height));
  return {
    overlays: [...frameArt(logos, frame, span), ...frameArt(drafts, frame, span)],
    height: bottoms.length === 0 ? 0 : Math.max(...bottoms) - area.y + 0.025 * short,
  };
}

function logoMark(file: string, short: number, area: Box): Extract<Mark, { kind: "image" }> {
  const image = new Image();
  image.src = readFileSync(file);
  if (!(image.width > 0 && image.height > 0)) throw new RangeError("the logo is not an image");
  const shape = Math.sqrt(image.width / image.height);
  const side = logoShare * short;
  const [wide, high] = [side * shape, side / shape];
  const scale = Math.min(1, (longestLogo * side) / wide, (1.2 * side) / high);
  const [width, height] = [wide * scale, high * scale];
  return { kind: "image", file, x: area.x + area.width - width, y: area.y, width, height };
}

function draftMarks(short: number, area: Box): Mark[] {
  const sizePx = Math.max(11, 0.026 * short);
  const type = { face: { font: "grotesque", weight: "medium" }, sizePx, trackingPx: 0.16 * sizePx } as const;
  const text = "DRAFT";
  const [beside, above] = [0.6 * sizePx, 0.46 * sizePx];
  const letters = bodyOf(text, type.face).above * sizePx;
  const height = letters + 2 * above;
  return [
    {
      ...{ kind: "box", x: area.x, y: area.y, width: widthOf(text, type) + 2 * beside, height },
      ...{ radiusPx: height / 2, fill: "#0a0c10a6" },
    },
    {
      ...{ kind: "text", text, x: area.x + beside, y: area.y + above + letters, ...type },
      ...{ direction: "ltr", fill: "#ffffffe6" },
    },
  ];
}
