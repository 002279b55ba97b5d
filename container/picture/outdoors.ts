import { mix } from "./colour.ts";
import { groundPlane, hills, layer, mountKenya, ridge, scatter } from "./land.ts";
import { drawSky } from "./sky.ts";
import type { Stage } from "./stage.ts";
import { below, circle, curve, line, type Point, path, place, rect } from "./svg.ts";
import { city, pitch, port, road, street, terrace, worship } from "./town.ts";
import { acacia, hut, ironRoofHouse, palm, roundTree } from "./trees.ts";
import { canoe, dhow, openWater, reeds, shore } from "./water.ts";

function savannah(stage: Stage): string {
  const { tones, random } = stage;
  return (
    drawSky(stage, true) +
    hills(stage, 2, 120) +
    groundPlane(stage, mix(tones.earth, tones.accents[1], 0.2)) +
    scatter(stage, (distance) => acacia(stage, distance), random.whole(4, 5), 0.55, stage.isTall ? 1.05 : 1.15)
  );
}

function mountain(stage: Stage): string {
  const { tones, width, horizon, random } = stage;
  const across =
    stage.focus > width * 0.7 ? 0.5 : stage.focus > width / 2 ? random.between(0.28, 0.4) : random.between(0.6, 0.72);
  return (
    drawSky(stage, true) +
    mountKenya(stage, width * across, horizon + 30, stage.isTall ? 430 : 400, 0.5) +
    hills(stage, 3, 110) +
    groundPlane(stage, mix(tones.leaf, tones.earth, 0.35), horizon + 50) +
    scatter(stage, (distance) => roundTree(stage, distance), 5, 0.5, 0.72)
  );
}

/** Tea and maize terraces: rows that follow the slope. */
function farm(stage: Stage): string {
  const { tones, width, horizon, ground, height } = stage;
  const field = (top: number, colour: string, distance: number, lean: number) => {
    const own = tones.local(colour, distance);
    const at = (x: number, y: number): Point => [x * width, y + (x - 0.5) * lean];
    const edge = [at(-0.02, top + 8), at(0.25, top - 10), at(0.5, top), at(0.75, top - 12), at(1.02, top + 6)];
    const rows = Array.from({ length: 6 }, (_, index) =>
      line(
        curve(...edge.map(([x, y]): Point => [x, y + 14 + index * (13 + index * 2.4)])),
        tones.shade(own),
        5 + index * 1.3,
        { "stroke-dasharray": `${16 + index * 4} ${7 + index}`, opacity: "0.6" },
      ),
    );
    return path(below(edge, height + 20), own) + rows.join("");
  };
  const step = (ground - horizon) / 3.4;
  const house = place(
    ironRoofHouse(stage, 0.4, stage.tones.accents[2]),
    width * (stage.random.chance(0.5) ? 0.16 : 0.84),
    horizon + 26,
    0.62,
  );
  return (
    drawSky(stage, true) +
    hills(stage, 2, 150) +
    field(horizon + 10, mix(tones.leaf, tones.accents[1], 0.25), 0.42, 46) +
    house +
    scatter(stage, (distance) => roundTree(stage, distance), 3, 0.2, 0.6) +
    field(horizon + 10 + step, tones.leaf, 0.24, -54) +
    field(horizon + 10 + step * 2, mix(tones.leaf, tones.land[2], 0.3), 0.1, 40) +
    groundPlane(stage, mix(tones.earth, tones.ink, 0.06), ground - 26)
  );
}

function coast(stage: Stage): string {
  const { tones, width, horizon, ground, random } = stage;
  const isLeft = stage.sun.x > width / 2;
  const at = (x: number) => width * (isLeft ? x : 1 - x);
  const lean = isLeft ? 1 : -1;
  return (
    drawSky(stage, true) +
    layer(
      stage,
      [
        [-20, horizon + 4],
        [width * 0.2, horizon - 16],
        [width * 0.36, horizon + 3],
        [width + 20, horizon + 6],
      ],
      tones.land[0],
      0.7,
    ) +
    openWater(stage, horizon, ground) +
    place(dhow(stage, 0.35), at(random.between(0.66, 0.8)), horizon + 44, 0.36) +
    place(dhow(stage, 0.6), at(0.42), horizon + 14, 0.17) +
    shore(stage, ground - 12, mix(tones.earth, tones.paper, 0.42)) +
    place(palm(stage, 0.12, lean * 0.9), at(0.05), ground + 18, 1.35) +
    place(palm(stage, 0.22, -lean * 0.3), at(0.15), ground - 8, 1.02)
  );
}

function lake(stage: Stage): string {
  const { tones, width, horizon, ground, random } = stage;
  const middle = horizon + (ground - horizon) * 0.5;
  return (
    drawSky(stage, true) +
    layer(stage, ridge(stage, horizon + 4, 110, 2.4), tones.land[0], 0.66) +
    layer(stage, ridge(stage, horizon + 12, 46, 4), tones.land[1], 0.44) +
    openWater(stage, horizon + 8, ground) +
    place(canoe(stage, 0.3), width * random.pick([0.2, 0.8]), middle, 0.5) +
    shore(stage, ground - 8, mix(tones.leaf, tones.earth, 0.45)) +
    place(reeds(stage), width * 0.06, ground + 12, 1.3) +
    place(reeds(stage), width * 0.15, ground + 6, 0.95) +
    place(reeds(stage), width * 0.93, ground + 10, 1.2)
  );
}

function village(stage: Stage): string {
  const { tones, width, horizon, ground, random } = stage;
  const flip = random.chance(0.5);
  const paints = random.shuffle([tones.accents[2], tones.accents[1], tones.leaf]);
  const house = (index: number, distance: number) => ironRoofHouse(stage, distance, paints[index] ?? tones.accents[2]);
  const at = (x: number) => width * (flip ? 1 - x : x);
  const y = (share: number) => horizon + (ground - horizon) * share;
  return (
    drawSky(stage, true) +
    hills(stage, 2, 130) +
    groundPlane(stage, tones.earth) +
    place(acacia(stage, 0.4), at(0.62), y(0.18), 0.62) +
    place(hut(stage, 0.36), at(0.46), y(0.22), 0.72) +
    place(roundTree(stage, 0.3), at(0.94), y(0.3), 0.95) +
    place(house(0, 0.22), at(0.83), y(0.4), 1.05) +
    place(house(1, 0.1), at(0.14), y(0.56), 1.35)
  );
}

/** Ribbons of light over a deep ground: for ideas, data and whatever has no place. */
function studio(stage: Stage): string {
  const { tones, width, height, horizon, ground, random, sun } = stage;
  const deep = mix(tones.sky.top, tones.ink, tones.isNight ? 0.25 : 0.1);
  const base = rect(
    0,
    0,
    width,
    height,
    stage.fade([
      [0, deep],
      [0.62, tones.sky.middle],
      [1, tones.sky.low],
    ]),
  );
  const disc = circle(
    sun.x,
    horizon - height * 0.16,
    stage.isTall ? 330 : 300,
    stage.fade([
      [0, tones.sky.sun],
      [1, tones.sky.low],
    ]),
    { opacity: "0.85" },
  );
  const flip = random.chance(0.5) ? 1 : -1;
  const ribbons = [tones.accents[3], tones.accents[2], tones.accents[0], tones.accents[1]].map((colour, index) => {
    const y = horizon - 60 + index * 34;
    const sweep = (shift: number): Point[] =>
      [-0.05, 0.2, 0.42, 0.66, 0.86, 1.06].map(
        (x, step): Point => [
          x * width,
          y + shift - flip * Math.sin(step * 1.15 + index * 0.5) * (118 - index * 14) - flip * (x - 0.5) * 170,
        ],
      );
    const upper = sweep(0);
    const lower = sweep(74).reverse();
    const shape = `${curve(...upper)}L${curve(...lower).slice(1)}Z`;
    return path(
      shape,
      stage.fade(
        [
          [0, mix(colour, tones.sky.middle, 0.15)],
          [0.5, mix(colour, tones.paper, 0.12)],
          [1, mix(colour, tones.sky.top, 0.3)],
        ],
        "right",
      ),
      { opacity: "0.92" },
    );
  });
  const rest = mix(tones.land[2], tones.ink, 0.2);
  return (
    base +
    disc +
    ribbons.join("") +
    layer(
      stage,
      [
        [-20, ground - 66],
        [width * 0.3, ground - 40],
        [width * 0.7, ground - 66],
        [width + 20, ground - 36],
      ],
      rest,
      0.05,
    )
  );
}

export const outdoors = {
  savannah,
  mountain,
  farm,
  coast,
  lake,
  port,
  village,
  city,
  terrace,
  street,
  road,
  pitch,
  studio,
  church: (stage: Stage) => worship(stage, "church"),
  mosque: (stage: Stage) => worship(stage, "mosque"),
};
