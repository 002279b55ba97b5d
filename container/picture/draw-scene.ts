import type { PictureStyle } from "../../src/contract/video.ts";
import { createRandom, type Random } from "../random.ts";
import type { Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { drawForeground } from "./foreground.ts";
import { createLook } from "./looks.ts";
import { chooseMotif, chooseSetting, type Match, matchScene } from "./match.ts";
import { type Motif, motifs } from "./motifs.ts";
import { palettes, type Time, type Tones, tonesFor } from "./palette.ts";
import { drawScenery, isInterior } from "./scenery.ts";
import { between, createStage, type Stage } from "./stage.ts";
import { ellipse, group, rect, round } from "./svg.ts";

export type SceneRequest = {
  title: string;
  narration: string;
  videoTitle: string;
  /** What the picture is to show, when it is not what is said. */
  prompt?: string;
  style: PictureStyle;
  /** Counted from 0. */
  sceneIndex: number;
  /** Pixels; the picture is composed for their ratio. */
  width: number;
  height: number;
  /** The video's: all its scenes share palette and people. */
  seed: string;
};

/** A scene before it is pixels: its layers from back to front as elements of SVG, in units of which the short side has 1000. */
export type Drawing = {
  width: number;
  height: number;
  style: PictureStyle;
  tones: Tones;
  definitions: string;
  body: string;
};

/** Where the subject stands, how large, and where the light comes from. */
type Layout = {
  across: number;
  scale: number;
  sunAcross: number;
  sunHeight: number;
  horizonShift: number;
};

/** In turn right, left and middle: neighbours never put the subject on one spot, and every other scene looks the other way. */
const layouts: readonly [Layout, ...Layout[]] = [
  { across: 0.66, scale: 1, sunAcross: 0.32, sunHeight: 0.58, horizonShift: -0.02 },
  { across: 0.34, scale: 1.06, sunAcross: 0.7, sunHeight: 0.4, horizonShift: 0.01 },
  { across: 0.5, scale: 1.12, sunAcross: 0.58, sunHeight: 0.32, horizonShift: 0.02 },
  { across: 0.64, scale: 0.86, sunAcross: 0.27, sunHeight: 0.28, horizonShift: -0.005 },
  { across: 0.38, scale: 0.92, sunAcross: 0.76, sunHeight: 0.68, horizonShift: -0.035 },
  { across: 0.52, scale: 1, sunAcross: 0.36, sunHeight: 0.46, horizonShift: 0.012 },
];

/** The light the words name, else each scene's in turn: it changes from scene to scene. */
function lightOf(video: Random, sceneIndex: number, match: Match, isDaywork: boolean): Time {
  if (match.time) return match.time;
  const order = video.shuffle(["dawn", "day", "dusk", "day", "night"] as const);
  const turns = order.filter((time, index) => time !== order[(index + 1) % order.length]);
  // The first picture is the poster: never the darkest one.
  const start = turns[0] === "night" ? 1 : 0;
  const time = turns[(start + sceneIndex) % turns.length] ?? "day";
  return time === "night" && isDaywork ? "dawn" : time;
}

function castOf(video: Random, match: Match, stage: Stage, sceneIndex: number): Cast {
  const woman = createLook(video, stage.tones, { isWoman: true });
  const man = createLook(video, stage.tones, { isWoman: false });
  const others = [createLook(video, stage.tones), createLook(video, stage.tones)] as const;
  const isWomanFirst = video.chance(0.55);
  const isWoman = match.isWoman ?? isWomanFirst;
  const [lead, second] = isWoman ? [woman, man] : [man, woman];
  return { lead, second, third: others[sceneIndex % 2] ?? others[0], variant: sceneIndex };
}

function drawSubject(stage: Stage, motif: Motif, cast: Cast, layout: Layout): string {
  const art = motif.draw(stage, cast);
  const { width, height, tallness, horizon, ground, tones } = stage;
  const roomAbove = ground - height * between(0.09, 0.2, tallness);
  const own = motif.scale ?? 1;
  const tallest = Math.min(roomAbove, between(650, 760, tallness) * layout.scale * own);
  const widest = width * between(0.62, 0.84, tallness) * Math.min(1, layout.scale * own);
  const scale = Math.min(tallest / art.height, widest / art.width);
  const half = (art.width * scale) / 2;
  const across = 0.5 + (layout.across - 0.5) * between(1, 0.5, tallness);
  const x = Math.min(width * 0.9 - half, Math.max(width * 0.1 + half, width * across));
  const y = horizon + (ground - horizon) * (motif.level ?? 1);
  const flip = cast.variant % 2 === 0 && !art.isOneWay ? -scale : scale;
  const standing = group(art.svg, `translate(${round(x)} ${round(y)}) scale(${flip.toFixed(3)} ${scale.toFixed(3)})`);
  if (!hasSoftLight(stage)) return standing;
  const light = stage.fade(
    [
      [0, tones.sky.sun, tones.isNight ? 0.3 : 0.34],
      [1, tones.sky.sun, 0],
    ],
    "out",
  );
  const halo = ellipse(
    x,
    y - art.height * scale * 0.58,
    Math.max(half, art.height * scale * 0.42) * 1.5,
    art.height * scale * 0.66,
    light,
  );
  return halo + standing;
}

/** Ink on paper has no glow and no veil: a gradient would print as bands of dots. */
function hasSoftLight({ style }: Stage): boolean {
  return style === "flat" || style === "papercut";
}

/** Settles the zone the captions are burned into: less light, less contrast. */
function captionCalm(stage: Stage): string {
  const { tones, width, height, captionTop } = stage;
  const top = captionTop - height * 0.05;
  const veil = mix(tones.ink, tones.sky.top, 0.12);
  return rect(
    0,
    top,
    width,
    height - top,
    stage.fade([
      [0, veil, 0],
      [0.3, veil, 0.26],
      [0.7, veil, 0.34],
      [1, veil, 0.42],
    ]),
  );
}

/**
 * One scene. The same request always gives the same drawing; scenes that follow each other never share a composition.
 * What is said, or what `prompt` asks for, decides the subject, the place and the light.
 */
export function drawScene(request: SceneRequest): Drawing {
  const { sceneIndex, seed, style, videoTitle } = request;
  const video = createRandom(`${seed}\n${videoTitle}`);
  const palette = video.pick(palettes);
  const firstLayout = video.chance(0.5) ? 0 : layouts.length / 2;
  const firstTurn = video.whole(0, 11);
  const match = matchScene(request);
  const motifName = chooseMotif(match, firstTurn + sceneIndex);
  const setting = chooseSetting(motifName, match, firstTurn + sceneIndex);
  const layout = layouts[(firstLayout + sceneIndex) % layouts.length] ?? layouts[0];
  const motif: Motif = motifs[motifName];
  const time = lightOf(createRandom(`${seed}\nlight`), sceneIndex, match, motif.isDaywork ?? false);
  const stage = createStage({
    width: request.width,
    height: request.height,
    style,
    tones: tonesFor(palette, time, isInterior(setting)),
    outside: tonesFor(palette, time),
    random: createRandom(`${seed}\n${sceneIndex}\n${request.title}\n${request.prompt ?? request.narration}`),
    isElsewhere: match.isElsewhere,
    horizonShift: layout.horizonShift,
    focusAcross: layout.across,
    sunAcross: layout.sunAcross,
    sunHeight: layout.sunHeight,
  });
  const cast = castOf(createRandom(`${seed}\n${videoTitle}\ncast`), match, stage, sceneIndex);
  const body =
    drawScenery(stage, setting) +
    drawSubject(stage, motif, cast, layout) +
    drawForeground(stage, setting) +
    (hasSoftLight(stage) ? captionCalm(stage) : "");
  const { width, height, tones } = stage;
  return { width, height, style, tones, definitions: stage.definitions(), body };
}

/** A drawing as a document of `width` × `height` pixels, which it fills whatever their ratio. */
export function svgDocument(
  drawing: Pick<Drawing, "width" | "height" | "definitions" | "body">,
  { width, height }: { width: number; height: number },
): string {
  const viewBox = `0 0 ${round(drawing.width)} ${round(drawing.height)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${viewBox}" preserveAspectRatio="xMidYMid slice"><defs>${drawing.definitions}</defs>${drawing.body}</svg>`;
}
