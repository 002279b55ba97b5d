import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, heldPhone, standingFigure } from "./figures.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, group, line, path, place, rect, round } from "./svg.ts";

/** Someone looks out over the place: the picture of a beginning. */
export function overlook(stage: Stage, { lead, second, variant }: Cast): Art {
  const poses = [
    {},
    { right: { elbow: [132, -600], hand: [66, -640] }, isRightInFront: true },
    { left: { elbow: [-142, -444], hand: [-76, -356] }, right: { elbow: [142, -444], hand: [76, -356] } },
  ] as const;
  const figure = standingFigure(stage, lead, "back", poses[variant % 3] ?? {});
  if (variant % 4 === 3)
    return {
      svg:
        groundShadow(stage, 480) + place(figure, -96) + place(standingFigure(stage, second, "back", {}), 110, 0, 0.97),
      width: 440,
      height: 720,
    };
  return { svg: groundShadow(stage, 240) + figure, width: 260, height: 720 };
}

/** Someone with a phone in the hand. */
export function caller(stage: Stage, { lead, second, variant }: Cast): Art {
  const held = heldPhone(stage);
  const figure = standingFigure(stage, lead, "front", {
    right: { elbow: [108, -444], hand: [52, -470] },
    isRightInFront: true,
    held,
  });
  if (variant % 2 === 1) {
    const friend = standingFigure(stage, second, "front", {
      left: { elbow: [-108, -444], hand: [-60, -464] },
      isLeftInFront: true,
    });
    return {
      svg: groundShadow(stage, 460) + place(figure, -104) + place(friend, 112, 0, 0.98),
      width: 460,
      height: 715,
    };
  }
  return { svg: groundShadow(stage, 240) + figure, width: 260, height: 715 };
}

/** Arms up: it worked. */
export function celebration(stage: Stage, { lead, second, third, variant }: Cast): Art {
  const { tones } = stage;
  const up = {
    left: { elbow: [-126, -640], hand: [-112, -742] },
    right: { elbow: [126, -640], hand: [112, -742] },
  } as const;
  const half = {
    left: { elbow: [-112, -440], hand: [-98, -326] },
    right: { elbow: [130, -630], hand: [128, -736] },
  } as const;
  const view = variant % 2 === 0 ? "front" : "back";
  const scraps = Array.from({ length: 34 }, (_, index) => {
    const x = stage.random.between(-380, 380);
    const y = stage.random.between(-1010, -640);
    return group(
      rect(-8, -5, 16, 10, tones.local(tones.accents[index % 4] ?? tones.paper), 2),
      `translate(${round(x)} ${round(y)}) rotate(${Math.round(stage.random.between(0, 180))})`,
    );
  });
  return {
    svg:
      groundShadow(stage, 640) +
      scraps.join("") +
      place(standingFigure(stage, second, view, half), -220, 0, 0.96) +
      place(standingFigure(stage, third, view, { ...half, left: up.left }), 222, 0, 0.98) +
      place(standingFigure(stage, lead, view, up), 0, 4, 1.04),
    width: 700,
    height: 800,
  };
}

/** Parents and children. */
export function family(stage: Stage, { lead, second, third, variant }: Cast): Art {
  const view = variant % 2 === 0 ? "front" : "back";
  const mother: Look = {
    ...lead,
    isWoman: true,
    garment: "dress",
    hasPrint: true,
    hairStyle: lead.isWoman ? lead.hairStyle : "wrap",
  };
  const father: Look = {
    ...second,
    isWoman: false,
    garment: "shirt",
    hairStyle: second.isWoman ? "fade" : second.hairStyle,
  };
  const child: Look = {
    ...third,
    garment: third.isWoman ? "dress" : "shirt",
    skin: mix(lead.skin, second.skin, 0.5),
    hairStyle: third.isWoman ? "bun" : "fade",
  };
  return {
    svg:
      groundShadow(stage, 560) +
      place(standingFigure(stage, father, view, { left: { elbow: [-116, -440], hand: [-104, -330] } }), 150) +
      place(standingFigure(stage, mother, view, { right: { elbow: [112, -436], hand: [112, -330] } }), -140, 0, 0.96) +
      place(
        standingFigure(stage, child, view, {
          left: { elbow: [-118, -540], hand: [-96, -640] },
          right: { elbow: [118, -540], hand: [120, -640] },
        }),
        10,
        8,
        0.52,
      ),
    width: 520,
    height: 715,
  };
}

/** Walking with a load: to school, to the shop, to the well. */
export function walker(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const bag =
    path("M-46 -70H46L54 40H-54Z", tones.local(tones.accents[1])) +
    line(curve([-24, -70], [0, -112], [24, -70]), tones.shade(tones.local(tones.accents[1])), 8);
  const can =
    rect(-46, -104, 92, 104, tones.local(tones.accents[1]), 14) +
    rect(-16, -122, 34, 22, tones.shade(tones.local(tones.accents[1])), 6) +
    line("M-24 -76H26", tones.shade(tones.local(tones.accents[1])), 8);
  const figure = sideFigure(stage, lead, {
    hip: [0, -346],
    chest: [10, -518],
    head: [24, -632],
    tilt: 0,
    nearLeg: [
      [54, -190],
      [92, -20],
    ],
    farLeg: [
      [-30, -186],
      [-104, -26],
    ],
    nearArm: [
      [-44, -424],
      [-14, -330],
    ],
    farArm:
      variant % 2 === 0
        ? [
            [66, -436],
            [96, -340],
          ]
        : [
            [74, -596],
            [46, -700],
          ],
    ...(variant % 2 === 0 ? { held: place(bag, 0, 80, 0.9) } : {}),
  });
  return {
    svg: groundShadow(stage, 320) + figure + (variant % 2 === 1 ? place(can, 22, -690, 1) : ""),
    width: 300,
    height: variant % 2 === 1 ? 800 : 700,
  };
}

/** A tall cup of chai shared at a table. */
export function chai(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const seat = (look: Look, isMirrored: boolean) => {
    const person = sideFigure(stage, look, {
      hip: [-6, -236],
      chest: [6, -416],
      head: [26, -530],
      tilt: 2,
      nearLeg: [
        [122, -222],
        [120, -20],
      ],
      farLeg: [
        [136, -218],
        [150, -20],
      ],
      nearArm: [
        [60, -330],
        [126, -388],
      ],
      farArm: [
        [80, -336],
        [140, -318],
      ],
      held: group(path("M-18 -24H18L12 20H-12Z", tones.local(tones.paper)), "translate(14 -8)"),
    });
    const stool =
      rect(-58, -198, 112, 20, tones.local(mix(tones.earth, tones.ink, 0.3)), 8) +
      line("M-42 -180L-52 -6M38 -180L48 -6", tones.local(mix(tones.earth, tones.ink, 0.45)), 11);
    return group(stool + person, `translate(${isMirrored ? 260 : -260} 0)${isMirrored ? " scale(-1 1)" : ""}`);
  };
  const table =
    rect(-132, -286, 264, 18, tones.local(mix(tones.earth, tones.wall, 0.2)), 8) +
    line("M0 -270V-16", tones.local(tones.ink), 14) +
    ellipse(0, -10, 74, 10, tones.local(tones.ink));
  const pot =
    path("M-44 -74C-44 -96 44 -96 44 -74L38 0H-38Z", tones.local(tones.accents[variant % 2 === 0 ? 0 : 2])) +
    line(curve([42, -60], [66, -62], [74, -86]), tones.local(tones.accents[variant % 2 === 0 ? 0 : 2]), 10) +
    circle(0, -98, 8, tones.local(tones.accents[1]));
  return {
    svg:
      groundShadow(stage, 760) +
      seat(lead, false) +
      seat(second, true) +
      table +
      place(pot, 0, -286, 0.9) +
      line(curve([-6, -392], [6, -416], [-8, -440]), tones.local(tones.paper), 6, { opacity: "0.6" }),
    width: 720,
    height: 610,
  };
}
