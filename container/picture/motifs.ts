import { cattle, elephants, giraffe } from "./animals.ts";
import type { Art, DrawArt } from "./art.ts";
import { duka } from "./city.ts";
import { mix } from "./colour.ts";
import { cook, maker } from "./crafts.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import { house, seedling, solar, water } from "./growth.ts";
import { clock, globe, heart, megaphone, trophy } from "./honours.ts";
import { caller, celebration, chai, family, overlook, walker } from "./life.ts";
import { chart, coins, payment } from "./money.ts";
import { books, bulb, rocket, shield } from "./monuments.ts";
import { footballer, performer, runner } from "./performers.ts";
import type { SettingName } from "./scenery.ts";
import { student, teacher } from "./school.ts";
import { group, rect } from "./svg.ts";
import { camera, loudspeakers, network, servers } from "./technology.ts";
import { farmer, stall } from "./trade.ts";
import { aeroplane, boda, lorry, matatu, train } from "./vehicles.ts";
import { canoe, cargoShip, dhow } from "./water.ts";
import { doctor, laptop, presenter, team } from "./work.ts";

export type Motif = {
  draw: DrawArt;
  /** Where it may be shown, the most fitting first. */
  settings: readonly [SettingName, ...SettingName[]];
  /** Not shown by night unless the words say so. */
  isDaywork?: boolean;
  /** How far from the horizon (0) to the ground line (1) it stands; 1 unless it floats. */
  level?: number;
  /** How large beside other motifs; 1 unless it should stay small or rise. */
  scale?: number;
};

const open = ["savannah", "mountain", "lake", "city", "village", "farm", "coast", "road"] as const;
const ideas = ["studio", "city", "savannah", "mountain", "lake", "coast", "village", "farm", "road"] as const;

const shopkeeper: DrawArt = (stage, { lead, second, variant }): Art => ({
  svg:
    groundShadow(stage, 700) +
    group(duka(stage, 0), "scale(1.9)") +
    group(
      standingFigure(stage, lead, "front", { right: { elbow: [130, -600], hand: [150, -690] } }),
      `translate(${variant % 2 === 0 ? -380 : 380} 10) scale(.62)`,
    ) +
    (variant % 2 === 0 ? group(standingFigure(stage, second, "back", {}), "translate(-40 24) scale(.6)") : ""),
  width: 860,
  height: 500,
});

const afloat =
  (draw: typeof dhow, width: number, height: number): DrawArt =>
  (stage) => ({ svg: draw(stage, 0.06), width, height });

/** Two people at work in a canoe; the hull hides what stands in it. */
const fishers: DrawArt = (stage, { lead, second }): Art => {
  const wood = stage.tones.local(mix(stage.tones.earth, stage.tones.ink, 0.35));
  const paddle = rect(-7, -330, 14, 640, wood, 6) + rect(-26, 250, 52, 150, wood, 24);
  const [one, other] = [lead, second].map((look) => ({ ...look, garment: "shirt" as const }));
  const poled = standingFigure(stage, one ?? lead, "front", {
    right: { elbow: [128, -470], hand: [150, -540] },
    held: paddle,
    isRightInFront: true,
  });
  return {
    svg:
      group(standingFigure(stage, other ?? second, "front", {}), "translate(-62 -6) scale(.27)") +
      group(poled, "translate(46 -6) scale(.31)") +
      canoe(stage, 0.06),
    width: 330,
    height: 225,
  };
};

export const motifs = {
  laptop: {
    draw: laptop,
    settings: ["office", "terrace", "workroom", "home", "studio", "village", "farm", "coast", "lake", "savannah"],
  },
  team: { draw: team, settings: ["office", "terrace", "workroom", "studio", "village"] },
  presenter: { draw: presenter, settings: ["workroom", "office", "studio", "terrace"] },
  teacher: { draw: teacher, settings: ["classroom"], isDaywork: true },
  student: { draw: student, settings: ["library", "classroom", "home", "village"] },
  doctor: { draw: doctor, settings: ["ward", "village"] },
  cook: { draw: cook, settings: ["kitchen", "street", "village"] },
  maker: { draw: maker, settings: ["workroom", "street", "village", "office"], isDaywork: true },
  overlook: {
    draw: overlook,
    settings: [...open, "studio", "street", "church", "mosque", "port", "pitch", "home", "ward"],
  },
  caller: {
    draw: caller,
    settings: ["street", "city", "village", "savannah", "farm", "home", "coast", "lake", "road"],
  },
  celebration: {
    draw: celebration,
    settings: [
      "terrace",
      "savannah",
      "studio",
      "lake",
      "coast",
      "village",
      "pitch",
      "theatre",
      "mountain",
      "city",
      "office",
      "home",
      "church",
      "street",
    ],
  },
  family: {
    draw: family,
    settings: ["village", "home", "savannah", "farm", "lake", "city", "coast", "church", "mosque", "mountain"],
  },
  farmer: { draw: farmer, settings: ["farm", "village", "mountain", "lake"], isDaywork: true },
  stall: { draw: stall, settings: ["street", "village", "city", "coast", "farm"] },
  footballer: { draw: footballer, settings: ["pitch", "village", "coast"] },
  performer: { draw: performer, settings: ["theatre", "city", "coast", "church", "village"] },
  walker: {
    draw: walker,
    settings: ["road", "village", "savannah", "street", "mountain", "lake", "coast", "city", "farm"],
  },
  runner: {
    draw: runner,
    settings: ["road", "savannah", "mountain", "lake", "pitch", "coast", "farm", "city"],
    isDaywork: true,
  },
  chai: { draw: chai, settings: ["home", "terrace", "village", "farm", "coast", "kitchen"] },
  shop: { draw: shopkeeper, settings: ["village", "road", "city", "coast", "farm"] },
  matatu: { draw: matatu, settings: ["street", "road", "city", "coast"], scale: 0.94 },
  boda: { draw: boda, settings: ["street", "road", "village", "farm", "lake", "city", "coast"] },
  lorry: { draw: lorry, settings: ["road", "port", "street", "farm"], scale: 0.94 },
  train: { draw: train, settings: ["savannah", "mountain", "farm", "city"], scale: 1.05 },
  aeroplane: { draw: aeroplane, settings: ["savannah", "city", "mountain", "coast", "road"], scale: 1.1 },
  giraffe: { draw: giraffe, settings: ["savannah", "mountain", "city"], scale: 1.1, isDaywork: true },
  elephants: { draw: elephants, settings: ["savannah", "mountain", "lake"], isDaywork: true },
  cattle: { draw: cattle, settings: ["savannah", "village", "farm", "mountain", "lake"], isDaywork: true },
  dhow: { draw: afloat(dhow, 390, 420), settings: ["coast", "lake"], level: 0.62, scale: 0.9 },
  canoe: { draw: fishers, settings: ["lake", "coast"], level: 0.72, scale: 0.72, isDaywork: true },
  ship: { draw: afloat(cargoShip, 540, 230), settings: ["port", "coast"], level: 0.5, scale: 0.9 },
  payment: {
    draw: payment,
    settings: ["city", "studio", "village", "street", "savannah", "coast", "farm", "lake", "road"],
  },
  chart: { draw: chart, settings: ideas },
  coins: { draw: coins, settings: ideas },
  bulb: { draw: bulb, settings: ideas },
  books: { draw: books, settings: ideas },
  shield: { draw: shield, settings: ideas },
  rocket: { draw: rocket, settings: ideas, scale: 1.1 },
  globe: { draw: globe, settings: ideas },
  trophy: { draw: trophy, settings: ["studio", "pitch", "theatre", "city", "savannah", "mountain"] },
  clock: { draw: clock, settings: ideas },
  megaphone: { draw: megaphone, settings: ["city", "studio", "village", "savannah", "street"] },
  heart: { draw: heart, settings: ideas },
  network: { draw: network, settings: ["studio", "city", "savannah", "mountain", "lake", "coast"], scale: 1.1 },
  servers: { draw: servers, settings: ["workroom", "studio", "office"] },
  solar: { draw: solar, settings: ["savannah", "farm", "village", "mountain", "lake", "coast"], isDaywork: true },
  water: { draw: water, settings: ["village", "lake", "savannah", "farm", "mountain", "coast"] },
  seedling: {
    draw: seedling,
    settings: ["farm", "mountain", "savannah", "village", "lake", "studio"],
    isDaywork: true,
  },
  camera: { draw: camera, settings: ["workroom", "studio", "city", "savannah", "theatre"] },
  loudspeakers: { draw: loudspeakers, settings: ["theatre", "studio", "coast", "city"] },
  house: { draw: house, settings: ["village", "farm", "mountain", "lake", "city", "coast", "savannah"] },
} satisfies Record<string, Motif>;

export type MotifName = keyof typeof motifs;
