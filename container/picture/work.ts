import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import {
  chair,
  counter,
  desk,
  deskHeight,
  deskLamp,
  laptopLid,
  laptopScreen,
  laptopSide,
  mug,
  plant,
} from "./furniture.ts";
import type { Look } from "./looks.ts";
import { sideFigure } from "./side-figure.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, group, line, path, rect } from "./svg.ts";

const onDesk = (svg: string, x: number) => group(svg, `translate(${x} ${-deskHeight})`);

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

/** At a desk with a laptop: from the side, facing us over the lid, or from behind with the screen in view. */
export function laptop(stage: Stage, { lead, variant }: Cast): Art {
  if (variant % 3 === 1) {
    const figure = standingFigure(stage, lead, "front", {
      left: { elbow: [-112, -440], hand: [-58, -356] },
      right: { elbow: [112, -440], hand: [58, -356] },
      isLeftInFront: true,
      isRightInFront: true,
    });
    return {
      svg:
        groundShadow(stage, 640) +
        figure +
        counter(stage, 600, mix(stage.tones.accents[2], stage.tones.wall, 0.2)) +
        onDesk(laptopLid(stage), 0) +
        onDesk(mug(stage), 176) +
        onDesk(group(plant(stage), "scale(.8)"), -220),
      width: 620,
      height: 720,
    };
  }
  if (variant % 3 === 2) {
    const figure = standingFigure(stage, lead, "back", {
      left: { elbow: [-126, -450], hand: [-104, -372] },
      right: { elbow: [126, -450], hand: [120, -372] },
    });
    return {
      svg:
        groundShadow(stage, 700) +
        desk(stage, -330, 330) +
        onDesk(group(laptopScreen(stage), "scale(1.5)"), -150) +
        onDesk(mug(stage), 60) +
        onDesk(deskLamp(stage), 270) +
        group(figure, "translate(130 16)"),
      width: 660,
      height: 700,
      isOneWay: true,
    };
  }
  const figure = sideFigure(stage, lead, {
    ...sitting,
    nearArm: [
      [58, -326],
      [168, -334],
    ],
    farArm: [
      [84, -330],
      [192, -338],
    ],
  });
  return {
    svg:
      groundShadow(stage, 620) +
      group(
        chair(stage, -10) + figure + desk(stage, 92, 430) + onDesk(laptopSide(stage), 250) + onDesk(mug(stage), 372),
        "translate(-160 0)",
      ),
    width: 600,
    height: 600,
  };
}

/** A few people round a table, or standing together. */
export function team(stage: Stage, { lead, second, third, variant }: Cast): Art {
  const { tones } = stage;
  const at = (svg: string, x: number, scale = 1) => group(svg, `translate(${x} 0) scale(${scale})`);
  if (variant % 2 === 0) {
    return {
      svg:
        groundShadow(stage, 860) +
        at(
          standingFigure(stage, second, "front", {
            right: { elbow: [118, -450], hand: [86, -366] },
            isRightInFront: true,
          }),
          -236,
        ) +
        at(
          standingFigure(stage, third, "front", {
            left: { elbow: [-112, -450], hand: [-50, -400] },
            isLeftInFront: true,
          }),
          236,
          0.98,
        ) +
        at(
          standingFigure(stage, lead, "front", {
            left: { elbow: [-122, -450], hand: [-96, -352] },
            right: { elbow: [132, -486], hand: [150, -590] },
          }),
          0,
          1.05,
        ) +
        counter(stage, 820, mix(tones.accents[3], tones.wall, 0.25)) +
        onDesk(laptopLid(stage), -210) +
        onDesk(rect(-66, -8, 132, 8, tones.local(tones.paper)), 60) +
        onDesk(mug(stage), 300),
      width: 840,
      height: 760,
    };
  }
  return {
    svg:
      groundShadow(stage, 640) +
      at(standingFigure(stage, second, "back", { right: { elbow: [116, -440], hand: [86, -360] } }), -200, 0.96) +
      at(standingFigure(stage, third, "back", {}), 204, 0.99) +
      at(standingFigure(stage, lead, "back", { right: { elbow: [138, -560], hand: [196, -660] } }), 0, 1.05),
    width: 640,
    height: 735,
  };
}

function easel(stage: Stage): string {
  const { tones } = stage;
  const bars = [70, 104, 92, 146, 190].map((tall, index) =>
    rect(-128 + index * 56, -324 - tall, 36, tall, tones.local(index === 4 ? tones.accents[0] : tones.accents[2]), 3),
  );
  return (
    line("M-130 -300L-160 -4M130 -300L160 -4M0 -300V-30", tones.local(tones.ink), 10) +
    rect(-180, -590, 360, 300, tones.local(tones.paper), 8) +
    rect(-180, -302, 360, 14, tones.local(tones.ink), 5) +
    bars.join("") +
    line(curve([-120, -440], [-40, -466], [40, -486], [130, -556]), tones.local(tones.accents[0]), 8) +
    path("M138 -566L108 -556L130 -536Z", tones.local(tones.accents[0]))
  );
}

/** Showing figures on a board. */
export function presenter(stage: Stage, { lead, second, variant }: Cast): Art {
  const listener =
    variant % 2 === 1 ? group(standingFigure(stage, second, "back", {}), "translate(300 24) scale(1.02)") : "";
  const figure = standingFigure(stage, lead, "front", { right: { elbow: [136, -510], hand: [196, -580] } });
  return {
    svg:
      groundShadow(stage, 760) +
      group(easel(stage), "translate(120 0)") +
      group(figure, "translate(-220 0)") +
      listener,
    width: listener ? 860 : 680,
    height: 715,
    isOneWay: true,
  };
}

/** A doctor, and somebody who is helped. */
export function doctor(stage: Stage, { lead, second, variant }: Cast): Art {
  const { tones } = stage;
  const coat: Look = {
    ...lead,
    garment: "coat",
    hairStyle: lead.hairStyle === "cap" ? "fade" : lead.hairStyle,
    top: tones.paper,
    hasPrint: false,
    accent: tones.accents[2],
  };
  const scope =
    line(curve([-30, -590], [-34, -520], [0, -492], [32, -522], [30, -590]), tones.local(tones.ink), 6) +
    line("M0 -492V-450", tones.local(tones.ink), 6) +
    circle(0, -444, 11, tones.local(mix(tones.ink, tones.paper, 0.5)));
  const board =
    rect(-40, -62, 80, 104, tones.local(tones.accents[1]), 6) +
    rect(-32, -50, 64, 84, tones.local(tones.paper), 3) +
    line("M-20 -30H20M-20 -12H20M-20 6H8", tones.local(mix(tones.ink, tones.paper, 0.5)), 5);
  const figure =
    standingFigure(stage, coat, "front", {
      right: { elbow: [112, -440], hand: [56, -440] },
      isRightInFront: true,
      held: board,
    }) + scope;
  if (variant % 2 === 1) {
    const child = standingFigure(stage, { ...second, garment: "shirt" }, "front", {});
    return {
      svg: groundShadow(stage, 460) + group(figure, "translate(-90 0)") + group(child, "translate(130 8) scale(.66)"),
      width: 420,
      height: 705,
    };
  }
  const patient = sideFigure(stage, second, {
    ...sitting,
    tilt: 0,
    nearArm: [
      [40, -320],
      [110, -266],
    ],
    farArm: [
      [60, -320],
      [130, -262],
    ],
  });
  const bed =
    rect(-250, -196, 360, 40, tones.local(tones.paper), 12) +
    rect(-250, -170, 360, 34, tones.local(tones.accents[2]), 8) +
    line("M-226 -136V-10M86 -136V-10", tones.local(mix(tones.ink, tones.paper, 0.4)), 12);
  return {
    svg:
      groundShadow(stage, 760) +
      group(bed + group(patient, "translate(-40 0)"), "translate(-140 0)") +
      group(figure, "translate(230 0)"),
    width: 720,
    height: 705,
  };
}
