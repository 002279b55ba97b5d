import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { below, curve, group, line, type Point, path, polygon, rect, round } from "./svg.ts";

/** Open water from the horizon to `bottom`, with the light's road under the sun. */
export function openWater(stage: Stage, top: number, bottom: number): string {
  const { tones, width, random } = stage;
  const deep = tones.local(mix(tones.accents[2], tones.sky.top, 0.5));
  const far = mix(deep, tones.sky.low, 0.6);
  const paint = stage.fade([
    [0, far],
    [0.5, mix(deep, tones.sky.middle, 0.2)],
    [1, deep],
  ]);
  const road = Array.from({ length: 11 }, (_, index) => {
    const at = index / 11;
    const half = (26 + at * 120) * random.between(0.5, 1);
    const x = stage.sun.x + random.between(-18, 18) * (1 + at);
    return `M${round(x - half)} ${round(top + 7 + at * (bottom - top) * 0.8)}h${round(half * 2)}`;
  }).join("");
  const ripples = Array.from({ length: 16 }, () => {
    const at = random.next();
    return `M${round(random.between(0, width))} ${round(top + 14 + at * (bottom - top - 20))}h${round(26 + at * 60)}`;
  }).join("");
  return (
    rect(0, top, width, bottom - top + 30, paint) +
    line(ripples, tones.lit(far), 3, { opacity: "0.35" }) +
    line(road, tones.sky.sun, 5, { opacity: tones.isNight ? "0.4" : "0.6" })
  );
}

/** A beach or bank before the water. */
export function shore(stage: Stage, y: number, colour: string): string {
  const { tones, width, height } = stage;
  const points: Point[] = [
    [-20, y - 26],
    [width * 0.22, y - 6],
    [width * 0.5, y + 12],
    [width * 0.78, y - 2],
    [width + 20, y - 24],
  ];
  const lower = (by: number) => points.map(([px, py]): Point => [px, py + by]);
  const sand = tones.local(colour);
  const paint = stage.fade([
    [0, tones.lit(sand)],
    [0.3, sand],
    [1, tones.shade(sand)],
  ]);
  return (
    line(curve(...lower(-8)), tones.local(tones.paper, 0.1), 10, { opacity: "0.75" }) +
    path(below(points, height + 20), paint)
  );
}

/** A dhow under sail, about 400 high and 380 wide, its keel at the origin's height. */
export function dhow(stage: Stage, distance: number): string {
  const { tones } = stage;
  const hull = tones.local(mix(tones.earth, tones.ink, 0.55), distance);
  const sail = tones.local(tones.paper, distance);
  const stripe = tones.local(tones.accents[0], distance);
  return (
    path(
      "M-150 -44C-158 -66 -176 -84 -190 -92C-140 -74 90 -70 186 -104C176 -62 150 -14 118 0H-104C-128 -10 -142 -24 -150 -44Z",
      hull,
    ) +
    path("M-176 -82C-120 -66 90 -62 180 -90L174 -74C90 -48 -110 -50 -160 -66Z", stripe) +
    line("M-14 -70L8 -330", hull, 9) +
    line("M-118 -150L128 -412", hull, 7) +
    path("M-116 -152C-20 -200 80 -290 128 -412C170 -290 150 -150 108 -96C40 -112 -50 -120 -116 -152Z", sail) +
    path("M128 -412C170 -290 150 -150 108 -96C96 -98 84 -100 72 -102C118 -180 132 -300 128 -412Z", tones.shade(sail), {
      opacity: "0.8",
    }) +
    line("M108 -96L150 -84", hull, 3)
  );
}

/** A canoe with two rowers' seats, about 60 high and 300 wide. */
export function canoe(stage: Stage, distance: number): string {
  const { tones } = stage;
  const hull = tones.local(tones.accents[0], distance);
  return (
    path("M-156 -58C-110 -38 110 -38 156 -58C140 -18 108 0 84 0H-84C-108 0 -140 -18 -156 -58Z", hull) +
    path("M-148 -48C-104 -28 104 -28 148 -48L140 -34C96 -16 -96 -16 -140 -34Z", tones.local(tones.accents[1], distance))
  );
}

/** A container ship with its load, about 210 high and 520 wide. */
export function cargoShip(stage: Stage, distance: number): string {
  const { tones } = stage;
  const hull = tones.local(mix(tones.ink, tones.accents[3], 0.5), distance);
  const colours = [tones.accents[0], tones.accents[1], tones.accents[2], tones.wall, tones.accents[3]];
  const boxes = Array.from({ length: 18 }, (_, index) => {
    const [column, row] = [index % 6, Math.floor(index / 6)];
    return rect(
      -150 + column * 62,
      -104 - row * 34,
      59,
      31,
      tones.local(colours[(index * 7 + row) % 5] ?? tones.wall, distance),
    );
  });
  return (
    boxes.join("") +
    rect(-236, -190, 70, 120, tones.local(tones.paper, distance)) +
    line("M-228 -168h54M-228 -146h54", tones.local(tones.ink, distance), 9, {
      "stroke-dasharray": "10 6",
      "stroke-linecap": "butt",
    }) +
    rect(-214, -220, 20, 32, tones.local(tones.accents[0], distance)) +
    path(polygon([-256, -74], [262, -74], [232, 0], [-240, 0]), hull) +
    path(polygon([-243, -16], [239, -16], [232, 0], [-240, 0]), tones.local(tones.accents[0], distance))
  );
}

/** Reeds and water plants for a lake's edge, about 120 high. */
export function reeds(stage: Stage): string {
  const { tones, random } = stage;
  const stem = tones.shade(tones.local(tones.leaf));
  return Array.from({ length: 7 }, (_, index) => {
    const x = (index - 3) * 15;
    const tall = random.between(70, 125);
    return (
      line(curve([x, 0], [x + 3, -tall * 0.5], [x + (index - 3) * 4, -tall]), stem, 4) +
      group(
        rect(-5, -30, 10, 34, tones.local(mix(tones.earth, tones.ink, 0.45)), 5),
        `translate(${round(x + (index - 3) * 4)} ${round(-tall)}) rotate(${(index - 3) * 5})`,
      )
    );
  }).join("");
}
