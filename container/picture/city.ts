import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { curve, ellipse, group, limb, line, path, polygon, rect, round } from "./svg.ts";

type Facade = { wall: string; shade: string; light: string };

export function facade(stage: Stage, colour: string, distance: number): Facade {
  const { tones } = stage;
  const wall = tones.local(colour, distance);
  return {
    wall,
    shade: tones.shade(wall),
    light: tones.isNight ? mix(tones.glow, wall, distance * 0.5) : mix(wall, tones.sky.top, 0.28),
  };
}

/** Rows of windows as dashed lines. */
function windows(
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  pitch: readonly [across: number, down: number],
  share = 0.55,
): string {
  const rows = Math.floor(height / pitch[1]);
  const d = Array.from(
    { length: rows },
    (_, row) => `M${round(x)} ${round(y + pitch[1] * (row + 0.5))}h${round(width)}`,
  ).join("");
  const dash = pitch[0] * share;
  return line(d, colour, pitch[1] * 0.42, {
    "stroke-linecap": "butt",
    "stroke-dasharray": `${round(dash)} ${round(pitch[0] - dash)}`,
  });
}

function slab(width: number, height: number, look: Facade, crown: string): string {
  return (
    rect(-width / 2, -height, width, height, look.wall) +
    rect(width * 0.22, -height, width * 0.28, height, look.shade) +
    windows(-width / 2 + width * 0.1, -height + 14, width * 0.56, height - 24, look.light, [width * 0.19, 17]) +
    crown
  );
}

/** The KICC: a ribbed round tower under a flared crown, the lotus of the amphitheatre at its foot. About 430 high. */
function kicc(stage: Stage, distance: number): string {
  const look = facade(stage, mix(stage.tones.earth, stage.tones.wall, 0.35), distance);
  const ribs = [-34, -22, -10, 2, 14, 26].map((x) => rect(x, -356, 5, 346, look.light)).join("");
  return (
    rect(-42, -366, 84, 366, look.wall) +
    ribs +
    rect(20, -366, 22, 366, look.shade, 0, { opacity: "0.6" }) +
    path("M-42 -352L-68 -384L68 -384L42 -352Z", look.shade) +
    path("M-68 -384L-58 -402L58 -402L68 -384Z", look.wall) +
    rect(-46, -420, 92, 18, look.light) +
    path("M-50 -420L-36 -434L36 -434L50 -420Z", look.shade) +
    rect(-3, -474, 6, 40, look.shade) +
    path("M62 0L68 -40C84 -62 92 -92 98 -112C106 -92 114 -62 130 -40L136 0Z", look.wall) +
    path("M98 -112C106 -92 114 -62 130 -40L136 0H104Z", look.shade)
  );
}

/** Times Tower: a slim shaft between two lower wings, stepped towards the top. About 470 high. */
function timesTower(stage: Stage, distance: number): string {
  const look = facade(stage, mix(stage.tones.wall, stage.tones.sky.top, 0.3), distance);
  return (
    rect(-64, -300, 128, 300, look.shade) +
    windows(-58, -290, 116, 280, look.light, [19, 18]) +
    rect(-40, -404, 80, 404, look.wall) +
    windows(-32, -390, 64, 380, look.light, [16, 18]) +
    rect(-9, -432, 18, 432, look.shade) +
    path("M-40 -404L-22 -434L22 -434L40 -404Z", look.shade) +
    rect(-2.5, -486, 5, 54, look.shade)
  );
}

/** Britam Tower: a prism that narrows to a slanting edge, with three masts. About 520 high. */
function britam(stage: Stage, distance: number): string {
  const look = facade(stage, mix(stage.tones.accents[2], stage.tones.wall, 0.5), distance);
  return (
    path(polygon([-48, 0], [-48, -250], [-20, -440], [16, -440], [48, -250], [48, 0]), look.wall) +
    path(polygon([8, 0], [8, -290], [16, -440], [48, -250], [48, 0]), look.shade) +
    windows(-42, -240, 46, 230, look.light, [15, 18], 0.62) +
    windows(-30, -410, 34, 160, look.light, [13, 18], 0.6) +
    rect(-14, -490, 3, 60, look.shade) +
    rect(-3, -522, 3, 90, look.shade) +
    rect(9, -500, 3, 64, look.shade)
  );
}

/** UAP Tower: a tall rounded shield of glass. About 500 high. */
function uapTower(stage: Stage, distance: number): string {
  const look = facade(stage, mix(stage.tones.accents[3], stage.tones.sky.middle, 0.45), distance);
  const shape = "M-46 0V-400C-46 -460 -16 -486 6 -490C34 -470 46 -440 46 -396V0Z";
  return (
    path(shape, look.wall) +
    stage.clipped(rect(16, -500, 40, 500, look.shade) + windows(-40, -450, 50, 440, look.light, [50, 15], 1), shape) +
    line("M6 -490V-520", look.shade, 3)
  );
}

/** Teleposta's twin slabs, or any office block with a water tank on the roof. */
function officeBlock(stage: Stage, distance: number): string {
  const { random, tones } = stage;
  const colours = [
    tones.wall,
    mix(tones.wall, tones.earth, 0.4),
    mix(tones.wall, tones.accents[0], 0.22),
    mix(tones.land[0], tones.wall, 0.4),
  ] as const;
  const look = facade(stage, random.pick(colours), distance);
  const width = random.between(70, 120);
  const height = random.between(130, 290);
  const crowns = [
    rect(-width * 0.18, -height - 16, width * 0.36, 16, look.shade),
    rect(-width * 0.3, -height - 10, 26, 10, look.shade) + rect(width * 0.04, -height - 46, 3, 46, look.shade),
    path(polygon([-width / 2, -height], [width / 2, -height - 34], [width / 2, -height]), look.shade),
    "",
  ] as const;
  return slab(width, height, look, random.pick(crowns));
}

/** A street of houses and mabati roofs, low before the towers. */
function lowRow(stage: Stage, y: number, distance: number): string {
  const { random, tones, width } = stage;
  const parts: string[] = [];
  for (let x = -30; x < width + 30; ) {
    const wide = random.between(60, 120);
    const tall = random.between(34, 78);
    const colour = random.pick([
      tones.wall,
      tones.earth,
      mix(tones.wall, tones.accents[2], 0.3),
      mix(tones.wall, tones.accents[0], 0.35),
    ]);
    const look = facade(stage, colour, distance);
    const roof = facade(
      stage,
      random.pick([
        mix(tones.earth, tones.ink, 0.2),
        mix(tones.accents[0], tones.ink, 0.25),
        mix(tones.land[1], tones.ink, 0.2),
      ]),
      distance,
    ).wall;
    parts.push(
      rect(x, y - tall, wide, tall + 4, look.wall) +
        path(polygon([x - 7, y - tall], [x + wide * 0.5, y - tall - wide * 0.2], [x + wide + 7, y - tall]), roof) +
        windows(x + 10, y - tall + 8, wide - 20, tall - 14, look.light, [22, 24], 0.5),
    );
    x += wide + random.between(-2, 18);
  }
  return parts.join("");
}

/** A tower of glass as they stand in any city of today. */
function glassTower(stage: Stage, distance: number): string {
  const { random, tones } = stage;
  const look = facade(
    stage,
    mix(random.pick([tones.accents[2], tones.accents[3]]), tones.wall, random.between(0.35, 0.7)),
    distance,
  );
  const width = random.between(60, 92);
  const height = random.between(300, 470);
  const crowns = [
    path(polygon([-width / 2, -height], [-width / 2, -height - 46], [width / 2, -height]), look.wall),
    rect(-width * 0.3, -height - 30, width * 0.6, 30, look.shade) + rect(-2, -height - 84, 4, 56, look.shade),
    path(
      `M${round(-width / 2)} ${round(-height)}Q0 ${round(-height - 70)} ${round(width / 2)} ${round(-height)}Z`,
      look.wall,
    ),
  ] as const;
  return slab(width, height, look, random.pick(crowns));
}

/** A city: tall towers among blocks, hazier behind. They are Nairobi's own unless the words name another place. */
export function skyline(stage: Stage, base: number, scale: number): string {
  const { random, width, tones } = stage;
  const behind: string[] = [];
  for (let x = -20; x < width + 40; x += random.between(72, 112) * scale) {
    behind.push(
      group(
        officeBlock(stage, 0.8),
        `translate(${round(x)} ${round(base)}) scale(${(scale * random.between(0.8, 1.15)).toFixed(2)})`,
      ),
    );
  }
  const famous = stage.isElsewhere
    ? [glassTower, glassTower, glassTower, glassTower]
    : random.shuffle([kicc, timesTower, britam, uapTower]);
  const slots = Math.max(5, Math.round(width / (150 * scale)));
  const start = random.whole(0, 1);
  const front = Array.from({ length: slots }, (_, index) => {
    const x = ((index + 0.5) / slots) * width + random.between(-14, 14);
    const landmark = (index + start) % 2 === 0 ? famous[Math.floor((index + start) / 2) % famous.length] : undefined;
    const isRepeat = Math.floor((index + start) / 2) >= famous.length;
    const draw = landmark && !isRepeat ? landmark : officeBlock;
    return group(
      draw(stage, 0.5),
      `translate(${round(x)} ${round(base)}) scale(${(scale * random.between(0.9, 1.04)).toFixed(2)})`,
    );
  });
  const haze = stage.fade([
    [0, tones.haze, 0],
    [1, tones.haze, 0.75],
  ]);
  return (
    behind.join("") +
    front.join("") +
    rect(0, base - 190 * scale, width, 200 * scale, haze) +
    lowRow(stage, base + 4, 0.42)
  );
}

/** A shop on a street: `sign` is a coloured board without words. About 260 high, 330 wide. */
export function duka(stage: Stage, distance: number): string {
  const { tones } = stage;
  const look = facade(stage, mix(tones.wall, tones.accents[2], 0.35), distance);
  const stripes = Array.from({ length: 8 }, (_, index) =>
    path(
      polygon(
        [-150 + index * 37.5, -168],
        [-112.5 + index * 37.5, -168],
        [-116 + index * 40, -122],
        [-156 + index * 40, -122],
      ),
      index % 2 === 0 ? tones.local(tones.accents[0], distance) : tones.local(tones.paper, distance),
    ),
  );
  const shelf = (y: number) =>
    Array.from({ length: 7 }, (_, index) =>
      rect(
        -112 + index * 24,
        y - 22,
        15,
        22,
        tones.local(
          [tones.accents[1], tones.accents[0], tones.accents[2], tones.paper][index % 4] ?? tones.paper,
          distance + 0.1,
        ),
        3,
      ),
    ).join("");
  return (
    rect(-150, -230, 300, 230, look.wall) +
    path(
      polygon([-168, -226], [-140, -258], [140, -258], [168, -226]),
      tones.local(mix(tones.earth, tones.ink, 0.25), distance),
    ) +
    rect(-132, -216, 264, 34, tones.local(tones.accents[1], distance), 5) +
    line("M-110 -199H-20M0 -199H40", tones.local(tones.ink, distance), 9) +
    rect(-124, -128, 190, 82, tones.isNight ? tones.glow : mix(tones.local(tones.ink, distance), look.wall, 0.25)) +
    shelf(-88) +
    shelf(-50) +
    rect(-130, -48, 202, 12, look.shade) +
    rect(86, -128, 48, 128, look.shade) +
    stripes.join("")
  );
}

/** A street lamp, about 300 high. */
export function streetLamp(stage: Stage, distance: number): string {
  const { tones } = stage;
  const post = tones.local(tones.ink, distance);
  const cone = tones.isNight ? path("M52 -282L-20 0H124Z", stage.dissolve(tones.glow, 0.34)) : "";
  return (
    cone +
    path(limb([0, 0, 5], [0, -270, 3.5]), post) +
    line(curve([0, -268], [14, -296], [48, -298]), post, 6) +
    ellipse(54, -292, 18, 8, tones.isNight ? tones.glow : post)
  );
}
