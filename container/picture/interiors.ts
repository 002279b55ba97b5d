import { skyline } from "./city.ts";
import { mix } from "./colour.ts";
import { bookshelf, floorLamp, plant } from "./furniture.ts";
import { layer, ridge } from "./land.ts";
import { bigWindow, floorLine, outlook, room, windowOnto } from "./room.ts";
import { drawSky } from "./sky.ts";
import type { Stage } from "./stage.ts";
import { blob, circle, curve, ellipse, limb, line, path, place, polygon, rect, round } from "./svg.ts";
import { roundTree } from "./trees.ts";

function office(stage: Stage, isCity: boolean): string {
  const { tones, width, random } = stage;
  const y = floorLine(stage);
  const view = (out: Stage, base: number) =>
    isCity
      ? skyline(out, base + 10, stage.isTall ? 0.86 : 0.8)
      : layer(out, ridge(out, base - 70, 90, 3), tones.land[0], 0.6) +
        layer(out, ridge(out, base - 20, 60, 4), tones.land[1], 0.25);
  const side = random.chance(0.5) ? 0.07 : 0.93;
  return (
    room(stage, mix(tones.wall, tones.accents[2], 0.16), mix(tones.earth, tones.wall, 0.2)) +
    bigWindow(stage, view) +
    place(plant(stage), width * side, y + 30, 1.5) +
    place(floorLamp(stage), width * (1 - side), y + 26, 0.9)
  );
}

function classroom(stage: Stage): string {
  const { tones, width, isTall } = stage;
  const y = floorLine(stage);
  const wide = width * (isTall ? 0.8 : 0.52);
  const tall = isTall ? 380 : 330;
  const [left, top] = [width / 2 - wide / 2, y - tall - (isTall ? 270 : 165)];
  const board = tones.local(mix(tones.accents[2], tones.ink, 0.62));
  const chalk = tones.local(tones.paper);
  const scale = Math.min(wide / 900, 1);
  const drawing =
    line(curve([60, 190], [150, 150], [230, 170], [330, 90], [400, 60]), chalk, 6, { opacity: "0.8" }) +
    line("M60 60V230H420", chalk, 5, { opacity: "0.7" }) +
    circle(600, 120, 62, "none", { stroke: chalk, "stroke-width": 5, opacity: "0.75" }) +
    line("M600 120L644 76M538 120H662", chalk, 4, { opacity: "0.65" }) +
    line("M720 80H840M720 120H800M720 160H830", chalk, 7, { opacity: "0.6" });
  const flags = isTall
    ? ""
    : windowOnto(
        stage,
        width * 0.05,
        top + 10,
        width * 0.13,
        tall - 20,
        outlook(stage, (out) => drawSky(out, false)),
      ) +
      windowOnto(
        stage,
        width * 0.82,
        top + 10,
        width * 0.13,
        tall - 20,
        outlook(stage, (out) => drawSky(out, false)),
      );
  return (
    room(stage, mix(tones.wall, tones.accents[1], 0.22), mix(tones.earth, tones.land[2], 0.2)) +
    flags +
    rect(left - 14, top - 14, wide + 28, tall + 28, tones.local(mix(tones.earth, tones.ink, 0.2)), 8) +
    rect(left, top, wide, tall, board, 3) +
    place(drawing, left + (wide - 900 * scale) / 2, top + tall * 0.2, scale) +
    rect(left, top + tall + 12, wide, 10, tones.local(tones.earth))
  );
}

function kitchen(stage: Stage): string {
  const { tones, width, isTall } = stage;
  const y = floorLine(stage);
  const tile = tones.local(mix(tones.paper, tones.accents[2], 0.18));
  const bandTop = y - (isTall ? 560 : 430);
  const grid = stage.pattern(64, line("M0 0H64M0 0V64", tones.shade(tile), 2.5, { opacity: "0.5" }));
  const shelfY = bandTop - 16;
  const jar = (x: number, tall: number, colour: string) =>
    rect(x, shelfY - tall, 46, tall, tones.local(colour, 0.1), 8) +
    rect(x + 6, shelfY - tall - 12, 34, 14, tones.local(tones.earth, 0.1), 4);
  const left = width * (isTall ? 0.08 : 0.58);
  const pots = [0, 1, 2].map((index) =>
    place(
      line("M0 -46V-10", tones.local(tones.ink), 6) +
        path(
          "M-40 -10H40C40 26 24 40 0 40C-24 40 -40 26 -40 -10Z",
          tones.local([tones.ink, tones.accents[0], tones.accents[1]][index] ?? tones.ink, 0.1),
        ),
      width * (isTall ? 0.6 : 0.1) + index * 104,
      bandTop + 60,
      0.9,
    ),
  );
  return (
    room(stage, mix(tones.wall, tones.accents[1], 0.25), mix(tones.accents[0], tones.earth, 0.6)) +
    rect(0, bandTop, width, y - bandTop - 12, tile) +
    rect(0, bandTop, width, y - bandTop - 12, grid) +
    windowOnto(
      stage,
      width * (isTall ? 0.3 : 0.34),
      bandTop - (isTall ? 340 : 130),
      isTall ? 400 : 300,
      isTall ? 280 : 260,
      outlook(stage, (out) => drawSky(out, false) + layer(out, ridge(out, bandTop + 90, 60, 3), tones.leaf, 0.3)),
    ) +
    rect(left, shelfY, 320, 14, tones.local(tones.earth)) +
    jar(left + 24, 62, tones.accents[0]) +
    jar(left + 92, 84, tones.accents[1]) +
    jar(left + 160, 54, tones.leaf) +
    jar(left + 228, 74, tones.accents[3]) +
    line(`M${round(width * (isTall ? 0.55 : 0.06))} ${round(bandTop + 20)}h300`, tones.local(tones.ink), 7) +
    pots.join("")
  );
}

function ward(stage: Stage): string {
  const { tones, width, isTall } = stage;
  const y = floorLine(stage);
  const curtain = tones.local(mix(tones.accents[2], tones.paper, 0.5));
  const left = width * (isTall ? 0.62 : 0.74);
  const folds = Array.from({ length: 7 }, (_, index) =>
    rect(left + index * 38, y - 620, 38, 600, index % 2 === 0 ? curtain : tones.shade(curtain)),
  );
  const cross = tones.local(tones.accents[0]);
  const windowWidth = isTall ? 330 : 380;
  // Above the window where the wall is high enough, else in the gap before the curtain.
  const isHigh = y > 850;
  const gap = (width * 0.1 + windowWidth + left) / 2;
  const [crossX, crossY] = isHigh ? [width * 0.26, y - 720] : [Math.min(gap, width * 0.4), y - 500];
  return (
    room(stage, mix(tones.paper, tones.accents[2], 0.2), mix(tones.wall, tones.accents[2], 0.25)) +
    windowOnto(
      stage,
      width * 0.1,
      y - (isTall ? 560 : 520),
      windowWidth,
      300,
      outlook(stage, (out) => drawSky(out, false) + place(roundTree(out, 0.3), width * 0.2, y - 220, 1.1)),
    ) +
    circle(crossX, crossY, 66, tones.local(tones.paper)) +
    path(`M${round(crossX - 13)} ${round(crossY - 40)}h26v27h27v26h-27v27h-26v-27h-27v-26h27Z`, cross) +
    rect(left - 20, y - 634, 310, 14, tones.local(mix(tones.ink, tones.paper, 0.5)), 6) +
    folds.join("")
  );
}

function theatre(stage: Stage): string {
  const { tones, width, height, random } = stage;
  const y = floorLine(stage);
  const back = mix(tones.ink, tones.accents[3], 0.35);
  const cloth = mix(tones.accents[0], tones.ink, 0.3);
  const fall = (x: number, side: number) =>
    Array.from({ length: 5 }, (_, index) => {
      const at = x + side * index * width * 0.034;
      return path(
        blob(
          [at, -20],
          [at + side * width * 0.05, -20],
          [at + side * width * 0.036, y * 0.5],
          [at + side * width * 0.03, y],
          [at - side * 8, y],
        ),
        index % 2 === 0 ? cloth : mix(cloth, tones.ink, 0.35),
      );
    }).join("");
  const beams = [0.2, 0.5, 0.8].map((at, index) => {
    const target = width * (0.5 + (at - 0.5) * 0.35);
    const colour = [tones.accents[1], tones.glow, tones.accents[2]][index] ?? tones.glow;
    return path(
      polygon([width * at - 14, -20], [width * at + 14, -20], [target + 210, y + 30], [target - 210, y + 30]),
      stage.fade([
        [0, colour, 0.5],
        [1, colour, 0.04],
      ]),
    );
  });
  const crowd = Array.from({ length: Math.ceil(width / 92) + 1 }, (_, index) => {
    const x = index * 92 + random.between(-14, 14);
    const top = height * (stage.isTall ? 0.86 : 0.955) + random.between(-8, 8);
    return (
      ellipse(x, top, 30, 36, tones.ink) +
      path(
        `M${round(x - 66)} ${round(height + 10)}C${round(x - 64)} ${round(top + 44)} ${round(x - 30)} ${round(top + 30)} ${round(x)} ${round(top + 30)}C${round(x + 30)} ${round(top + 30)} ${round(x + 64)} ${round(top + 44)} ${round(x + 66)} ${round(height + 10)}Z`,
        tones.ink,
      )
    );
  });
  const boards = stage.fade([
    [0, mix(tones.earth, tones.ink, 0.3)],
    [1, mix(tones.earth, tones.ink, 0.72)],
  ]);
  return (
    rect(0, 0, width, height, back) +
    beams.join("") +
    fall(-10, 1) +
    fall(width + 10, -1) +
    rect(0, y, width, height - y, boards) +
    ellipse(width / 2, stage.ground, width * 0.3, 40, tones.glow, { opacity: "0.28" }) +
    crowd.join("")
  );
}

function home(stage: Stage): string {
  const { tones, width, isTall } = stage;
  const y = floorLine(stage);
  const frames = [0, 1, 2].map((index) => {
    const x = width * (isTall ? 0.56 : 0.6) + index * 130;
    const colour = tones.accents[index] ?? tones.accents[0];
    return (
      rect(x, y - 560 - (index % 2) * 30, 104, 132, tones.local(tones.paper), 4) +
      rect(x + 12, y - 548 - (index % 2) * 30, 80, 108, tones.local(colour, 0.25)) +
      circle(x + 52, y - 500 - (index % 2) * 30, 22, tones.local(tones.paper, 0.2))
    );
  });
  const rug = ellipse(
    width / 2,
    stage.ground + 6,
    width * 0.36,
    46,
    tones.local(mix(tones.accents[0], tones.earth, 0.35)),
    { opacity: "0.55" },
  );
  return (
    room(stage, mix(tones.wall, tones.accents[0], 0.24), mix(tones.earth, tones.ink, 0.12)) +
    windowOnto(
      stage,
      width * 0.1,
      y - (isTall ? 640 : 540),
      isTall ? 380 : 460,
      330,
      outlook(stage, (out) => drawSky(out, true) + layer(out, ridge(out, y - 260, 60, 3), tones.land[1], 0.4)),
    ) +
    frames.slice(0, isTall ? 2 : 3).join("") +
    rug +
    place(plant(stage), width * 0.9, y + 30, 1.5)
  );
}

function library(stage: Stage): string {
  const { tones, width, isTall } = stage;
  const y = floorLine(stage);
  const shelves = (isTall ? [0.22, 0.78] : [0.16, 0.5, 0.84]).map((at) =>
    place(bookshelf(stage, isTall ? 400 : 500, isTall ? 8 : 6), width * at, y),
  );
  return (
    room(stage, mix(tones.wall, tones.accents[3], 0.3), mix(tones.earth, tones.ink, 0.2)) +
    shelves.join("") +
    line(`M${round(width / 2)} 0V${round(stage.height * 0.1)}`, tones.local(tones.ink), 5) +
    path(limb([width / 2, stage.height * 0.12, 34], [width / 2, stage.height * 0.12, 34]), tones.glow)
  );
}

export const interiors = {
  office: (stage: Stage) => office(stage, true),
  workroom: (stage: Stage) => office(stage, false),
  classroom,
  kitchen,
  ward,
  theatre,
  home,
  library,
};
