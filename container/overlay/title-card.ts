import type { Aspect, BrandFont, CaptionPosition } from "../../src/contract/video.ts";
import { baseDirection } from "../captions/direction.ts";
import type { TimedScene } from "../scenes.ts";
import { groundOf, ruleInk, withAlpha } from "./contrast.ts";
import { fadeFrames, frameArt, type Span } from "./frame-art.ts";
import { type Heading, headingMarks, setHeading } from "./heading.ts";
import type { Box, Mark, Overlay } from "./overlay.ts";
import type { Frame } from "./safe-area.ts";
import { bodyOf } from "./text-measure.ts";

export type TitleCardRequest = {
  title: string;
  scene: TimedScene;
  font: BrandFont;
  primary: string;
  accent: string;
  aspect: Aspect;
  frame: Frame;
  fps: number;
  /** Where the title may be: within the safe area, clear of the marks in the corners. */
  area: Box;
  /** Undefined when there are no captions to stay clear of. */
  captions: CaptionPosition | undefined;
};

const shownSeconds = 3.6;
const fadeInSeconds = 0.35;
const fadeOutSeconds = 0.45;

/** Shares of the frame's width: the largest letter, and the widest line. */
const sizes: Record<Aspect, { em: number; widest: number }> = {
  "9:16": { em: 0.108, widest: 0.82 },
  "4:5": { em: 0.094, widest: 0.84 },
  "1:1": { em: 0.088, widest: 0.84 },
  "16:9": { em: 0.06, widest: 0.52 },
};
const leastSize = 0.58;
/** Without a brand colour the scrim only darkens; a brand's own is to be seen. */
const leastAlpha = 0.74;

/** When the title card is gone, in frames of the video. */
export function titleCardEnd({ startFrame, frameCount }: TimedScene, fps: number): number {
  return startFrame + Math.min(frameCount, Math.round(shownSeconds * fps));
}

/** The video's title over its first scene: a scrim that fades into the picture, a rule and the words. */
export function layTitleCard(request: TitleCardRequest): Overlay[] {
  const { title, scene, font, aspect, frame, fps, area } = request;
  const { em, widest } = sizes[aspect];
  const room = roomFor(request);
  const heading = setHeading({
    ...{ text: title, face: { font, weight: "heavy" }, direction: baseDirection(title), linesMax: 3 },
    ...{ widthMax: Math.min(area.width, widest * frame.width), trackingEms: font === "grotesque" ? -0.018 : 0 },
    ...{
      sizePx: em * frame.width,
      leastSizePx: leastSize * em * frame.width,
      leading: font === "condensed" ? 1.2 : 1.06,
      heightMax: room.bottom - room.top - ruleEms * em * frame.width,
    },
  });
  if (!heading) return [];
  const whole = { startFrame: scene.startFrame, endFrame: titleCardEnd(scene, fps) };
  const span: Span = {
    ...whole,
    fadeInFrames: fadeFrames(fadeInSeconds, fps, whole),
    fadeOutFrames: fadeFrames(fadeOutSeconds, fps, whole),
  };
  const ground = groundOf(request.primary, leastAlpha);
  const place = placeHeading(heading, room);
  const words = [
    ruleMark(heading, place, request),
    ...headingMarks(heading, { ...area, y: place.firstBaseline }, ground.ink),
  ];
  return [...frameArt([scrimMark(heading, place, ground, request)], frame, span), ...frameArt(words, frame, span)];
}

/** Between which heights the title may stand, and where its middle should be; `isLow` when the picture's top stays free. */
type Room = { top: number; bottom: number; middle: number; isLow: boolean };

/** Wide frames hold the title at one side, in the middle; upright ones at the top. Both give way to captions. */
function roomFor({ area, aspect, captions, frame }: TitleCardRequest): Room {
  const [top, bottom] = [area.y, area.y + area.height];
  const share = (part: number) => part * frame.height;
  if (captions === "top") return { top: share(0.46), bottom, middle: bottom, isLow: true };
  if (aspect === "16:9") {
    if (captions === "middle") return { top: share(0.64), bottom, middle: bottom, isLow: true };
    return { top, bottom: captions ? share(0.7) : bottom, middle: share(captions ? 0.41 : 0.5), isLow: false };
  }
  if (captions === "middle") return { top, bottom: share(0.37), middle: share(0.27), isLow: false };
  return { top, bottom: share(aspect === "9:16" ? 0.55 : 0.66), middle: share(0.3), isLow: false };
}

type Place = { top: number; bottom: number; firstBaseline: number; isLow: boolean };

/** The rule over the title, and the space between them. */
const ruleEms = 0.62;
/** Below the last baseline, for what hangs under it. */
const hangingEms = 0.3;

function placeHeading(heading: Heading, room: Room): Place {
  const { sizePx, face } = heading.type;
  const letters = bodyOf(heading.lines.join(" "), face).above * sizePx;
  const height = ruleEms * sizePx + letters + (heading.lines.length - 1) * heading.leadingPx;
  const lowest = room.bottom - hangingEms * sizePx - height;
  const top = Math.max(room.top, Math.min(room.middle - height / 2, lowest));
  return { top, bottom: top + height, firstBaseline: top + ruleEms * sizePx + letters, isLow: room.isLow };
}

function ruleMark({ type, direction }: Heading, place: Place, { area, accent, primary }: TitleCardRequest): Mark {
  const [width, height] = [1.15 * type.sizePx, Math.max(4, 0.09 * type.sizePx)];
  const x = direction === "rtl" ? area.x + area.width - width : area.x;
  return { kind: "box", x, y: place.top, width, height, radiusPx: height / 2, fill: ruleInk(accent, primary) };
}

/** Full behind the words and gone where the picture is: from the side in a wide frame, from the top or the bottom in others. */
function scrimMark(
  { width, direction, type }: Heading,
  place: Place,
  { ground, alpha }: { ground: string; alpha: number },
  { area, aspect, frame, primary }: TitleCardRequest,
): Mark {
  const stops = (full: number) => [
    { at: 0, ink: ground },
    { at: full, ink: ground },
    { at: full + (1 - full) * 0.35, ink: withAlpha(primary, alpha * 0.62) },
    { at: full + (1 - full) * 0.7, ink: withAlpha(primary, alpha * 0.17) },
    { at: 1, ink: withAlpha(primary, 0) },
  ];
  if (aspect === "16:9") {
    const wordsEnd = direction === "rtl" ? frame.width - (area.x + area.width) + width : area.x + width;
    const reach = Math.min(frame.width, wordsEnd + 0.6 * type.sizePx + 0.3 * frame.width);
    const x = direction === "rtl" ? frame.width - reach : 0;
    const full = Math.min(1, (wordsEnd + 0.4 * type.sizePx) / reach);
    return {
      ...{ kind: "fade", x, y: 0, width: reach, height: frame.height },
      ...{ towards: direction === "rtl" ? "left" : "right", stops: stops(full) },
    };
  }
  const spread = 0.2 * frame.height;
  const words = place.isLow ? frame.height - place.top : place.bottom;
  const reach = Math.min(frame.height, words + 0.5 * type.sizePx + spread);
  return {
    ...{ kind: "fade", x: 0, y: place.isLow ? frame.height - reach : 0, width: frame.width, height: reach },
    ...{ towards: place.isLow ? "up" : "down", stops: stops(Math.min(1, (words + 0.4 * type.sizePx) / reach)) },
  };
}
