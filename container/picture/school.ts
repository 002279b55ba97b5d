import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import { bookshelf, chair, desk, deskHeight, deskLamp } from "./furniture.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { group, line, path, rect } from "./svg.ts";

const sitting = {
  hip: [-6, -240],
  chest: [14, -420],
  head: [40, -532],
  tilt: 7,
  nearLeg: [
    [138, -226],
    [130, -20],
  ],
  farLeg: [
    [150, -222],
    [166, -20],
  ],
} as const;

const onDesk = (svg: string, x: number) => group(svg, `translate(${x} ${-deskHeight})`);

function pupil(stage: Stage, look: Look, x: number): string {
  const { tones } = stage;
  const uniform: Look = {
    ...look,
    garment: "shirt",
    top: tones.accents[2],
    hasPrint: false,
    hairStyle: look.isWoman ? "bun" : "shaved",
  };
  const figure = standingFigure(stage, uniform, "back", {
    left: { elbow: [-116, -450], hand: [-70, -410] },
    right: { elbow: [116, -450], hand: [70, -410] },
  });
  const wood = tones.local(mix(tones.earth, tones.ink, 0.2));
  const seat =
    rect(-84, -240, 168, 96, wood, 12) +
    line("M-66 -160L-76 0M66 -160L76 0", tones.shade(wood), 13) +
    rect(-92, -132, 184, 20, tones.shade(wood), 8);
  return group(
    group(stage.clipped(figure, "M-200 -760H200V-330H-200Z"), "translate(0 150)") + seat,
    `translate(${x} 52) scale(.86)`,
  );
}

/** A teacher at the board, and the pupils' backs. */
export function teacher(stage: Stage, { lead, second, third }: Cast): Art {
  const figure = standingFigure(stage, lead, "front", {
    right: { elbow: [136, -530], hand: [196, -630] },
    left: { elbow: [-110, -440], hand: [-56, -420] },
    isLeftInFront: true,
  });
  const girl: Look = { ...second, isWoman: !second.isWoman };
  return {
    svg:
      groundShadow(stage, 760) +
      group(figure, "translate(-270 -30)") +
      pupil(stage, second, -60) +
      pupil(stage, third, 140) +
      pupil(stage, girl, 340),
    width: 800,
    height: 735,
  };
}

function openBook(stage: Stage): string {
  const { tones } = stage;
  return (
    path(
      "M-58 -8C-40 -22 -14 -22 0 -8C14 -22 40 -22 58 -8L58 8C40 -6 14 -6 0 8C-14 -6 -40 -6 -58 8Z",
      tones.local(tones.paper),
    ) +
    path(
      "M-58 8C-40 -6 -14 -6 0 8C14 -6 40 -6 58 8L56 16C38 2 14 2 0 16C-14 2 -38 2 -56 16Z",
      tones.local(tones.accents[0]),
    )
  );
}

/** Reading: at a desk under a lamp, or standing with a book before the shelves. */
export function student(stage: Stage, { lead, variant }: Cast): Art {
  if (variant % 2 === 1) {
    const figure = standingFigure(stage, lead, "front", {
      left: { elbow: [-104, -446], hand: [-46, -452] },
      right: { elbow: [104, -446], hand: [46, -452] },
      isLeftInFront: true,
      isRightInFront: true,
    });
    return {
      svg:
        groundShadow(stage, 420) +
        group(bookshelf(stage, 240, 5), "translate(-230 -2)") +
        figure +
        group(openBook(stage), "translate(0 -466) scale(1.1)"),
      width: 700,
      height: 700,
    };
  }
  const figure = sideFigure(stage, lead, {
    ...sitting,
    tilt: 14,
    nearArm: [
      [70, -330],
      [160, -350],
    ],
    farArm: [
      [92, -336],
      [196, -350],
    ],
  });
  return {
    svg:
      groundShadow(stage, 600) +
      group(
        chair(stage, -10) + figure + desk(stage, 92, 430) + onDesk(openBook(stage), 190) + onDesk(deskLamp(stage), 340),
        "translate(-160 0)",
      ),
    width: 600,
    height: 600,
  };
}
