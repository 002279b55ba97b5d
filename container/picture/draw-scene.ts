import { createRandom, type Random } from "../random.ts";
import type { Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { drawForeground } from "./foreground.ts";
import { drawHeading } from "./heading.ts";
import { createLook } from "./looks.ts";
import { chooseMotif, chooseSetting, type Match, matchScene } from "./match.ts";
import { type Motif, motifs } from "./motifs.ts";
import { palettes, type Time, tonesFor } from "./palette.ts";
import { drawScenery, isInterior } from "./scenery.ts";
import { createStage, hands, type Stage } from "./stage.ts";
import { ellipse, group, rect, round } from "./svg.ts";

export type SceneRequest = {
  title: string;
  narration: string;
  videoTitle: string;
  /** Counted from 0. */
  sceneIndex: number;
  sceneCount: number;
  /** Pixels; the picture is composed for their ratio. */
  width: number;
  height: number;
  /** The video's: all its scenes share palette, hand and people. */
  seed: string;
  hasHeading: boolean;
};

/** Where the subject stands, how large, and where the light comes from. */
type Layout = {
  across: number;
  scale: number;
  sunAcross: number;
  sunHeight: number;
  horizonShift: number;
  /** The share of the width the subject may take, where it is less than the shape allows. */
  room?: number;
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

/** `ceiling` is how high it may rise; 0 leaves it the whole sheet. */
function drawSubject(stage: Stage, motif: Motif, cast: Cast, layout: Layout, ceiling: number): string {
  const art = motif.draw(stage, cast);
  const { width, height, isTall, horizon, ground, tones } = stage;
  const roomAbove = ground - Math.max(Math.min(ceiling, ground - height * 0.27), height * (isTall ? 0.22 : 0.1));
  const own = motif.scale ?? 1;
  const tallest = Math.min(roomAbove, (isTall ? 700 : 600) * layout.scale * own);
  const widest = width * (layout.room ?? (isTall ? 0.8 : 0.58)) * Math.min(1, layout.scale * own);
  const scale = Math.min(tallest / art.height, widest / art.width);
  const half = (art.width * scale) / 2;
  const across = isTall ? 0.5 + (layout.across - 0.5) * 0.55 : layout.across;
  const x = Math.min(width * 0.9 - half, Math.max(width * 0.1 + half, width * across));
  const y = horizon + (ground - horizon) * (motif.level ?? 1);
  const flip = cast.variant % 2 === 0 && !art.isOneWay ? -scale : scale;
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
  return halo + group(art.svg, `translate(${round(x)} ${round(y)}) scale(${flip.toFixed(3)} ${scale.toFixed(3)})`);
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
 * One scene as an SVG document, `width` × `height` pixels. The same request always gives the same document; scenes that
 * follow each other never share a composition. What is said decides the subject, the place and the light.
 */
export function drawScene(request: SceneRequest): string {
  const { sceneIndex, seed, videoTitle } = request;
  const video = createRandom(`${seed}\n${videoTitle}`);
  const palette = video.pick(palettes);
  const hand = video.pick(hands);
  const firstLayout = video.chance(0.5) ? 0 : layouts.length / 2;
  const firstTurn = video.whole(0, 11);
  const match = matchScene(request);
  const motifName = chooseMotif(match, firstTurn + sceneIndex);
  const setting = chooseSetting(motifName, match, firstTurn + sceneIndex);
  const turn = layouts[(firstLayout + sceneIndex) % layouts.length] ?? layouts[0];
  const isBesideHeading = request.hasHeading && request.width > request.height * 1.4;
  const layout = isBesideHeading ? { ...turn, across: 0.72, scale: Math.min(turn.scale, 1), room: 0.38 } : turn;
  const motif: Motif = motifs[motifName];
  const time = lightOf(createRandom(`${seed}\nlight`), sceneIndex, match, motif.isDaywork ?? false);
  const tones = tonesFor(palette, time, isInterior(setting));
  const stage = createStage({
    width: request.width,
    height: request.height,
    hand,
    tones,
    outside: tonesFor(palette, time),
    random: createRandom(`${seed}\n${sceneIndex}\n${request.title}\n${request.narration}`),
    horizonShift: layout.horizonShift,
    focusAcross: layout.across,
    sunAcross: layout.sunAcross,
    sunHeight: layout.sunHeight,
  });
  const cast = castOf(createRandom(`${seed}\n${videoTitle}\ncast`), match, stage, sceneIndex);
  const heading = request.hasHeading ? drawHeading(stage, videoTitle, setting) : { veil: "", words: "", bottom: 0 };
  const drawn =
    drawScenery(stage, setting) +
    heading.veil +
    drawSubject(stage, motif, cast, layout, isBesideHeading ? 0 : heading.bottom * 1.04) +
    drawForeground(stage, setting) +
    captionCalm(stage) +
    heading.words;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${request.width}" height="${request.height}" viewBox="0 0 ${round(stage.width)} ${round(stage.height)}" preserveAspectRatio="xMidYMid slice"><defs>${stage.definitions()}</defs>${drawn}</svg>`;
}
