import type { Aspect } from "../../src/contract/video.ts";
import type { Box } from "./overlay.ts";

export type Frame = { width: number; height: number };

type Margins = { top: number; right: number; bottom: number; left: number };

/**
 * Shares of the frame that players cover or cut. Upright: TikTok's, Reels' and Shorts' own guides for 1080 × 1920 keep about
 * 130 to 220 pixels at the top, 120 at the right (the buttons) and 320 to 390 at the bottom (name, text and progress).
 * Wide: the title-safe area of SMPTE ST 2046-1 is the middle 90 %. Feeds cut little off square and 4:5.
 */
const margins: Record<Aspect, Margins> = {
  "9:16": { top: 0.1, right: 0.12, bottom: 0.2, left: 0.06 },
  "4:5": { top: 0.05, right: 0.06, bottom: 0.06, left: 0.06 },
  "1:1": { top: 0.05, right: 0.06, bottom: 0.06, left: 0.06 },
  "16:9": { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 },
};

/** Where words and marks may be, in pixels. */
export function safeArea(aspect: Aspect, { width, height }: Frame): Box {
  const { top, right, bottom, left } = margins[aspect];
  return { x: left * width, y: top * height, width: (1 - left - right) * width, height: (1 - top - bottom) * height };
}
