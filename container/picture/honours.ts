import type { Art, Cast } from "./art.ts";
import { mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { blob, circle, curve, ellipse, group, limb, line, path, place, polygon, rect, round } from "./svg.ts";

/** The world, Africa to the front, rising over the ground. */
export function globe(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const sea = tones.local(mix(tones.accents[2], tones.sky.top, 0.35));
  const land = tones.local(mix(tones.leaf, tones.accents[1], 0.25));
  const africa =
    "M-66 -640C-20 -664 60 -660 96 -632C150 -624 158 -590 176 -560C190 -528 214 -506 252 -504C246 -470 206 -440 188 -404C174 -372 186 -340 172 -310C156 -280 134 -268 124 -230C108 -190 70 -156 40 -164C14 -174 6 -220 -8 -260C-24 -300 -6 -340 -26 -376C-40 -404 -54 -420 -84 -416C-130 -404 -172 -426 -186 -470C-192 -520 -150 -560 -130 -596C-112 -620 -92 -632 -66 -640Z";
  const disc = "M-340 -400a340 340 0 1 0 680 0a340 340 0 1 0 -680 0Z";
  const grid =
    [0.36, 0.72]
      .map((share) =>
        ellipse(0, -400, 340 * share, 340, "none", { stroke: tones.lit(sea), "stroke-width": 3, opacity: "0.5" }),
      )
      .join("") + line("M-340 -400H340M-310 -540H310M-310 -260H310", tones.lit(sea), 3, { opacity: "0.5" });
  const hub = [112, -430] as const;
  const ends: readonly (readonly [number, number])[] = [
    [-250, -560],
    [260, -640],
    [-120, -250],
    [300, -330],
    [-30, -690],
  ];
  const routes = ends
    .map(
      ([x, y]) =>
        line(
          `M${hub[0]} ${hub[1]}Q${round((hub[0] + x) / 2)} ${round(Math.min(hub[1], y) - 90)} ${x} ${y}`,
          tones.local(tones.accents[1]),
          5,
          { "stroke-dasharray": "2 13" },
        ) + circle(x, y, 10, tones.local(tones.accents[0])),
    )
    .join("");
  const island = path(blob([232, -300], [252, -330], [262, -290], [246, -240], [230, -250]), land);
  return {
    svg:
      groundShadow(stage, 420) +
      circle(
        0,
        -400,
        372,
        stage.fade(
          [
            [0.85, tones.sky.sun, 0.5],
            [1, tones.sky.sun, 0],
          ],
          "out",
        ),
      ) +
      path(disc, sea) +
      stage.clipped(
        grid +
          path(africa, land) +
          island +
          path("M120 -760C260 -560 260 -240 120 -40H380V-760Z", tones.ink, { opacity: "0.14" }),
        disc,
      ) +
      (variant % 2 === 0 ? routes : "") +
      circle(hub[0], hub[1], 17, tones.local(tones.accents[0])) +
      circle(hub[0], hub[1], 7, tones.local(tones.paper)) +
      path("M-70 -64C-40 -56 40 -56 70 -64L96 0H-96Z", tones.local(mix(tones.earth, tones.ink, 0.35))) +
      place(standingFigure(stage, lead, "back", {}), -330, 8, 0.4),
    width: 760,
    height: 750,
    isOneWay: true,
  };
}

/** A cup on its stand. */
export function trophy(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const gold = tones.local(tones.accents[1]);
  const cup = "M-150 -700H150C150 -560 120 -440 40 -400V-320H-40V-400C-120 -440 -150 -560 -150 -700Z";
  return {
    svg:
      groundShadow(stage, 460) +
      circle(0, -540, 380, stage.dissolve(tones.glow, 0.6, "out")) +
      line(curve([-146, -660], [-250, -650], [-230, -520], [-110, -470]), tones.shade(gold), 26) +
      line(curve([146, -660], [250, -650], [230, -520], [110, -470]), tones.shade(gold), 26) +
      path(cup, gold) +
      path("M40 -700H150C150 -560 120 -440 40 -400V-320H20C40 -460 60 -560 40 -700Z", tones.shade(gold)) +
      rect(-166, -720, 332, 34, tones.lit(gold), 14) +
      path(
        polygon(
          [0, -640],
          [20, -592],
          [70, -588],
          [32, -554],
          [44, -504],
          [0, -532],
          [-44, -504],
          [-32, -554],
          [-70, -588],
          [-20, -592],
        ),
        tones.local(tones.paper),
      ) +
      path("M-90 -320H90L110 -260H-110Z", tones.shade(gold)) +
      rect(-170, -262, 340, 130, tones.local(mix(tones.ink, tones.accents[3], 0.3)), 8) +
      rect(-220, -140, 440, 140, tones.local(tones.accents[0]), 8) +
      line("M-70 -196H70", gold, 16) +
      place(
        standingFigure(
          stage,
          lead,
          "back",
          variant % 2 === 0
            ? { right: { elbow: [130, -640], hand: [118, -742] }, left: { elbow: [-130, -640], hand: [-118, -742] } }
            : {},
        ),
        320,
        8,
        0.42,
      ),
    width: 720,
    height: 730,
  };
}

/** Time: a clock face set like a monument. */
export function clock(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const ink = tones.local(tones.ink);
  const ticks = Array.from({ length: 12 }, (_, index) =>
    group(rect(-7, -272, 14, index % 3 === 0 ? 52 : 26, ink, 5), `translate(0 -390) rotate(${index * 30})`),
  ).join("");
  const hour = variant * 55 + 40;
  return {
    svg:
      groundShadow(stage, 440) +
      path("M-150 -90L-190 0H-120L-80 -70ZM150 -90L190 0H120L80 -70Z", tones.local(tones.accents[3])) +
      circle(0, -390, 340, tones.local(tones.accents[0])) +
      circle(0, -390, 298, tones.local(tones.paper)) +
      ticks +
      group(path(limb([0, 30, 9], [0, -150, 12]), ink), `translate(0 -390) rotate(${hour % 360})`) +
      group(
        path(limb([0, 36, 6], [0, -222, 7]), tones.local(tones.accents[0])),
        `translate(0 -390) rotate(${(hour * 12) % 360})`,
      ) +
      circle(0, -390, 20, ink) +
      place(standingFigure(stage, lead, "back", {}), -340, 8, 0.42),
    width: 760,
    height: 735,
    isOneWay: true,
  };
}

/** Something to announce. */
export function megaphone(stage: Stage, { lead }: Cast): Art {
  const { tones } = stage;
  const horn = tones.local(tones.accents[0]);
  const waves = [130, 200, 270].map((size, index) =>
    line(
      `M${360 + index * 8} ${-470 - size * 0.72}A${size} ${size} 0 0 1 ${360 + index * 8} ${-470 + size * 0.72}`,
      tones.local(tones.paper),
      17,
      { opacity: String(0.9 - index * 0.25) },
    ),
  );
  return {
    svg:
      groundShadow(stage, 500) +
      rect(-140, -210, 150, 210, tones.local(mix(tones.earth, tones.ink, 0.3)), 10) +
      path("M-110 -380L-70 -170H0L-20 -380Z", tones.local(tones.ink)) +
      path(
        "M-190 -560H-60V-370H-190C-250 -370 -270 -420 -270 -466C-270 -516 -250 -560 -190 -560Z",
        tones.local(tones.paper),
      ) +
      path("M-60 -560C80 -580 200 -660 280 -740V-190C200 -270 80 -350 -60 -370Z", horn) +
      path("M-60 -440C80 -440 200 -440 280 -430V-190C200 -270 80 -350 -60 -370Z", tones.shade(horn)) +
      ellipse(282, -465, 42, 278, tones.lit(horn)) +
      ellipse(286, -465, 24, 200, tones.shade(horn)) +
      waves.join("") +
      place(standingFigure(stage, lead, "back", { right: { elbow: [128, -620], hand: [150, -710] } }), -350, 8, 0.42),
    width: 900,
    height: 760,
  };
}

/** A heart, held up by the place itself: health, care, love. */
export function heart(stage: Stage, { lead, second }: Cast): Art {
  const { tones } = stage;
  const red = tones.local(tones.accents[0]);
  const shape =
    "M0 -60C-110 -170 -330 -300 -330 -500C-330 -640 -220 -720 -120 -710C-60 -704 -20 -670 0 -620C20 -670 60 -704 120 -710C220 -720 330 -640 330 -500C330 -300 110 -170 0 -60Z";
  return {
    svg:
      groundShadow(stage, 380) +
      circle(0, -440, 470, stage.dissolve(tones.sky.sun, 0.7, "out")) +
      path(shape, red) +
      stage.clipped(path("M120 -720C260 -560 220 -300 0 -60H400V-720Z", tones.shade(red)), shape) +
      line("M-240 -440H-110L-70 -530L-10 -330L40 -480L70 -440H240", tones.local(tones.paper), 17) +
      path("M-60 -84H60L84 0H-84Z", tones.local(mix(tones.earth, tones.ink, 0.35))) +
      place(standingFigure(stage, lead, "back", {}), -330, 8, 0.42) +
      place(standingFigure(stage, second, "back", {}), -240, 14, 0.4),
    width: 760,
    height: 720,
  };
}
