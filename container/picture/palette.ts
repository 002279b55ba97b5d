import { lighten, mix } from "./colour.ts";

export const times = ["dawn", "day", "dusk", "night"] as const;
export type Time = (typeof times)[number];

type Sky = { top: string; middle: string; low: string; sun: string };
type Accents = readonly [string, string, string, string];

type Palette = {
  name: string;
  skies: Record<Time, Sky>;
  /** Hills from the farthest to the nearest, in daylight. */
  land: readonly [string, string, string];
  earth: string;
  leaf: string;
  wall: string;
  ink: string;
  paper: string;
  accents: Accents;
};

export const palettes: readonly [Palette, ...Palette[]] = [
  {
    name: "ember",
    skies: {
      dawn: { top: "#6c7fb8", middle: "#e7a6a0", low: "#fcdcb0", sun: "#fff1d0" },
      day: { top: "#5fb3c9", middle: "#a9d8d3", low: "#fbe8c3", sun: "#fff4d6" },
      dusk: { top: "#3a2f6b", middle: "#c4506a", low: "#f9a65a", sun: "#ffe2a8" },
      night: { top: "#10143c", middle: "#283072", low: "#6a5c9c", sun: "#f8ecd0" },
    },
    land: ["#b98a78", "#a4633f", "#5d3a2a"],
    earth: "#c47e49",
    leaf: "#66803c",
    wall: "#ecd0a8",
    ink: "#251a36",
    paper: "#fff4e2",
    accents: ["#e4572e", "#f3a712", "#2a9d8f", "#7b2d5b"],
  },
  {
    name: "ocean",
    skies: {
      dawn: { top: "#7fb2d6", middle: "#f5c3b5", low: "#ffeacb", sun: "#fff6e0" },
      day: { top: "#2f9fc4", middle: "#86d0dc", low: "#f4efd9", sun: "#fff9e6" },
      dusk: { top: "#1d3d6b", middle: "#7f78ad", low: "#ffb59a", sun: "#ffecd0" },
      night: { top: "#081c38", middle: "#154064", low: "#3b7a90", sun: "#f3f1da" },
    },
    land: ["#7fafb0", "#418783", "#1f5257"],
    earth: "#dfba86",
    leaf: "#2f7d5b",
    wall: "#f3e2c7",
    ink: "#10283c",
    paper: "#fff8ea",
    accents: ["#ff6b4a", "#ffc145", "#1b998b", "#3d5a98"],
  },
  {
    name: "highland",
    skies: {
      dawn: { top: "#94bdb6", middle: "#e6d9b0", low: "#fdeec4", sun: "#fffbe4" },
      day: { top: "#6fbac6", middle: "#c0e0d0", low: "#fbf3d4", sun: "#fffbe8" },
      dusk: { top: "#34406a", middle: "#94758f", low: "#f6bf76", sun: "#ffeab5" },
      night: { top: "#0b2130", middle: "#1d4850", low: "#528078", sun: "#f4f2d4" },
    },
    land: ["#98bd9f", "#5d9468", "#2c6146"],
    earth: "#b8824f",
    leaf: "#3f8f4f",
    wall: "#efe0c0",
    ink: "#14291f",
    paper: "#fffbe9",
    accents: ["#d9432f", "#f2b632", "#2f7f8c", "#8c4a2f"],
  },
  {
    name: "neon",
    skies: {
      dawn: { top: "#8576c9", middle: "#eda5b8", low: "#ffe1c2", sun: "#fff3dd" },
      day: { top: "#6f8df0", middle: "#b7c3f7", low: "#fde9e0", sun: "#fff7ea" },
      dusk: { top: "#2a1860", middle: "#99358d", low: "#ff8a70", sun: "#ffe0b0" },
      night: { top: "#0d0c2e", middle: "#2a2170", low: "#7040a0", sun: "#f7e9ff" },
    },
    land: ["#9188c6", "#5f4e99", "#332a68"],
    earth: "#9b7796",
    leaf: "#348576",
    wall: "#e3d6ec",
    ink: "#1a1138",
    paper: "#fff3ee",
    accents: ["#ff4f79", "#ffb938", "#24b3b3", "#6c5ce7"],
  },
  {
    name: "ochre",
    skies: {
      dawn: { top: "#b7a3bf", middle: "#f2b8a0", low: "#fde3bd", sun: "#fff4de" },
      day: { top: "#8fc1d4", middle: "#cfe4e0", low: "#fdf1dc", sun: "#fffaf0" },
      dusk: { top: "#4a2749", middle: "#b63a4c", low: "#f8955a", sun: "#ffdca0" },
      night: { top: "#191632", middle: "#3b2a5a", low: "#7a4e72", sun: "#fbe9d2" },
    },
    land: ["#cda18d", "#b3613f", "#6e2f2a"],
    earth: "#cc8a58",
    leaf: "#7a8246",
    wall: "#f1d6b3",
    ink: "#2a1524",
    paper: "#fff5e8",
    accents: ["#c8102e", "#f0a202", "#1f6f8b", "#2e2d4d"],
  },
  {
    name: "mint",
    skies: {
      dawn: { top: "#b3cde2", middle: "#f8cfc0", low: "#fff0d4", sun: "#fff9ea" },
      day: { top: "#93d1be", middle: "#d0ecd8", low: "#fdf6e0", sun: "#fffdf2" },
      dusk: { top: "#36567a", middle: "#e58a7b", low: "#ffd9a0", sun: "#fff0cb" },
      night: { top: "#142844", middle: "#2a5672", low: "#66989a", sun: "#f7f3de" },
    },
    land: ["#a6cbba", "#5fa08c", "#25655f"],
    earth: "#e3b37d",
    leaf: "#3c8d6a",
    wall: "#fbe6c4",
    ink: "#1b2b3d",
    paper: "#fffaf0",
    accents: ["#f2545b", "#f6bd3f", "#2b7a9b", "#7d5ba6"],
  },
];

/** A palette under one light: what every drawing takes its colours from. */
export type Tones = Palette & {
  time: Time;
  sky: Sky;
  haze: string;
  isNight: boolean;
  /** A thing's own colour as this light shows it, at a distance of 0 (near) to 1 (lost in the haze). */
  local(colour: string, distance?: number): string;
  /** The side away from the light, and the side towards it. */
  shade(colour: string): string;
  lit(colour: string): string;
  /** A window with somebody home. */
  glow: string;
};

/** `isIndoors`: at night a room has its own warm light, whatever the sky does. */
export function tonesFor(palette: Palette, time: Time, isIndoors = false): Tones {
  const sky = palette.skies[time];
  const isNight = time === "night";
  const haze = mix(sky.low, sky.middle, isNight ? 0.55 : 0.3);
  const glow = mix(palette.accents[1], "#fff1c4", 0.45);
  const isLampLit = isIndoors && isNight;
  const duskTint = mix(sky.middle, sky.top, 0.35);
  const outdoorTint = { dawn: sky.low, day: sky.low, dusk: duskTint, night: sky.middle }[time];
  const ambient = isLampLit ? mix(glow, sky.middle, 0.4) : outdoorTint;
  const ambientShare = isLampLit ? 0.17 : { dawn: 0.12, day: 0.03, dusk: isIndoors ? 0.1 : 0.18, night: 0.34 }[time];
  const shadow = mix(palette.ink, sky.top, 0.1);
  return {
    ...palette,
    time,
    sky,
    haze,
    isNight,
    local: (colour, distance = 0) => mix(mix(colour, ambient, ambientShare), haze, distance * 0.86),
    shade: (colour) => lighten(mix(colour, shadow, 0.16), -0.035),
    lit: (colour) => lighten(mix(colour, sky.sun, 0.3), 0.02),
    glow,
  };
}
