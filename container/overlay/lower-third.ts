import type { Aspect, BrandFont, CaptionPosition } from "../../src/contract/video.ts";
import { baseDirection } from "../captions/direction.ts";
import type { TimedScene } from "../scenes.ts";
import { groundOf, ruleInk } from "./contrast.ts";
import { fadeFrames, frameArt } from "./frame-art.ts";
import { headingMarks, setHeading } from "./heading.ts";
import type { Box, Mark, Overlay } from "./overlay.ts";
import type { Frame } from "./safe-area.ts";
import { bodyOf } from "./text-measure.ts";

export type LowerThirdRequest = {
  title: string;
  scene: TimedScene;
  /** Not before this frame: the title card is gone then. */
  earliestFrame: number;
  font: BrandFont;
  primary: string;
  accent: string;
  aspect: Aspect;
  frame: Frame;
  fps: number;
  area: Box;
  captions: CaptionPosition | undefined;
};

const delaySeconds = 0.25;
const shownSeconds = 3.2;
/** Shorter, it could not be read. */
const leastSeconds = 1.4;
const fadeSeconds = 0.25;
const leastAlpha = 0.9;

/** Shares of the frame's width. */
const sizes: Record<Aspect, { em: number; widest: number }> = {
  "9:16": { em: 0.046, widest: 0.72 },
  "4:5": { em: 0.042, widest: 0.7 },
  "1:1": { em: 0.04, widest: 0.7 },
  "16:9": { em: 0.025, widest: 0.42 },
};

/** Where its middle stands, as a share of the frame's height: over the captions, or where they are not. */
function middleShare(aspect: Aspect, captions: CaptionPosition | undefined): number {
  if (aspect !== "16:9") return captions === "top" ? 0.72 : 0.15;
  return captions === "bottom" ? 0.66 : 0.86;
}

/** A scene's title on a plate at the side its script begins at; nothing when the scene is too short to read it. */
export function layLowerThird(request: LowerThirdRequest): Overlay[] {
  const { title, scene, font, aspect, frame, fps, area, accent } = request;
  const startFrame = Math.max(scene.startFrame + Math.round(delaySeconds * fps), request.earliestFrame);
  const endFrame = Math.min(startFrame + Math.round(shownSeconds * fps), scene.startFrame + scene.frameCount);
  if (endFrame - startFrame < leastSeconds * fps) return [];
  const fade = fadeFrames(fadeSeconds, fps, { startFrame, endFrame });
  const em = sizes[aspect].em * frame.width;
  const [beside, above, bar] = [0.62 * em, 0.52 * em, Math.max(4, 0.16 * em)];
  const direction = baseDirection(title);
  const heading = setHeading({
    ...{ text: title, face: { font, weight: "medium" }, direction, linesMax: 2, trackingEms: 0, leading: 1.22 },
    ...{ widthMax: Math.min(area.width, sizes[aspect].widest * frame.width) - bar - 2 * beside },
    ...{ sizePx: em, leastSizePx: 0.78 * em, heightMax: 3 * em },
  });
  if (!heading) return [];
  const body = bodyOf(heading.lines.join(" "), heading.type.face);
  const letters = body.above * heading.type.sizePx;
  const height =
    letters + body.below * heading.type.sizePx + (heading.lines.length - 1) * heading.leadingPx + 2 * above;
  const width = heading.width + 2 * beside + bar;
  const lowest = area.y + area.height - height;
  const y = Math.max(area.y, Math.min(middleShare(aspect, request.captions) * frame.height - height / 2, lowest));
  const x = direction === "rtl" ? area.x + area.width - width : area.x;
  const barX = direction === "rtl" ? x + width - bar : x;
  const { ground, ink } = groundOf(request.primary, leastAlpha);
  const plate: Mark = { kind: "box", x, y, width, height, radiusPx: 0.14 * em, fill: ground };
  const edge: Mark = {
    kind: "box",
    x: barX,
    y,
    width: bar,
    height,
    radiusPx: Math.min(bar / 2, 0.14 * em),
    fill: ruleInk(accent, request.primary),
  };
  const words = { x: x + beside + (direction === "rtl" ? 0 : bar), width: heading.width, y: y + above + letters };
  return frameArt([plate, edge, ...headingMarks(heading, words, ink)], frame, {
    startFrame,
    endFrame,
    fadeInFrames: fade,
    fadeOutFrames: fade,
  });
}
