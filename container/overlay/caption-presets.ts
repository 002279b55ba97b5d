import type { Aspect, BrandFont, CaptionStyle } from "../../src/contract/video.ts";
import type { Weight } from "./fonts.ts";
import type { Ink } from "./overlay.ts";

/** What happens to the word being said. */
export type Emphasis = "colour" | "grow" | "pill" | "sweep" | "underline" | "light";

/** Lengths are in ems of the caption's own size. */
export type CaptionPreset = {
  /** Unless the brand has its own. */
  font: BrandFont;
  weight: Weight;
  /** To the size a style is measured against, `captionEms`. */
  size: number;
  /** Of the width an aspect gives to captions. */
  lineWidth: number;
  leading: number;
  tracking: number;
  /** Between words. */
  gap: number;
  isUpperCase: boolean;
  fill: Ink;
  /** Of words that are not being said, where the one that is said stands out by being lighter. */
  restingFill?: Ink;
  outline?: { width: number; ink: Ink };
  shadow?: { blur: number; down: number; ink: Ink };
  /** A ground behind each line. */
  plate?: { beside: number; above: number; radius: number; ink: Ink };
  /** A soft darkness behind the whole cue, with no edge. */
  veil?: { beside: number; above: number; blur: number; ink: Ink };
  emphasis: Emphasis;
};

const white = "#ffffff";

export const captionPresets: Record<CaptionStyle, CaptionPreset> = {
  /** Plain and friendly: the house's own. */
  clean: {
    ...{ font: "grotesque", weight: "heavy", size: 1, lineWidth: 1, leading: 1.2, tracking: -0.008, gap: 0.25 },
    ...{ isUpperCase: false, fill: white, emphasis: "colour" },
    outline: { width: 0.13, ink: "#0b0d12eb" },
    shadow: { blur: 0.22, down: 0.05, ink: "#00000099" },
  },
  /** A poster: few, tall, shouted words. */
  bold: {
    ...{ font: "condensed", weight: "heavy", size: 1.36, lineWidth: 0.84, leading: 1.22, tracking: 0.012, gap: 0.33 },
    ...{ isUpperCase: true, fill: white, emphasis: "grow" },
    outline: { width: 0.17, ink: "#050608f5" },
    shadow: { blur: 0.12, down: 0.09, ink: "#000000b3" },
  },
  /** On grounds of its own, whatever the picture does. */
  boxed: {
    ...{ font: "geometric", weight: "medium", size: 0.82, lineWidth: 0.94, leading: 1.72, tracking: -0.005, gap: 0.36 },
    ...{ isUpperCase: false, fill: white, emphasis: "pill" },
    plate: { beside: 0.46, above: 0.42, radius: 0.34, ink: "#0d1017e6" },
  },
  /** To sing along: what has been said stays coloured. */
  karaoke: {
    ...{ font: "humanist", weight: "heavy", size: 0.98, lineWidth: 1, leading: 1.26, tracking: -0.004, gap: 0.28 },
    ...{ isUpperCase: false, fill: white, emphasis: "sweep" },
    outline: { width: 0.2, ink: "#140a2ef2" },
    shadow: { blur: 0.1, down: 0.04, ink: "#00000080" },
  },
  /** A book's page over film: no hard edge, a thin rule under the word. */
  elegant: {
    ...{ font: "serif", weight: "heavy", size: 1.06, lineWidth: 1, leading: 1.28, tracking: 0.004, gap: 0.26 },
    ...{ isUpperCase: false, fill: "#fffaf0", emphasis: "underline" },
    outline: { width: 0.05, ink: "#120e0acc" },
    shadow: { blur: 0.14, down: 0.03, ink: "#000000a6" },
    veil: { beside: 0.75, above: 0.5, blur: 1.3, ink: "#120e0ac4" },
  },
  /** Small and quiet: the picture speaks, and the word being said is only lighter than the rest. */
  minimal: {
    ...{ font: "grotesque", weight: "medium", size: 0.7, lineWidth: 0.86, leading: 1.3, tracking: 0.006, gap: 0.27 },
    ...{ isUpperCase: false, fill: white, restingFill: "#c2c7cf", emphasis: "light" },
    outline: { width: 0.17, ink: "#0b0d12f0" },
    shadow: { blur: 0.2, down: 0.03, ink: "#00000080" },
  },
};

/** Captions of an aspect: the em and the widest line as shares of the frame's width, the middle as a share of its height. */
export type CaptionPlace = { em: number; widestLine: number; middle: Record<"bottom" | "middle" | "top", number> };

/**
 * An upright video is read at arm's length: 0.07 of its width is the size of this line on a phone's screen. Upright, lines
 * stay clear of the buttons at the right and so, to be in the middle, of as much at the left.
 */
export const captionPlaces: Record<Aspect, CaptionPlace> = {
  "9:16": { em: 0.072, widestLine: 0.76, middle: { bottom: 0.69, middle: 0.5, top: 0.2 } },
  "4:5": { em: 0.06, widestLine: 0.84, middle: { bottom: 0.81, middle: 0.5, top: 0.17 } },
  "1:1": { em: 0.054, widestLine: 0.84, middle: { bottom: 0.83, middle: 0.5, top: 0.16 } },
  "16:9": { em: 0.031, widestLine: 0.62, middle: { bottom: 0.86, middle: 0.5, top: 0.15 } },
};
