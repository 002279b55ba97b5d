import type { FrameSize, Passage } from "../plan.ts";
import type { Kernel } from "./kernel.ts";

export type Passages = {
  /** Writes the frame `share` (between 0 and 1) of the way from the frame `one` to the frame `other`. */
  pass(passage: Passage, share: number, one: number, other: number, out: number): void;
};

/** The soft edge of a wipe, as a share of the frame's width. */
const edgeShare = 0.18;

/** A Q15 weight; the kernel knows no whole one, and does not need it. */
const weightOf = (share: number) => Math.round(32_767 * Math.min(1, Math.max(0, share)));
/** Slow, fast, slow: what crosses the screen must not start or stop with a jolt. */
const eased = (share: number) => share * share * (3 - 2 * share);

/** How one picture gives way to another, pixel for pixel. */
export function createPassages(kernel: Kernel, { width, height }: FrameSize): Passages {
  const area = width * height;
  const planes = [
    { at: 0, width, height, black: 16 },
    { at: area, width: width / 2, height: height / 2, black: 128 },
    { at: (area * 5) / 4, width: width / 2, height: height / 2, black: 128 },
  ];
  const weights = kernel.take(2 * width);
  const blackRow = kernel.take(width);

  /** `share` is of `other`, at a place between 0 and 1 across the frame. */
  const blend = (share: (across: number) => number, one: number, other: number, out: number) => {
    for (const plane of planes) {
      const row = kernel.words(weights, plane.width);
      for (let x = 0; x < plane.width; x += 1) row[x] = weightOf(share((x + 0.5) / plane.width));
      const [from, towards, to] = [one + plane.at, other + plane.at, out + plane.at];
      kernel.blendPlane(from, towards, plane.width, to, plane.width, plane.height, weights);
    }
  };
  const darken = (frame: number, dark: number, out: number) => {
    for (const plane of planes) {
      kernel.words(weights, plane.width).fill(weightOf(dark));
      kernel.bytes(blackRow, plane.width).fill(plane.black);
      kernel.blendPlane(frame + plane.at, blackRow, 0, out + plane.at, plane.width, plane.height, weights);
    }
  };
  /** The new picture comes from the right and pushes the old one out, in steps of two pixels: of one in the chroma. */
  const push = (share: number, one: number, other: number, out: number) => {
    const pushed = Math.round((width / 2) * share);
    for (const plane of planes) {
      const gone = plane.width === width ? 2 * pushed : pushed;
      const [from, to] = [one + plane.at, out + plane.at];
      kernel.copyRows(from + gone, plane.width, to, plane.width, plane.width - gone, plane.height);
      kernel.copyRows(other + plane.at, plane.width, to + plane.width - gone, plane.width, gone, plane.height);
    }
  };

  return {
    pass: (passage, share, one, other, out) => {
      switch (passage) {
        case "fade":
          return blend(() => share, one, other, out);
        case "dip":
          return share < 0.5 ? darken(one, 2 * share, out) : darken(other, 2 - 2 * share, out);
        case "slide":
          return push(eased(share), one, other, out);
        case "wipe": {
          const front = eased(share) * (1 + edgeShare);
          return blend((across) => eased(Math.min(1, Math.max(0, (front - across) / edgeShare))), one, other, out);
        }
      }
    },
  };
}
