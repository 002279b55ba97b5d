import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { blob, circle, curve, ellipse, group, limb, line, path, polygon, rect, round } from "./svg.ts";

export const deskHeight = 312;

/** A desk from the side of the room: its top is at −deskHeight. */
export function desk(stage: Stage, left: number, right: number): string {
  const { tones } = stage;
  const wood = tones.local(mix(tones.earth, tones.wall, 0.15));
  const legs = tones.shade(wood);
  return (
    path(limb([left + 26, -8, 7], [left + 40, -290, 9]) + limb([right - 26, -8, 7], [right - 40, -290, 9]), legs) +
    rect(left, -deskHeight, right - left, 20, wood, 6) +
    rect(left + 8, -deskHeight + 14, right - left - 16, 12, legs)
  );
}

/** A closed table front: people behind it show from the waist up. */
export function counter(stage: Stage, width: number, colour: string): string {
  const { tones } = stage;
  const face = tones.local(colour);
  const top = tones.local(mix(colour, tones.paper, 0.45));
  const panels = [-0.25, 0.25].map((at) =>
    rect(at * width - width * 0.19, -deskHeight + 62, width * 0.38, deskHeight - 96, tones.shade(face), 6, {
      opacity: "0.4",
    }),
  );
  return (
    rect(-width / 2 + 14, -deskHeight + 10, width - 28, deskHeight - 10, face, 6) +
    panels.join("") +
    rect(-width / 2, -deskHeight, width, 28, top, 8)
  );
}

export function chair(stage: Stage, x: number): string {
  const { tones } = stage;
  const frame = tones.local(tones.ink);
  const seat = tones.local(tones.accents[2]);
  return (
    path(limb([x - 4, -190, 6], [x - 4, -60, 6]), frame) +
    line(`M${round(x - 60)} -12L${round(x - 4)} -52L${round(x + 52)} -12`, frame, 9) +
    circle(x - 60, -10, 9, frame) +
    circle(x + 52, -10, 9, frame) +
    rect(x - 74, -204, 136, 24, seat, 12) +
    path(limb([x - 66, -230, 11], [x - 82, -400, 13]), tones.shade(seat))
  );
}

/** An open laptop from its side; the hinge is on the right. Its base sits on y = 0. */
export function laptopSide(stage: Stage): string {
  const { tones } = stage;
  const metal = tones.local(mix(tones.ink, tones.paper, 0.62));
  const light = stage.fade(
    [
      [0, tones.glow, 0],
      [1, tones.glow, 0.42],
    ],
    "right",
  );
  return (
    path("M-150 -150L40 -112L22 -8L-120 -10Z", light) +
    rect(-96, -9, 134, 9, tones.shade(metal), 4) +
    path(limb([34, -6, 4.5], [66, -112, 4.5]), metal)
  );
}

/** The back of an open laptop's lid, seen from the front. */
export function laptopLid(stage: Stage): string {
  const { tones } = stage;
  const metal = tones.local(mix(tones.ink, tones.paper, 0.7));
  return (
    rect(-104, -132, 208, 128, metal, 12) +
    path("M40 -132H92C100 -132 104 -128 104 -120V-4H4Z", tones.shade(metal), { opacity: "0.5" }) +
    circle(0, -68, 15, tones.local(tones.paper)) +
    rect(-120, -8, 240, 8, tones.shade(metal), 4)
  );
}

/** An open laptop's screen, seen over somebody's shoulder. */
export function laptopScreen(stage: Stage): string {
  const { tones } = stage;
  const bars = [34, 52, 44, 74].map((tall, index) =>
    rect(22 + index * 18, -24 - tall, 12, tall, tones.local(tones.accents[index % 2 === 0 ? 0 : 2]), 2),
  );
  return (
    rect(-112, -142, 224, 136, tones.local(tones.ink), 10) +
    rect(-103, -134, 206, 120, mix(tones.paper, tones.sky.middle, 0.14), 5) +
    line("M-86 -112H-24M-86 -92H-4M-86 -72H-34M-86 -52H-14", mix(tones.ink, tones.paper, 0.55), 6) +
    bars.join("") +
    rect(-128, -9, 256, 9, tones.local(mix(tones.ink, tones.paper, 0.55)), 4)
  );
}

export function mug(stage: Stage): string {
  const { tones } = stage;
  const colour = tones.local(tones.accents[0]);
  return (
    circle(20, -20, 11, "none", { stroke: colour, "stroke-width": 6 }) +
    path("M-20 -42H20V-10C20 -4 14 0 8 0H-8C-14 0 -20 -4 -20 -10Z", colour) +
    line(curve([-6, -52], [2, -64], [-6, -78]), tones.local(tones.paper), 3.5, { opacity: "0.7" })
  );
}

export function plant(stage: Stage): string {
  const { tones } = stage;
  const leaf = tones.local(tones.leaf);
  const leaves = [-62, -34, -8, 22, 52].map((angle, index) =>
    group(
      path("M0 0C-22 -34 -16 -78 0 -104C16 -78 22 -34 0 0Z", index % 2 === 0 ? leaf : tones.shade(leaf)),
      `translate(0 -46) rotate(${angle})`,
    ),
  );
  return (
    leaves.join("") +
    path("M-34 -54H34L26 0H-26Z", tones.local(tones.accents[0])) +
    rect(-38, -60, 76, 14, tones.shade(tones.local(tones.accents[0])), 5)
  );
}

export function floorLamp(stage: Stage): string {
  const { tones } = stage;
  const pole = tones.local(tones.ink);
  const pool = stage.dissolve(tones.glow, 0.5, "out");
  return (
    circle(0, -430, 190, pool) +
    ellipse(0, -5, 46, 8, pole) +
    path(limb([0, -8, 4], [0, -420, 4]), pole) +
    path("M-34 -474H34L62 -400H-62Z", mix(tones.local(tones.accents[1]), tones.glow, 0.4))
  );
}

export function deskLamp(stage: Stage): string {
  const { tones } = stage;
  const arm = tones.local(tones.accents[3]);
  const cone =
    tones.isNight || tones.time === "dusk" ? path("M-44 -134L-104 0H56L-2 -134Z", stage.dissolve(tones.glow, 0.5)) : "";
  return (
    cone +
    rect(2, -8, 66, 8, arm, 4) +
    line("M36 -8L58 -92L-10 -150", arm, 7) +
    path("M-44 -128C-44 -160 -6 -176 6 -152L4 -128Z", arm)
  );
}

export function bookshelf(stage: Stage, width: number, rows: number): string {
  const { tones, random } = stage;
  const wood = tones.local(mix(tones.earth, tones.ink, 0.25), 0.15);
  const palette = [
    tones.accents[0],
    tones.accents[1],
    tones.accents[2],
    tones.accents[3],
    tones.paper,
    tones.leaf,
  ] as const;
  const shelf = (row: number) => {
    const y = -row * 92;
    const books: string[] = [];
    for (let x = -width / 2 + 16; x < width / 2 - 34; ) {
      const wide = random.between(12, 22);
      const tall = random.between(44, 68);
      if (random.chance(0.84))
        books.push(rect(x, y - 10 - tall, wide, tall, tones.local(random.pick(palette), 0.22), 2));
      x += wide + 3;
    }
    return books.join("") + rect(-width / 2, y - 10, width, 10, wood);
  };
  return (
    rect(-width / 2, -rows * 92 - 12, width, rows * 92 + 12, tones.shade(wood)) +
    rect(-width / 2 + 10, -rows * 92 - 2, width - 20, rows * 92, mix(wood, tones.ink, 0.3)) +
    Array.from({ length: rows }, (_, row) => shelf(row)).join("")
  );
}

export function steam(stage: Stage, x: number, y: number): string {
  return [-22, 0, 22]
    .map((shift) =>
      line(
        curve([x + shift, y], [x + shift + 10, y - 26], [x + shift - 8, y - 54], [x + shift + 6, y - 84]),
        stage.tones.local(stage.tones.paper),
        6,
        { opacity: "0.5" },
      ),
    )
    .join("");
}

/** A heap of round produce on a tray, about `width` wide. */
export function heap(colour: string, shade: string, width: number): string {
  const rows = [5, 4, 3, 2];
  const size = width / 10;
  const fruit = rows.flatMap((count, row) =>
    Array.from({ length: count }, (_, index) => {
      const x = (index - (count - 1) / 2) * size * 1.85;
      const y = -size - row * size * 1.5;
      return (
        circle(x, y, size, (index + row) % 2 === 0 ? colour : shade) +
        circle(x - size * 0.3, y - size * 0.35, size * 0.2, "#ffffff", { opacity: "0.4" })
      );
    }),
  );
  return fruit.join("");
}

export function crate(stage: Stage, width: number): string {
  const wood = stage.tones.local(mix(stage.tones.earth, stage.tones.wall, 0.3));
  return (
    rect(-width / 2, -56, width, 56, stage.tones.shade(wood), 4) +
    rect(-width / 2, -54, width, 20, wood, 3) +
    rect(-width / 2, -28, width, 20, wood, 3)
  );
}

export function basket(stage: Stage): string {
  const { tones } = stage;
  const weave = tones.local(mix(tones.earth, tones.accents[1], 0.4));
  const shape = "M-62 -58H62C58 -22 44 0 30 0H-30C-44 0 -58 -22 -62 -58Z";
  const bands = line("M-70 -44H70M-70 -16H70", tones.local(tones.accents[0]), 8, {
    "stroke-dasharray": "14 10",
    "stroke-linecap": "butt",
  });
  return path(shape, weave) + stage.clipped(bands, shape) + rect(-67, -66, 134, 13, tones.shade(weave), 6);
}

export function leafyHeap(stage: Stage): string {
  const { tones } = stage;
  const leaf = tones.local(tones.leaf);
  return (
    path(blob([-56, -56], [-50, -84], [-22, -96], [8, -90], [34, -100], [54, -78], [58, -56]), tones.shade(leaf)) +
    path(blob([-44, -58], [-34, -82], [-6, -88], [18, -78], [36, -58]), leaf) +
    path(polygon([-10, -60], [-2, -80], [6, -60]), tones.shade(leaf))
  );
}
