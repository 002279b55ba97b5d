import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { blob, curve, ellipse, group, limb, line, type Point, path, rect, round } from "./svg.ts";

/** An acacia: forked trunk, flat canopies one over another. The foot is at the origin, about 300 high. */
export function acacia(stage: Stage, distance: number): string {
  const { tones, random } = stage;
  const bark = tones.local(mix(tones.ink, tones.earth, 0.25), distance);
  const leaf = tones.local(tones.leaf, distance);
  const dark = tones.shade(leaf);
  const lean = random.between(-14, 14);
  const trunk =
    path(limb([0, 0, 10], [lean * 0.4, -90, 7.5], [lean, -130, 6.5]), bark) +
    path(
      limb([lean, -130, 6], [lean - 62, -216, 3.5]) +
        limb([lean, -130, 6], [lean + 58, -222, 3.5]) +
        limb([lean, -130, 5], [lean - 6, -250, 3]),
      bark,
    );
  const canopy = (x: number, y: number, wide: number, tall: number) => {
    const flat = blob(
      [x - wide, y + tall * 0.3],
      [x - wide * 0.7, y - tall * 0.5],
      [x - wide * 0.2, y - tall],
      [x + wide * 0.3, y - tall * 0.9],
      [x + wide * 0.75, y - tall * 0.45],
      [x + wide, y + tall * 0.3],
      [x + wide * 0.4, y + tall * 0.5],
      [x - wide * 0.4, y + tall * 0.5],
    );
    return (
      path(flat, dark) +
      path(
        blob(
          [x - wide * 0.92, y + tall * 0.08],
          [x - wide * 0.7, y - tall * 0.5],
          [x - wide * 0.2, y - tall],
          [x + wide * 0.3, y - tall * 0.9],
          [x + wide * 0.75, y - tall * 0.45],
          [x + wide * 0.92, y + tall * 0.02],
          [x + wide * 0.3, y - tall * 0.05],
          [x - wide * 0.4, y + tall * 0.05],
        ),
        leaf,
      )
    );
  };
  return trunk + canopy(lean - 70, -218, 96, 34) + canopy(lean + 72, -224, 88, 32) + canopy(lean, -262, 126, 38);
}

/** A broad garden or street tree, about 260 high. */
export function roundTree(stage: Stage, distance: number): string {
  const { tones, random } = stage;
  const leaf = tones.local(tones.leaf, distance);
  const bark = tones.local(mix(tones.ink, tones.earth, 0.35), distance);
  const size = random.between(0.9, 1.1);
  const crown: Point[] = [
    [-84, -120],
    [-74, -186],
    [-28, -236],
    [32, -240],
    [80, -190],
    [88, -124],
    [36, -96],
    [-36, -94],
  ];
  const light: Point[] = [
    [-80, -140],
    [-72, -188],
    [-28, -236],
    [26, -238],
    [48, -206],
    [8, -176],
    [-26, -140],
  ];
  return group(
    path(limb([0, 0, 11], [0, -120, 8]), bark) + path(blob(...crown), tones.shade(leaf)) + path(blob(...light), leaf),
    `scale(${size.toFixed(2)})`,
  );
}

/** A coconut palm, about 330 high. */
export function palm(stage: Stage, distance: number, lean: number): string {
  const { tones } = stage;
  const bark = tones.local(mix(tones.earth, tones.ink, 0.35), distance);
  const leaf = tones.local(tones.leaf, distance);
  const [topX, topY] = [lean * 90, -270];
  const trunk = line(curve([0, 0], [lean * 20, -100], [lean * 54, -200], [topX, topY]), bark, 13);
  const fronds = [-172, -148, -118, -64, -34, -8, 20, 200].map((angle, index) => {
    const frond = "M0 0C40 -34 96 -34 138 18C104 -2 84 -2 74 4C60 -6 36 -8 0 0Z";
    const flip = angle < -90 || angle > 90 ? " scale(1 -1)" : "";
    return group(
      path(frond, index % 2 === 0 ? leaf : tones.shade(leaf)),
      `translate(${round(topX)} ${round(topY)}) rotate(${angle})${flip}`,
    );
  });
  return trunk + fronds.join("") + ellipse(topX - 8, topY + 8, 9, 10, bark) + ellipse(topX + 10, topY + 9, 9, 10, bark);
}

/** A round homestead hut, about 170 high. */
export function hut(stage: Stage, distance: number): string {
  const { tones } = stage;
  const wall = tones.local(mix(tones.earth, tones.wall, 0.35), distance);
  const thatch = tones.local(mix(tones.earth, tones.ink, 0.3), distance);
  return (
    rect(-62, -76, 124, 76, wall) +
    path("M14 -76H62V0H14C30 -24 30 -52 14 -76Z", tones.shade(wall), { opacity: "0.7" }) +
    rect(-16, -52, 30, 52, tones.local(tones.ink, distance), 3) +
    path("M-96 -62C-60 -92 -22 -140 0 -168C22 -140 60 -92 96 -62C40 -50 -40 -50 -96 -62Z", thatch) +
    path("M0 -168C22 -140 60 -92 96 -62C70 -56 44 -54 24 -54C30 -90 20 -130 0 -168Z", tones.shade(thatch), {
      opacity: "0.8",
    })
  );
}

/** A plastered house under an iron roof, with a window that is lit at night. About 190 wide, 150 high. */
export function ironRoofHouse(stage: Stage, distance: number, colour: string): string {
  const { tones } = stage;
  const wall = tones.local(mix(tones.wall, colour, 0.45), distance);
  const roof = tones.local(mix(tones.accents[0], tones.ink, 0.35), distance);
  const light = tones.isNight ? tones.glow : tones.local(mix(tones.ink, tones.sky.top, 0.3), distance);
  const ribs = [-72, -48, -24, 0, 24, 48, 72].map((x) => `M${x} -92L${round(x * 0.86)} -138`).join("");
  return (
    rect(-84, -94, 168, 94, wall) +
    rect(-84, -16, 168, 16, tones.shade(wall)) +
    rect(-22, -66, 34, 66, tones.local(mix(colour, tones.ink, 0.35), distance), 2) +
    rect(30, -66, 36, 32, light) +
    rect(-66, -66, 30, 32, light) +
    path("M-102 -90L-78 -140H78L102 -90Z", roof) +
    line(ribs, tones.shade(roof), 2.4)
  );
}
