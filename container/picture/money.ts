import type { Art, Cast } from "./art.ts";
import { lighten, mix } from "./colour.ts";
import { groundShadow, standingFigure } from "./figures.ts";
import type { Stage } from "./stage.ts";
import { circle, curve, ellipse, line, path, place, polygon, rect, round } from "./svg.ts";

/** Mobile money: a phone as tall as a house, a payment going through. */
export function payment(stage: Stage, { variant }: Cast): Art {
  const { tones } = stage;
  const body = tones.local(tones.ink);
  const green = tones.local(mix(tones.leaf, tones.accents[2], 0.35));
  const paper = mix(tones.paper, tones.sky.low, tones.isNight ? 0.25 : 0.05);
  const faint = mix(tones.ink, paper, 0.72);
  const screen = rect(-180, -716, 360, 692, paper, 30);
  const head =
    path("M-180 -590V-686A30 30 0 0 1 -150 -716H150A30 30 0 0 1 180 -686V-590Z", green) +
    line("M-140 -654H-20", paper, 14) +
    line("M-140 -624H-70", mix(green, paper, 0.6), 10) +
    circle(130, -644, 22, mix(green, paper, 0.75));
  const confirm = circle(0, -470, 74, green) + line("M-34 -468L-8 -440L38 -496", paper, 18);
  const amount = line("M-86 -356H86", tones.ink, 22, { opacity: "0.85" }) + line("M-56 -314H56", faint, 13);
  const rows = [0, 1, 2]
    .map(
      (index) =>
        circle(-130, -234 + index * 62, 20, tones.local(tones.accents[index] ?? tones.accents[0])) +
        line(`M-94 ${-242 + index * 62}h${120 - index * 18}`, mix(tones.ink, paper, 0.35), 11) +
        line(`M-94 ${-220 + index * 62}h70`, faint, 8) +
        line(`M104 ${-232 + index * 62}h46`, index === 0 ? green : faint, 12),
    )
    .join("");
  const bar = rect(-60, -46, 120, 9, faint, 4);
  const coin = (x: number, y: number, size: number) =>
    circle(x, y, size, tones.local(tones.accents[1])) +
    circle(x, y, size * 0.74, "none", {
      stroke: tones.shade(tones.local(tones.accents[1])),
      "stroke-width": size * 0.1,
    }) +
    line(
      `M${round(x)} ${round(y - size * 0.34)}V${round(y + size * 0.34)}`,
      tones.shade(tones.local(tones.accents[1])),
      size * 0.16,
    );
  const pile = [0, 1, 2]
    .map(
      (index) =>
        ellipse(
          -282,
          -14 - index * 24,
          58,
          15,
          index % 2 === 0 ? tones.shade(tones.local(tones.accents[1])) : tones.local(tones.accents[1]),
        ) + ellipse(-282, -20 - index * 24, 58, 15, tones.local(tones.accents[1])),
    )
    .join("");
  return {
    svg:
      groundShadow(stage, 640) +
      pile +
      coin(-300, -128, 38) +
      rect(-200, -740, 400, 740, body, 48) +
      screen +
      head +
      confirm +
      amount +
      rows +
      bar +
      (variant % 2 === 1 ? coin(244, -36, 36) : ""),
    width: 640,
    height: 745,
    isOneWay: true,
  };
}

/** Bars that rise like towers, an arrow over them. */
export function chart(stage: Stage, { lead, variant }: Cast): Art {
  const { tones } = stage;
  const heights = [150, 236, 320, 440, 580];
  const bars = heights.map((tall, index) => {
    const colour = tones.local(
      [tones.accents[2], tones.accents[3], tones.accents[1], tones.accents[2], tones.accents[0]][index] ??
        tones.accents[0],
    );
    const x = -370 + index * 152;
    return (
      rect(x, -tall, 112, tall, colour, 6) +
      rect(x + 74, -tall, 38, tall, tones.shade(colour), 6, { opacity: "0.6" }) +
      path(
        polygon([x, -tall + 4], [x + 14, -tall - 16], [x + 126, -tall - 16], [x + 112, -tall + 4]),
        tones.lit(colour),
      ) +
      path(polygon([x + 112, -tall + 4], [x + 126, -tall - 16], [x + 126, -16], [x + 112, 0]), tones.shade(colour))
    );
  });
  const arrow =
    variant % 2 === 0
      ? line(curve([-390, -270], [-190, -350], [-10, -470], [150, -560], [282, -720]), tones.local(tones.paper), 17) +
        path(polygon([318, -786], [322, -690], [240, -740]), tones.local(tones.paper))
      : "";
  const climber = place(
    standingFigure(stage, lead, "back", variant % 2 === 0 ? {} : { right: { elbow: [132, -640], hand: [124, -744] } }),
    variant % 2 === 0 ? -165 : 296,
    variant % 2 === 0 ? -252 : -596,
    0.3,
  );
  return { svg: groundShadow(stage, 860) + bars.join("") + arrow + climber, width: 800, height: 810, isOneWay: true };
}

/** Savings: stacks of coins, a seedling on the tallest. */
export function coins(stage: Stage, { lead }: Cast): Art {
  const { tones } = stage;
  const gold = tones.local(tones.accents[1]);
  const dark = tones.shade(gold);
  const stack = (x: number, count: number) =>
    Array.from({ length: count }, (_, index) => {
      const [left, y] = [x + (index % 3) * 5 - 5, -16 - index * 34];
      return (
        path(`M${left - 92} ${y - 18}A92 24 0 0 0 ${left + 92} ${y - 18}V${y}A92 24 0 0 1 ${left - 92} ${y}Z`, dark) +
        line(
          `M${left - 60} ${y - 2}v12M${left - 24} ${y + 4}v12M${left + 16} ${y + 4}v12M${left + 56} ${y - 1}v12`,
          gold,
          4,
        ) +
        ellipse(left, y - 18, 92, 24, gold) +
        ellipse(left, y - 18, 68, 16, "none", { stroke: dark, "stroke-width": 4 })
      );
    }).join("");
  const leaf = tones.local(tones.leaf);
  const sprout =
    line(curve([0, 0], [6, -70], [0, -140]), leaf, 13) +
    path("M2 -84C-30 -150 -100 -156 -132 -130C-110 -76 -50 -60 2 -84Z", leaf) +
    path("M2 -120C24 -196 94 -214 130 -190C116 -132 60 -100 2 -120Z", lighten(leaf, 0.06)) +
    path("M0 -140C-24 -180 -14 -220 4 -236C26 -214 26 -176 0 -140Z", tones.shade(leaf));
  return {
    svg:
      groundShadow(stage, 760) +
      stack(-240, 5) +
      stack(0, 9) +
      stack(240, 13) +
      place(sprout, 240, -478, 0.8) +
      place(standingFigure(stage, lead, "back", { right: { elbow: [130, -600], hand: [160, -690] } }), -420, 6, 0.38),
    width: 900,
    height: 680,
    isOneWay: true,
  };
}
