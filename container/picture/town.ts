import { duka, skyline, streetLamp } from "./city.ts";
import { mix } from "./colour.ts";
import { plant } from "./furniture.ts";
import { groundPlane, hills, layer, ridge, scatter } from "./land.ts";
import { drawSky } from "./sky.ts";
import type { Stage } from "./stage.ts";
import { below, line, path, place, polygon, rect, round } from "./svg.ts";
import { acacia, roundTree } from "./trees.ts";
import { cargoShip, openWater } from "./water.ts";
import { church, mosque } from "./worship.ts";

export function port(stage: Stage): string {
  const { tones, width, horizon, ground } = stage;
  const crane = (distance: number) => {
    const steel = tones.local(tones.accents[0], distance);
    return (
      line(
        "M-60 0L-46 -300M60 0L46 -300M-54 -120H54M-48 -240H48M-160 -300H190M0 -300V-380M0 -380L-150 -302M0 -380L180 -302",
        steel,
        11,
      ) +
      line("M-120 -300V-190", steel, 4) +
      rect(-142, -190, 44, 26, tones.local(tones.accents[2], distance))
    );
  };
  return (
    drawSky(stage, true) +
    layer(stage, ridge(stage, horizon + 4, 40, 4), tones.land[0], 0.7) +
    openWater(stage, horizon, ground) +
    place(cargoShip(stage, 0.62), width * (stage.focus > width / 2 ? 0.56 : 0.82), horizon + 20, 0.36) +
    place(crane(0.22), width * 0.16, ground - 30, stage.isTall ? 1.1 : 1.05) +
    place(crane(0.34), width * 0.36, ground - 42, 0.8) +
    groundPlane(stage, mix(tones.ink, tones.wall, 0.6), ground - 46)
  );
}

export function city(stage: Stage): string {
  const { tones, horizon, width, ground } = stage;
  const y = horizon + 26;
  return (
    drawSky(stage, true) +
    skyline(stage, y, stage.isTall ? 0.98 : 0.92) +
    groundPlane(stage, mix(tones.leaf, tones.earth, 0.3), y - 2) +
    Array.from({ length: 7 }, (_, index) =>
      place(roundTree(stage, 0.32), width * ((index + stage.random.between(0.1, 0.9)) / 7), y + 16, 0.34),
    ).join("") +
    place(acacia(stage, 0.1), width * (stage.random.chance(0.5) ? 0.05 : 0.95), ground - 40, 1.05)
  );
}

/** A roof above the town: paving, a railing, pots, and the skyline behind. */
export function terrace(stage: Stage): string {
  const { tones, width, height, ground, horizon } = stage;
  const edge = ground - (stage.isTall ? 120 : 84);
  const paving = tones.local(mix(tones.earth, tones.wall, 0.45));
  const rail = tones.local(mix(tones.ink, tones.accents[3], 0.2), 0.12);
  const glass = stage.fade([
    [0, tones.paper, 0.1],
    [1, tones.paper, 0.34],
  ]);
  const joints = Array.from({ length: 17 }, (_, index) => {
    const at = index - 8;
    return `M${round(width / 2 + at * width * 0.09)} ${round(edge)}L${round(width / 2 + at * width * (stage.isTall ? 0.26 : 0.16))} ${round(height)}`;
  }).join("");
  const posts = Array.from(
    { length: Math.ceil(width / 210) + 1 },
    (_, index) => `M${index * 210 + 20} ${round(edge)}V${round(edge - 132)}`,
  ).join("");
  const pots = [0.04, 0.95].map((at) => place(plant(stage), width * at, edge + 26, 1.35)).join("");
  return (
    drawSky(stage, true) +
    skyline(stage, Math.max(horizon + 40, edge - 30), stage.isTall ? 1.02 : 0.96) +
    rect(0, edge - 40, width, 60, tones.local(tones.leaf, 0.4)) +
    rect(0, edge - 128, width, 130, glass) +
    line(posts, rail, 7) +
    line(`M0 ${round(edge - 134)}H${round(width)}`, rail, 12) +
    rect(
      0,
      edge,
      width,
      height - edge,
      stage.fade([
        [0, mix(paving, tones.sky.low, 0.2)],
        [1, tones.shade(tones.shade(paving))],
      ]),
    ) +
    line(joints, tones.shade(tones.shade(paving)), 3, { opacity: "0.35" }) +
    rect(0, edge - 4, width, 10, tones.shade(paving)) +
    pots
  );
}

/** A tarred road along the sheet, its markings above the captions. */
function tarmac(stage: Stage, top: number): string {
  const { tones, width, height, ground } = stage;
  const tar = tones.local(mix(tones.ink, tones.wall, 0.3));
  const kerb = tones.local(mix(tones.wall, tones.ink, 0.2));
  const paint = stage.fade([
    [0, mix(tar, tones.sky.low, 0.14)],
    [1, tones.shade(tar)],
  ]);
  const verge = stage.isTall
    ? path(
        below(
          [
            [-20, height * 0.845],
            [width * 0.5, height * 0.835],
            [width + 20, height * 0.85],
          ],
          height + 20,
        ),
        tones.shade(tones.local(mix(tones.earth, tones.leaf, 0.4))),
      )
    : "";
  return (
    rect(-20, top - 16, width + 40, 18, kerb) +
    rect(-20, top, width + 40, height - top + 20, paint) +
    line(`M-40 ${round(ground + (stage.isTall ? 34 : 26))}H${round(width + 40)}`, kerb, 7, {
      "stroke-dasharray": "90 70",
      "stroke-linecap": "butt",
      opacity: "0.45",
    }) +
    verge
  );
}

export function street(stage: Stage): string {
  const { tones, width, ground, horizon, random } = stage;
  const top = ground - 52;
  const shops: string[] = [];
  const scale = stage.isTall ? 0.92 : 0.86;
  for (let x = random.between(0, 120); x < width + 160; x += 330 * scale)
    shops.push(place(duka(stage, 0.26), x, top - 10, scale));
  return (
    drawSky(stage, true) +
    skyline(stage, horizon + 40, stage.isTall ? 0.98 : 0.82) +
    groundPlane(stage, mix(tones.earth, tones.wall, 0.3), horizon + 30) +
    [0.08, 0.38, 0.7, 0.96].map((at) => place(roundTree(stage, 0.3), width * at, top - 12, 0.95)).join("") +
    shops.join("") +
    tarmac(stage, top) +
    place(streetLamp(stage, 0.08), width * 0.1, top - 2, 1.15) +
    place(streetLamp(stage, 0.08), width * 0.8, top - 2, 1.15)
  );
}

export function road(stage: Stage): string {
  const { tones, ground, horizon } = stage;
  return (
    drawSky(stage, true) +
    hills(stage, 3, 150) +
    groundPlane(stage, mix(tones.earth, tones.leaf, 0.3), horizon + 40) +
    scatter(stage, (distance) => acacia(stage, distance), 4, 0.4, 1) +
    tarmac(stage, ground - 52)
  );
}

function floodlight(stage: Stage, steel: string): string {
  const lamps = line("M-44 -352H50M-44 -330H50M-44 -310H50", stage.tones.glow, 13, { "stroke-dasharray": "0.1 29" });
  return line("M0 0V-300", steel, 10) + rect(-62, -372, 124, 76, steel, 6) + lamps;
}

function goal(stage: Stage): string {
  const { tones } = stage;
  return (
    line("M-110 0V-110H110V0", tones.local(tones.paper, 0.1), 8) +
    line(
      "M-80 0V-100M-50 0V-106M-20 0V-106M10 0V-106M40 0V-106M70 0V-106M-106 -30H106M-106 -58H106M-106 -86H106",
      tones.local(tones.paper, 0.2),
      2,
      { opacity: "0.5" },
    )
  );
}

export function pitch(stage: Stage): string {
  const { tones, width, horizon, ground, height } = stage;
  const grass = tones.local(mix(tones.leaf, tones.accents[2], 0.15));
  const stand = tones.local(mix(tones.ink, tones.accents[3], 0.4), 0.4);
  const top = horizon - 20;
  const seats = [tones.accents[0], tones.accents[1], tones.paper, tones.accents[2]].map((colour, index) =>
    line(
      Array.from(
        { length: 4 },
        (_, row) => `M${index * 17 + row * 9} ${round(top - 150 + row * 34 + index * 4)}H${round(width)}`,
      ).join(""),
      tones.local(colour, 0.45),
      10,
      { "stroke-dasharray": "0.1 68" },
    ),
  );
  const mown = Array.from({ length: 6 }, (_, index) =>
    index % 2 === 0
      ? path(
          polygon(
            [width * (index / 6), top + 40],
            [width * ((index + 1) / 6), top + 40],
            [width * (0.5 + ((index + 1) / 6 - 0.5) * 1.9), height],
            [width * (0.5 + (index / 6 - 0.5) * 1.9), height],
          ),
          tones.shade(grass),
          { opacity: "0.3" },
        )
      : "",
  ).join("");
  return (
    drawSky(stage, false) +
    place(floodlight(stage, stand), width * 0.1, top - 120, 0.9) +
    place(floodlight(stage, stand), width * 0.9, top - 120, 0.9) +
    path(
      polygon(
        [-20, top - 190],
        [width * 0.25, top - 158],
        [width * 0.75, top - 158],
        [width + 20, top - 190],
        [width + 20, top + 20],
        [-20, top + 20],
      ),
      stand,
    ) +
    seats.join("") +
    rect(-20, top + 2, width + 40, 42, tones.local(mix(tones.accents[1], tones.paper, 0.2), 0.2)) +
    rect(
      -20,
      top + 40,
      width + 40,
      height - top,
      stage.fade([
        [0, mix(grass, tones.sky.low, 0.2)],
        [0.3, grass],
        [1, tones.shade(grass)],
      ]),
    ) +
    mown +
    place(goal(stage), width * (stage.random.chance(0.5) ? 0.2 : 0.8), top + 96, 1) +
    line(`M-20 ${round(ground - 40)}H${round(width + 20)}`, tones.local(tones.paper), 5, { opacity: "0.5" })
  );
}

export function worship(stage: Stage, kind: "church" | "mosque"): string {
  const { tones, width, horizon, ground } = stage;
  const [x, y] = [
    width * (stage.focus > width * 0.7 ? 0.45 : stage.focus > width / 2 ? 0.31 : 0.67),
    horizon + (ground - horizon) * 0.4,
  ];
  const rays = Array.from({ length: 9 }, (_, index) => {
    const angle = (index / 9) * Math.PI * 2 + 0.2;
    const reach = Math.hypot(stage.width, stage.height);
    return polygon(
      [stage.sun.x, stage.sun.y],
      [stage.sun.x + Math.cos(angle) * reach, stage.sun.y + Math.sin(angle) * reach],
      [stage.sun.x + Math.cos(angle + 0.22) * reach, stage.sun.y + Math.sin(angle + 0.22) * reach],
    );
  }).join("");
  return (
    drawSky(stage, true) +
    path(rays, stage.tones.sky.sun, { opacity: stage.tones.isNight ? "0.06" : "0.16" }) +
    hills(stage, 2, 110) +
    groundPlane(stage, mix(tones.earth, tones.leaf, 0.25)) +
    place(roundTree(stage, 0.4), x - 250, y - 6, 0.95) +
    place(kind === "church" ? church(stage, 0.24) : mosque(stage, 0.24), x, y, stage.isTall ? 1.3 : 1.2) +
    place(roundTree(stage, 0.26), x + 290, y + 4, 0.9)
  );
}
