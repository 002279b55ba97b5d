import { mix } from "./colour.ts";
import type { Stage } from "./stage.ts";
import { circle, line, rect, round } from "./svg.ts";

function wash(stage: Stage): string {
  const { sky } = stage.tones;
  const end = (stage.horizon / stage.height).toFixed(3);
  const paint = stage.fade([
    [0, sky.top],
    [Number(end) * 0.58, sky.middle],
    [Number(end), sky.low],
    [1, sky.low],
  ]);
  return rect(0, 0, stage.width, stage.height, paint);
}

/** Paper rings around the sun, the outermost as dark as the top of the sky. */
function rings(stage: Stage): string {
  const { sky } = stage.tones;
  const { x, y, radius } = stage.sun;
  const reach = Math.hypot(Math.max(x, stage.width - x), Math.max(y, stage.horizon)) * 0.92;
  const count = 6;
  const colours = Array.from({ length: count }, (_, index) => {
    const at = index / (count - 1);
    return at < 0.5 ? mix(sky.top, sky.middle, at * 2) : mix(sky.middle, sky.low, at * 2 - 1);
  });
  const base = rect(0, 0, stage.width, stage.height, sky.top);
  return colours.slice(1).reduce((drawn, colour, index) => {
    const size = radius * 1.35 + (reach - radius * 1.35) * (1 - (index + 1) / (count - 0.4)) ** 1.15;
    return drawn + circle(x, y, size, colour);
  }, base);
}

function stars(stage: Stage): string {
  const { random, tones } = stage;
  const dots = (count: number, size: number, opacity: string) => {
    const d = Array.from({ length: count }, () => {
      const height = random.next() ** 1.4 * stage.horizon * 0.86;
      return `M${round(random.between(0, stage.width))} ${round(height)}h.1`;
    }).join("");
    return line(d, tones.sky.sun, size, { opacity });
  };
  return dots(90, 2.6, "0.55") + dots(34, 4.2, "0.8") + dots(7, 6.5, "0.9");
}

function sunDisc(stage: Stage): string {
  const { tones, style, random } = stage;
  const { x, y, radius } = stage.sun;
  const colour = tones.sky.sun;
  if (tones.isNight) {
    const craters = [0.35, -0.3, 0.05].map((shift, index) => {
      return circle(
        x + radius * shift,
        y + radius * (0.42 - index * 0.4),
        radius * (0.2 - index * 0.03),
        tones.sky.low,
        { opacity: "0.22" },
      );
    });
    const glow = stage.dissolve(colour, 0.34, "out");
    return circle(x, y, radius * 3.4, glow) + circle(x, y, radius, colour) + craters.join("");
  }
  if (style === "print") {
    const shift = random.chance(0.5) ? 9 : -9;
    return (
      circle(x, y, radius * 1.3, mix(colour, tones.accents[1], 0.5)) +
      circle(x + shift, y - 7, radius * 1.3, "none", { stroke: colour, "stroke-width": 4 })
    );
  }
  if (style === "papercut" || style === "sketch") return circle(x, y, radius, colour);
  const glow = stage.fade(
    [
      [0, colour, 0.75],
      [0.35, colour, 0.28],
      [1, colour, 0],
    ],
    "out",
  );
  return circle(x, y, radius * 4.6, glow) + circle(x, y, radius, colour);
}

function cloud(stage: Stage, x: number, y: number, length: number): string {
  const { random, tones, style } = stage;
  const thick = length * random.between(0.1, 0.13);
  const colour = tones.isNight ? mix(tones.sky.middle, tones.sky.low, 0.6) : mix(tones.sky.low, tones.paper, 0.55);
  const bar = (left: number, top: number, width: number) => rect(left, top, width, thick, colour, thick / 2);
  const bars =
    bar(x, y, length) +
    bar(x + length * 0.18, y - thick * 0.72, length * 0.52) +
    bar(x + length * 0.34, y - thick * 1.36, length * 0.24) +
    bar(x - length * 0.14, y + thick * 0.72, length * 0.7);
  if (style === "papercut") return bars;
  return `<g opacity="${tones.isNight ? "0.28" : "0.62"}">${bars}</g>`;
}

function clouds(stage: Stage): string {
  const count = stage.random.whole(2, 3);
  return Array.from({ length: count }, (_, index) => {
    const length = stage.random.between(190, 330);
    const across = ((index + stage.random.between(0.15, 0.75)) / count) * stage.width;
    return cloud(stage, across - length / 2, stage.horizon * stage.random.between(0.14, 0.62), length);
  }).join("");
}

function birds(stage: Stage): string {
  const { random } = stage;
  const x = stage.width * random.between(0.2, 0.75);
  const y = stage.horizon * random.between(0.3, 0.5);
  return Array.from({ length: 5 }, (_, index) => {
    const size = random.between(9, 16);
    const [left, top] = [x + index * random.between(24, 40), y + random.between(-34, 34)];
    return line(
      `M${round(left - size)} ${round(top - size * 0.4)}Q${round(left - size * 0.3)} ${round(top - size * 0.6)} ${round(left)} ${round(top)}Q${round(left + size * 0.3)} ${round(top - size * 0.6)} ${round(left + size)} ${round(top - size * 0.4)}`,
      stage.tones.ink,
      2.6,
      { opacity: "0.6" },
    );
  }).join("");
}

export function drawSky(stage: Stage, hasBirds: boolean): string {
  const { style, tones } = stage;
  return (
    (style === "papercut" ? rings(stage) : wash(stage)) +
    (tones.isNight ? stars(stage) : "") +
    sunDisc(stage) +
    clouds(stage) +
    (hasBirds && !tones.isNight ? birds(stage) : "")
  );
}
