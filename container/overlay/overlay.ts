import type { Direction } from "../captions/direction.ts";
import type { Face } from "./fonts.ts";

/** `#rrggbb` or `#rrggbbaa`. */
export type Ink = string;

/** `blurPx` as a canvas has it: twice the standard deviation. */
export type Shadow = { ink: Ink; blurPx: number; downPx: number };
export type Box = { x: number; y: number; width: number; height: number };

/** One thing drawn, in pixels from the overlay's top left corner. */
export type Mark =
  | {
      kind: "text";
      text: string;
      /** The left end of the text, whatever its direction, on its baseline. */
      x: number;
      y: number;
      face: Face;
      sizePx: number;
      direction: Direction;
      trackingPx: number;
      fill?: Ink;
      outline?: { ink: Ink; widthPx: number };
      shadow?: Shadow;
    }
  | (Box & { kind: "box"; radiusPx: number; fill: Ink })
  /** A box with no edge, only its blur: it reaches as far beyond itself as the blur does. */
  | (Box & { kind: "veil"; blurPx: number; fill: Ink })
  /** From one edge to the other, `stops` between 0 and 1. */
  | (Box & { kind: "fade"; towards: "right" | "left" | "down" | "up"; stops: { at: number; ink: Ink }[] })
  | (Box & { kind: "image"; file: string });

/**
 * A picture laid over some frames: `startFrame` up to but not with `endFrame`, fading within them. All pixels are even, and
 * it lies within the frame. `art` says all there is to draw and nothing about when: the same art is the same bytes.
 */
export type Overlay = {
  startFrame: number;
  endFrame: number;
  fadeInFrames: number;
  fadeOutFrames: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Bottom to top. */
  art: Mark[];
};
