import type { Ink } from "./overlay.ts";

/** WCAG 2.2, success criterion 1.4.3: text of any size is readable from here on. */
export const readableContrast = 4.5;
export const nearBlack = "#0a0c10";
export const white = "#ffffff";

type Rgb = [number, number, number];

function parse(colour: Ink): Rgb {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

const twoDigits = (value: number) => Math.round(value).toString(16).padStart(2, "0");

/** `share` of `over` and the rest of `under`. */
export function mix(under: Ink, over: Ink, share: number): Ink {
  const [a, b] = [parse(under), parse(over)];
  return `#${a.map((value, index) => twoDigits(value + ((b[index] ?? 0) - value) * share)).join("")}`;
}

export function withAlpha(colour: Ink, alpha: number): Ink {
  return `${colour.slice(0, 7)}${twoDigits(255 * alpha)}`;
}

function luminance(colour: Ink): number {
  const [red = 0, green = 0, blue = 0] = parse(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 to 21, as WCAG has it. */
export function contrast(a: Ink, b: Ink): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** `colour`, lightened until it can be read on each of `grounds`, all of them dark. */
export function readableOnDark(colour: Ink, grounds: Ink[]): Ink {
  for (let share = 0; share < 1; share += 0.04) {
    const lighter = mix(colour, white, share);
    if (grounds.every((ground) => contrast(lighter, ground) >= readableContrast)) return lighter;
  }
  return white;
}

/** White or near black, whichever reads better on `ground`. */
export function inkOn(ground: Ink): Ink {
  return contrast(white, ground) >= contrast(nearBlack, ground) ? white : nearBlack;
}

/** A see-through ground of `colour` and the ink on it, as opaque as it must be to be read over any picture, and at least `leastAlpha`. */
export function groundOf(colour: Ink, leastAlpha: number): { ink: Ink; ground: Ink; alpha: number } {
  const ink = inkOn(colour);
  const worst = ink === white ? white : "#000000";
  let alpha = leastAlpha;
  while (alpha < 1 && contrast(ink, mix(worst, colour, alpha)) < readableContrast) alpha = Math.min(1, alpha + 0.02);
  return { ink, ground: withAlpha(colour, alpha), alpha };
}

/** A rule is seen, not read: less contrast will do. */
const visibleContrast = 1.8;

/** `accent` for a rule on `ground`, or what is written there when the two are hardly apart. */
export function ruleInk(accent: Ink, ground: Ink): Ink {
  return contrast(accent, ground) >= visibleContrast ? accent : inkOn(ground);
}
