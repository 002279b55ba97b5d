import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { circle, ellipse, group, line, path, place, polygon, rect } from "./svg.ts";

/** A strike at the ball. */
export function footballer(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const kit: Look = {
    ...lead,
    garment: "kit",
    hasPrint: false,
    bottom: tones.paper,
    hairStyle: lead.hairStyle === "hijab" || lead.hairStyle === "wrap" ? "bun" : lead.hairStyle,
  };
  const ball =
    circle(0, -34, 34, tones.local(tones.paper)) +
    path(polygon([0, -50], [15, -38], [9, -20], [-9, -20], [-15, -38]), tones.local(tones.ink)) +
    line("M0 -50V-66M15 -38L31 -44M9 -20L19 -6M-9 -20L-19 -6M-15 -38L-31 -44", tones.local(tones.ink), 4);
  const isStriking = variant % 2 === 0;
  const figure = sideFigure(
    stage,
    kit,
    isStriking
      ? {
          hip: [0, -350],
          chest: [-26, -520],
          head: [-14, -634],
          tilt: 6,
          nearLeg: [
            [84, -262],
            [196, -150],
          ],
          farLeg: [
            [-26, -180],
            [-66, -20],
          ],
          nearArm: [
            [-100, -470],
            [-150, -400],
          ],
          farArm: [
            [60, -500],
            [140, -540],
          ],
        }
      : {
          hip: [0, -338],
          chest: [34, -508],
          head: [62, -620],
          tilt: 4,
          nearLeg: [
            [66, -210],
            [30, -60],
          ],
          farLeg: [
            [-44, -188],
            [-150, -120],
          ],
          nearArm: [
            [-34, -440],
            [40, -396],
          ],
          farArm: [
            [112, -450],
            [120, -540],
          ],
        },
  );
  return {
    svg: groundShadow(stage, 360) + place(ball, isStriking ? 300 : 190, isStriking ? -70 : 0, 1.1) + figure,
    width: 560,
    height: 700,
  };
}

/** Running for its own sake, alone or with another on the heels. */
export function runner(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const dressed = (look: Look): Look => ({
    ...look,
    garment: "kit",
    hasPrint: false,
    bottom: tones.ink,
    hairStyle: look.isWoman ? "bun" : "shaved",
  });
  const stride = {
    hip: [0, -348],
    chest: [36, -520],
    head: [62, -632],
    tilt: 0,
    nearLeg: [
      [92, -236],
      [62, -70],
    ],
    farLeg: [
      [-56, -212],
      [-186, -190],
    ],
    nearArm: [
      [-40, -452],
      [30, -400],
    ],
    farArm: [
      [112, -446],
      [136, -540],
    ],
  } as const;
  const push = {
    hip: [0, -350],
    chest: [40, -520],
    head: [68, -632],
    tilt: 2,
    nearLeg: [
      [-30, -190],
      [-124, -44],
    ],
    farLeg: [
      [104, -270],
      [86, -110],
    ],
    nearArm: [
      [108, -446],
      [132, -536],
    ],
    farArm: [
      [-30, -446],
      [40, -402],
    ],
  } as const;
  if (variant % 2 === 0)
    return { svg: groundShadow(stage, 300) + sideFigure(stage, dressed(lead), stride), width: 340, height: 690 };
  return {
    svg:
      groundShadow(stage, 640) +
      place(sideFigure(stage, dressed(second), stride), -190, -22, 0.94) +
      place(sideFigure(stage, dressed(lead), push), 140),
    width: 660,
    height: 690,
  };
}

/** Singing, or speaking to a full house. */
export function performer(stage: Stage, { lead, second, third, variant }: Cast): Art {
  const { tones } = stage;
  const steel = tones.local(mix(tones.ink, tones.paper, 0.3));
  const stand =
    ellipse(0, -4, 54, 9, steel) +
    line("M0 -6V-536", steel, 8) +
    group(
      rect(-13, -52, 26, 58, tones.local(tones.ink), 13) + rect(-13, -22, 26, 7, tones.local(tones.accents[1])),
      "translate(-8 -540) rotate(-18)",
    );
  const figure = standingFigure(stage, lead, "front", {
    left: { elbow: [-130, -630], hand: [-150, -740] },
    right: { elbow: [124, -450], hand: [84, -520] },
    isRightInFront: true,
  });
  if (variant % 2 === 1) {
    const podium =
      path("M-120 -350H120L92 0H-92Z", tones.local(mix(tones.earth, tones.ink, 0.25))) +
      rect(-138, -366, 276, 26, tones.local(tones.earth), 6) +
      circle(0, -200, 44, tones.local(tones.accents[1])) +
      line("M40 -366L28 -452", steel, 6);
    const speaker = standingFigure(stage, lead, "front", {
      left: { elbow: [-134, -500], hand: [-176, -580] },
      right: { elbow: [120, -446], hand: [90, -370] },
      isRightInFront: true,
    });
    return { svg: groundShadow(stage, 340) + speaker + podium, width: 420, height: 715 };
  }
  const drum =
    path("M-54 -190L-40 0H40L54 -190Z", tones.local(tones.accents[0])) +
    ellipse(0, -190, 54, 15, tones.local(tones.paper)) +
    line("M-52 -180L-30 -8L-8 -176L8 -8L30 -176L44 -10", tones.local(tones.accents[1]), 5);
  return {
    svg:
      groundShadow(stage, 720) +
      place(
        standingFigure(stage, second, "front", {
          left: { elbow: [-110, -430], hand: [-70, -320] },
          right: { elbow: [110, -430], hand: [70, -320] },
          isLeftInFront: true,
          isRightInFront: true,
        }),
        -250,
        -26,
        0.86,
      ) +
      place(drum, -250, -10, 1.2) +
      place(
        standingFigure(stage, third, "front", { right: { elbow: [126, -620], hand: [140, -720] } }),
        250,
        -26,
        0.86,
      ) +
      figure +
      place(stand, 84),
    width: 760,
    height: 760,
  };
}
