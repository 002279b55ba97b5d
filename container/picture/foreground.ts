import { mix } from "./colour.ts";
import { isInterior, type SettingName } from "./scenery.ts";
import type { Stage } from "./stage.ts";
import { below, blob, group, line, type Point, path, round } from "./svg.ts";

/** The nearest layer: dark leaves in the lower corners and, on a tall sheet, a bank below the captions. */

type Greens = { dark: string; lighter: string };

function greens(stage: Stage, colour: string): Greens {
  const { tones } = stage;
  const dark = mix(tones.local(mix(colour, tones.ink, 0.55)), tones.ink, 0.25);
  return { dark, lighter: mix(dark, tones.local(colour), 0.3) };
}

function blade(stage: Stage, length: number, angle: number, colour: string, vein: string): string {
  const d = `M-13 0C-20 ${round(-length * 0.5)} -8 ${round(-length * 0.8)} 0 ${round(-length)}C8 ${round(-length * 0.8)} 20 ${round(-length * 0.5)} 13 0Z`;
  const rib = stage.style === "sketch" ? line(`M0 -8V${round(-length * 0.84)}`, vein, 2) : "";
  return group(path(d, colour) + rib, `rotate(${round(angle)})`);
}

function clump(stage: Stage, x: number, y: number, side: number, size: number, { dark, lighter }: Greens): string {
  const { random } = stage;
  const blades = Array.from({ length: 9 }, (_, index) => {
    const angle = side === 0 ? index * 17 - 68 : side * (index * 11 - 30);
    return blade(
      stage,
      random.between(120, 230) * size,
      angle + random.between(-5, 5),
      index % 3 === 0 ? lighter : dark,
      lighter,
    );
  });
  return group(blades.join(""), `translate(${round(x)} ${round(y)})`);
}

/** Broad split leaves, as of a banana plant or one in a pot, reaching in from a corner. */
function broadLeaves(
  stage: Stage,
  x: number,
  y: number,
  side: number,
  size: number,
  { dark, lighter }: Greens,
): string {
  const leaf = (length: number, angle: number, colour: string) =>
    group(
      path(
        blob(
          [0, 0],
          [-length * 0.2, -length * 0.4],
          [-length * 0.17, -length * 0.76],
          [0, -length],
          [length * 0.17, -length * 0.74],
          [length * 0.2, -length * 0.38],
        ),
        colour,
      ) + line(`M0 -4V${round(-length * 0.9)}`, mix(colour, stage.tones.paper, 0.14), 4),
      `rotate(${round(angle)})`,
    );
  const leaves = [-26, 4, 34, 62].map((angle, index) =>
    leaf(
      size * (300 - Math.abs(index - 1) * 44),
      side * angle + stage.random.between(-5, 5),
      index % 2 === 0 ? dark : lighter,
    ),
  );
  return group(leaves.join(""), `translate(${round(x)} ${round(y)})`);
}

function bank(stage: Stage, colour: string): string {
  const { width, height, tones, random } = stage;
  const back = mix(tones.local(mix(colour, tones.ink, 0.36)), tones.ink, 0.12);
  const front = greens(stage, colour);
  const rise = random.chance(0.5) ? 1 : -1;
  const slope = (y: number, lean: number): Point[] =>
    [-0.04, 0.25, 0.5, 0.75, 1.04].map((x, index): Point => [x * width, y + rise * lean * (x - 0.5) + (index % 2) * 8]);
  const upper = slope(height * 0.862, 110);
  const lower = slope(height * 0.925, -120);
  const grass = (points: Point[], count: number, size: number, inks: Greens) =>
    Array.from({ length: count }, (_, index) => {
      const at = (index + random.between(0.2, 0.8)) / count;
      const [from, to] = [points[0] ?? [0, 0], points.at(-1) ?? [width, 0]];
      return clump(stage, at * width, from[1] + (to[1] - from[1]) * at + 26, 0, size * random.between(0.7, 1.1), inks);
    }).join("");
  return (
    path(below(upper, height + 20), back) +
    grass(upper, 5, 0.3, { dark: back, lighter: mix(back, tones.local(colour), 0.22) }) +
    path(below(lower, height + 20), front.dark) +
    grass(lower, 7, 0.44, front)
  );
}

export function drawForeground(stage: Stage, setting: SettingName): string {
  const { width, height, isTall, tones } = stage;
  if (setting === "theatre" || setting === "pitch" || setting === "port") return "";
  const size = isTall ? 1.15 : 1;
  if (isInterior(setting) || setting === "terrace") {
    const inks = greens(stage, tones.leaf);
    const side = stage.random.chance(0.5) ? 1 : -1;
    return broadLeaves(stage, side > 0 ? -30 : width + 30, height + 40, side, size, inks);
  }
  if (setting === "studio" || setting === "street" || setting === "road")
    return isTall ? bank(stage, setting === "studio" ? tones.land[2] : mix(tones.leaf, tones.earth, 0.3)) : "";
  const inks = greens(stage, tones.leaf);
  const corners =
    setting === "coast" || setting === "farm"
      ? broadLeaves(stage, -20, height + 30, 1, size * 0.86, inks) +
        broadLeaves(stage, width + 20, height + 30, -1, size * 0.86, inks)
      : clump(stage, width * 0.015, height + 16, 1, size, inks) +
        clump(stage, width * 0.985, height + 16, -1, size, inks);
  return (isTall ? bank(stage, mix(tones.leaf, tones.earth, 0.2)) : "") + corners;
}
