import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { below, curve, line, type Point, path, place, polygon, round } from "./svg.ts";

/** A soft ridge across the sheet. `relief` is its height over `y`, `waves` how many crests it has. */
export function ridge(stage: Stage, y: number, relief: number, waves: number): Point[] {
  const { random, width } = stage;
  const count = Math.max(4, Math.round(waves * 2));
  const phase = random.chance(0.5) ? 0 : 1;
  return Array.from({ length: count + 3 }, (_, index): Point => {
    const height = (index + phase) % 2 === 0 ? random.between(0.55, 1) : random.between(0, 0.35);
    return [((index - 1) / count) * width + random.between(-0.2, 0.2) * (width / count), y - relief * height];
  });
}

/** A layer of land down to the bottom, in the video's style. */
export function layer(stage: Stage, points: readonly Point[], colour: string, distance: number): string {
  const { tones, style, height } = stage;
  const shape = below(points, height + 20);
  const own = tones.local(colour, distance);
  if (style === "papercut") return path(shape, own);
  if (style === "sketch") {
    const contours = [16, 34, 56].map((drop, index) =>
      line(curve(...points.map(([x, y]): Point => [x, y + drop])), tones.shade(own), 3 - index * 0.8, {
        opacity: "0.5",
      }),
    );
    return path(shape, own) + contours.join("");
  }
  const paint = stage.fade([
    [0, mix(own, tones.sky.low, 0.16)],
    [0.35, own],
    [1, tones.shade(own)],
  ]);
  return path(shape, paint);
}

/** The plane everything stands on: quiet from the captions' top down, a little darker to the front. */
export function groundPlane(stage: Stage, colour: string, top = stage.horizon): string {
  const { tones, width, height, isTall } = stage;
  const points: Point[] = [
    [-20, top + 6],
    [width * 0.3, top - 4],
    [width * 0.7, top + 4],
    [width + 20, top - 4],
  ];
  const far = tones.local(colour, 0.34);
  const near = tones.shade(tones.local(colour));
  const paint = stage.fade([
    [0, far],
    [0.4, tones.local(colour)],
    [1, near],
  ]);
  const bands = (isTall ? [0.28, 0.52, 0.76] : [0.42, 0.72]).map((at, index) => {
    const y = stage.ground + (height - stage.ground) * at;
    const lean = index % 2 === 0 ? 26 : -26;
    return path(
      below(
        [
          [-20, y + lean],
          [width * 0.35, y - 8],
          [width * 0.7, y + 14],
          [width + 20, y - lean],
        ],
        height + 20,
      ),
      near,
      { opacity: "0.28" },
    );
  });
  const way = isTall && top < stage.ground - 90 ? trail(stage, mix(tones.local(colour), tones.sky.low, 0.34)) : "";
  return (
    path(below(points, height + 20), paint) +
    bands.join("") +
    way +
    tufts(stage, top, near, mix(tones.local(colour), tones.sky.low, 0.3))
  );
}

/** A footpath that winds from the reader to the place where the subject stands. */
function trail(stage: Stage, colour: string): string {
  const { width, height, ground, horizon, random } = stage;
  const bend = random.chance(0.5) ? 1 : -1;
  const centre = (at: number) => width * (0.5 + bend * 0.17 * Math.sin(at * 5.2));
  const steps = Array.from({ length: 9 }, (_, index) => index / 8);
  const from = ground - (ground - horizon) * 0.3;
  const side = (direction: number) =>
    steps.map((at): Point => [centre(at) + direction * (20 + at ** 1.5 * 190), from + (height + 30 - from) * at]);
  const outline = `${curve(...side(-1))}L${curve(...side(1).reverse()).slice(1)}Z`;
  return path(
    outline,
    stage.fade([
      [0, colour, 0.15],
      [0.3, colour, 0.5],
      [1, colour, 0.4],
    ]),
  );
}

/** Grass and stones on the open ground, smaller towards the horizon, none where captions go. */
function tufts(stage: Stage, top: number, dark: string, light: string): string {
  const { random, width, ground } = stage;
  const depth = ground - top;
  if (depth < 60) return "";
  const marks = Array.from({ length: stage.isTall ? 26 : 34 }, () => {
    const at = random.between(0.08, 1);
    const size = 5 + at * 13;
    const [x, y] = [random.between(0, width), top + depth * at];
    if (random.chance(0.3)) return { stone: `M${round(x)} ${round(y)}h${round(size)}`, grass: "" };
    return {
      stone: "",
      grass: `M${round(x)} ${round(y)}l${round(-size * 0.5)} ${round(-size)}M${round(x)} ${round(y)}l${round(size * 0.1)} ${round(-size * 1.3)}M${round(x)} ${round(y)}l${round(size * 0.6)} ${round(-size * 0.9)}`,
    };
  });
  return (
    line(marks.map(({ grass }) => grass).join(""), dark, 2.6, { opacity: "0.55" }) +
    line(marks.map(({ stone }) => stone).join(""), light, 6, { opacity: "0.6" })
  );
}

/** Snow, two shoulders and the jagged twin peaks: Mount Kenya as it is seen from the west. */
export function mountKenya(stage: Stage, x: number, base: number, size: number, distance: number): string {
  const { tones } = stage;
  const rock = tones.local(mix(tones.land[1], tones.accents[3], 0.3), distance * 0.8);
  const snow = tones.local(tones.paper, distance * 0.6);
  const at = (across: number, up: number): Point => [x + across * size, base - up * size];
  const outline = [
    at(-1.5, 0),
    at(-1, 0.16),
    at(-0.62, 0.36),
    at(-0.36, 0.52),
    at(-0.24, 0.7),
    at(-0.16, 0.74),
    at(-0.08, 0.94),
    at(-0.03, 0.86),
    at(0.02, 0.9),
    at(0.1, 1),
    at(0.18, 0.78),
    at(0.28, 0.66),
    at(0.4, 0.54),
    at(0.7, 0.34),
    at(1.1, 0.14),
    at(1.6, 0),
  ] as const;
  const shade = [
    at(0.1, 1),
    at(0.18, 0.78),
    at(0.28, 0.66),
    at(0.4, 0.54),
    at(0.7, 0.34),
    at(1.1, 0.14),
    at(1.6, 0),
    at(0.3, 0),
    at(0.16, 0.3),
    at(0.2, 0.5),
    at(0.06, 0.66),
  ] as const;
  const caps = polygon(
    at(-0.16, 0.74),
    at(-0.08, 0.94),
    at(-0.03, 0.86),
    at(0.02, 0.9),
    at(0.1, 1),
    at(0.18, 0.78),
    at(0.12, 0.7),
    at(0.07, 0.78),
    at(0.02, 0.66),
    at(-0.04, 0.78),
    at(-0.09, 0.64),
    at(-0.13, 0.7),
  );
  return (
    path(polygon(...outline), rock) + path(polygon(...shade), tones.shade(rock), { opacity: "0.7" }) + path(caps, snow)
  );
}

/** Hills between the horizon and the ground, far to near. */
export function hills(stage: Stage, count: number, relief: number): string {
  const { tones, horizon, ground } = stage;
  return Array.from({ length: count }, (_, index) => {
    const at = index / count;
    const colour = tones.land[index === 0 ? 0 : 1];
    const y = horizon + (ground - horizon) * at * 0.6;
    return layer(stage, ridge(stage, y, relief * (1 - at * 0.55), 2.2 + index * 1.1), colour, 0.72 - at * 0.5);
  }).join("");
}

/** Trees or houses of one kind, small and hazy behind, larger in front; the middle stays free. */
export function scatter(
  stage: Stage,
  draw: (distance: number) => string,
  count: number,
  near: number,
  scale: number,
): string {
  const { random, width, horizon, ground } = stage;
  return Array.from({ length: count }, (_, index) => {
    const depth = (index + 0.5) / count;
    const y = horizon + 14 + (ground - horizon) * depth * near;
    const isLeft = index % 2 === (count % 2 === 0 ? 0 : 1);
    const across = isLeft ? random.between(0.04, 0.3) : random.between(0.7, 0.97);
    return place(draw(0.55 * (1 - depth)), width * across, y, scale * (0.42 + depth * 0.62));
  }).join("");
}
