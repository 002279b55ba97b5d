import type { PictureStyle } from "../../src/contract/video.ts";
import type { Random } from "../random.ts";
import type { Tones } from "./palette.ts";
import { group, round } from "./svg.ts";

type Stop = readonly [offset: number, colour: string, opacity?: number];

/** The sheet a scene is drawn on. Its short side is 1000 units; y grows downwards. */
export type Stage = {
  width: number;
  height: number;
  /** Higher than wide. */
  isTall: boolean;
  /** 0 at 16:9 and wider, 1 at 9:16 and taller. */
  tallness: number;
  /** Where the sky ends, and where feet and wheels stand. */
  horizon: number;
  ground: number;
  /** Captions are burned in between these: nothing there is busy. */
  captionTop: number;
  captionBottom: number;
  style: PictureStyle;
  tones: Tones;
  /** The light behind the windows: the same as `tones` out of doors. */
  outside: Tones;
  random: Random;
  /** Not in Nairobi: its landmarks stay away. */
  isElsewhere: boolean;
  /** Where the subject stands, from the left: what belongs to the place keeps clear of it. */
  focus: number;
  /** Where the sun or moon is. */
  sun: { x: number; y: number; radius: number };
  /** These return a paint, `url(#…)`; the same definition is written once. */
  fade(stops: readonly Stop[], direction?: "down" | "right" | "out"): string;
  /** `colour` at `opacity`, running out to nothing. */
  dissolve(colour: string, opacity: number, direction?: "down" | "right" | "out"): string;
  pattern(size: number, content: string): string;
  clipped(content: string, clipPath: string): string;
  definitions(): string;
};

type StageRequest = {
  /** Pixels; only their ratio matters here. */
  width: number;
  height: number;
  style: PictureStyle;
  tones: Tones;
  outside: Tones;
  random: Random;
  isElsewhere: boolean;
  /** −0.06 to 0.06 of the height: moves the horizon between scenes. */
  horizonShift: number;
  /** 0 to 1 from left to right. */
  focusAcross: number;
  sunAcross: number;
  /** 0 at the horizon, 1 at the top. */
  sunHeight: number;
};

/** A length that is `wide` on a 16:9 sheet and `tall` on a 9:16 one. */
export function between(wide: number, tall: number, tallness: number): number {
  return wide + (tall - wide) * tallness;
}

export function createStage(request: StageRequest): Stage {
  const short = Math.min(request.width, request.height);
  const width = (request.width / short) * 1000;
  const height = (request.height / short) * 1000;
  const tallness = Math.min(1, Math.max(0, (16 / 9 - width / height) / (16 / 9 - 9 / 16)));
  const horizon = height * (between(0.6, 0.53, tallness) + request.horizonShift);
  const written = new Map<string, string>();
  const define = (make: (id: string) => string): string => {
    const body = make("");
    const id = written.get(body) ?? `d${written.size}`;
    written.set(body, id);
    return `url(#${id})`;
  };
  const fade: Stage["fade"] = (stops, direction = "down") => {
    const content = stops
      .map(([offset, colour, opacity]) => {
        const transparency = opacity === undefined ? "" : ` stop-opacity="${opacity}"`;
        return `<stop offset="${offset}" stop-color="${colour}"${transparency}/>`;
      })
      .join("");
    if (direction === "out") return define((id) => `<radialGradient id="${id}">${content}</radialGradient>`);
    const axis = direction === "down" ? 'x1="0" y1="0" x2="0" y2="1"' : 'x1="0" y1="0" x2="1" y2="0"';
    return define((id) => `<linearGradient id="${id}" ${axis}>${content}</linearGradient>`);
  };
  return {
    width,
    height,
    isTall: height > width,
    tallness,
    horizon,
    ground: height * between(0.775, 0.632, tallness),
    captionTop: height * between(0.78, 0.64, tallness),
    captionBottom: height * between(0.92, 0.8, tallness),
    style: request.style,
    tones: request.tones,
    outside: request.outside,
    random: request.random,
    isElsewhere: request.isElsewhere,
    focus: width * request.focusAcross,
    sun: {
      x: width * request.sunAcross,
      y: horizon - (horizon - height * 0.1) * request.sunHeight,
      radius: between(92, 118, tallness) * (request.tones.isNight ? 0.72 : 1),
    },
    fade,
    dissolve: (colour, opacity, direction) =>
      fade(
        [
          [0, colour, opacity],
          [1, colour, 0],
        ],
        direction,
      ),
    pattern: (size, content) =>
      define(
        (id) =>
          `<pattern id="${id}" width="${round(size)}" height="${round(size)}" patternUnits="userSpaceOnUse">${content}</pattern>`,
      ),
    clipped: (content, clipPath) => {
      const clip = define((id) => `<clipPath id="${id}"><path d="${clipPath}"/></clipPath>`);
      return group(content, undefined, { "clip-path": clip });
    },
    definitions: () => [...written].map(([body, id]) => body.replace('id=""', `id="${id}"`)).join(""),
  };
}
