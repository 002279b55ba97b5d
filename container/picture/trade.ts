import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import { basket, crate, heap, leafyHeap } from "./furniture.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { circle, group, line, path, place, rect } from "./svg.ts";

/** At work in the field with a jembe, or home with the harvest. */
export function farmer(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const dressed: Look = {
    ...lead,
    garment: lead.isWoman ? "dress" : "shirt",
    hairStyle: lead.isWoman ? "wrap" : "cap",
  };
  const seedling = (x: number) =>
    place(
      line("M0 0V-40", tones.local(tones.leaf), 6) +
        path("M0 -26C-10 -52 -34 -56 -46 -48C-38 -28 -18 -22 0 -26Z", tones.local(tones.leaf)) +
        path("M0 -36C8 -64 32 -70 46 -62C40 -42 20 -32 0 -36Z", tones.shade(tones.local(tones.leaf))),
      x,
      6,
    );
  if (variant % 2 === 1) {
    const carried = place(basket(stage) + leafyHeap(stage), 0, 0, 1);
    const figure = standingFigure(stage, dressed, "front", {
      left: { elbow: [-120, -440], hand: [-66, -420] },
      right: { elbow: [120, -440], hand: [66, -420] },
      isLeftInFront: true,
      isRightInFront: true,
    });
    return {
      svg:
        groundShadow(stage, 300) +
        [-250, -180, 190, 262].map(seedling).join("") +
        figure +
        place(carried, 0, -386, 1.05),
      width: 560,
      height: 715,
    };
  }
  const handle =
    line("M-110 96L96 -96", tones.local(mix(tones.earth, tones.ink, 0.25)), 11) +
    path("M-122 88L-92 112L-138 156L-156 128Z", tones.local(mix(tones.ink, tones.paper, 0.35)));
  const figure = sideFigure(stage, dressed, {
    hip: [-40, -318],
    chest: [58, -470],
    head: [128, -556],
    tilt: 28,
    nearLeg: [
      [6, -176],
      [-16, -20],
    ],
    farLeg: [
      [-66, -172],
      [-116, -20],
    ],
    nearArm: [
      [112, -372],
      [170, -300],
    ],
    farArm: [
      [132, -386],
      [206, -336],
    ],
    held: group(handle, "scale(-1.25 1.25)"),
  });
  return {
    svg: groundShadow(stage, 420) + [-260, -190, 300, 372].map(seedling).join("") + figure,
    width: 660,
    height: 640,
  };
}

/** A striped roof, with bulbs under it from dusk on. */
function awning(stage: Stage, stripe: string, pole: string): string {
  const { tones } = stage;
  const colours = [stripe, tones.paper] as const;
  const stripes = Array.from({ length: 8 }, (_, index) => {
    const [x, y] = [-400 + index * 100, -740];
    const colour = tones.local(colours[index % 2 === 0 ? 0 : 1]);
    return (
      path(
        `M${x * 0.92} ${y - 90}L${(x + 100) * 0.92} ${y - 90}L${x + 100} ${y + 20}A50 42 0 0 1 ${x} ${y + 20}Z`,
        colour,
      ) + path(`M${x} ${y + 20}A50 42 0 0 0 ${x + 100} ${y + 20}Z`, tones.shade(colour))
    );
  });
  const isLit = tones.isNight || tones.time === "dusk";
  const bulbs = [-300, -150, 0, 150, 300]
    .map((x) =>
      isLit
        ? circle(x, -656, 74, stage.dissolve(tones.glow, 0.55, "out")) +
          line(`M${x} -706V-672`, pole, 4) +
          circle(x, -660, 14, tones.glow)
        : "",
    )
    .join("");
  return stripes.join("") + bulbs;
}

function produce(stage: Stage): string {
  const { tones } = stage;
  const trays = [tones.accents[0], tones.accents[1], tones.leaf, mix(tones.accents[0], tones.accents[1], 0.5)].map(
    (colour, index) => {
      const own = tones.local(colour);
      return place(
        heap(own, tones.shade(own), 170) + crate(stage, 180),
        -288 + index * 192,
        index % 2 === 0 ? -226 : -220,
      );
    },
  );
  return trays.join("");
}

/** A market stall with its keeper. */
export function stall(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const keeper: Look = { ...lead, garment: "apron", hasPrint: true, hairStyle: lead.isWoman ? "wrap" : lead.hairStyle };
  const pole = tones.local(mix(tones.earth, tones.ink, 0.45));
  const shopper =
    variant % 2 === 1
      ? place(
          standingFigure(stage, second, "back", { right: { elbow: [124, -440], hand: [130, -334] } }),
          300,
          30,
          0.98,
        )
      : "";
  return {
    svg:
      groundShadow(stage, 860) +
      line("M-360 0V-760M360 0V-760", pole, 16) +
      place(
        standingFigure(stage, keeper, "front", {
          left: { elbow: [-130, -452], hand: [-110, -356] },
          right: { elbow: [130, -470], hand: [168, -392] },
          isLeftInFront: true,
        }),
        -40,
        -14,
        0.92,
      ) +
      rect(-390, -240, 780, 240, tones.local(mix(tones.earth, tones.ink, 0.18)), 6) +
      Array.from({ length: 7 }, (_, index) =>
        rect(-378 + index * 110, -228, 96, 222, tones.local(mix(tones.earth, tones.wall, 0.16)), 3),
      ).join("") +
      produce(stage) +
      awning(stage, tones.accents[variant % 2 === 0 ? 0 : 2], pole) +
      shopper,
    width: 820,
    height: 840,
  };
}
