import type { Grade } from "../../src/contract/video.ts";

/**
 * A grade as one curve a channel (256 entries, RGB before it becomes luma and chroma) and what is done to chroma after.
 * All are mild: no curve moves a middle tone by more than 9 of 255, so that skin stays skin.
 */
export type GradeTables = { red: Uint8Array; green: Uint8Array; blue: Uint8Array; saturation: number };

type Curve = (light: number) => number;

const straight: Curve = (light) => light;
/** Contrast about the middle: −1 to 1. */
const contrast =
  (amount: number): Curve =>
  (light) =>
    light + amount * (light - 0.5) * light * (1 - light) * 2;
/** Most in the middle tones, nothing at black and white. */
const lift =
  (amount: number): Curve =>
  (light) =>
    light + amount * 4 * light * (1 - light);
/** Black becomes `black`, white `white`. */
const faded =
  (black: number, white: number): Curve =>
  (light) =>
    black + light * (white - black);
const both =
  (first: Curve, second: Curve): Curve =>
  (light) =>
    second(first(light));

function tables(red: Curve, green: Curve, blue: Curve, saturation: number): GradeTables {
  const sample = (curve: Curve) =>
    Uint8Array.from({ length: 256 }, (_, value) => Math.round(255 * Math.min(1, Math.max(0, curve(value / 255)))));
  return { red: sample(red), green: sample(green), blue: sample(blue), saturation };
}

const soft = contrast(0.35);
const grades: Record<Grade, GradeTables> = {
  none: tables(straight, straight, straight, 1),
  warm: tables(lift(0.032), lift(0.006), lift(-0.034), 1.05),
  cool: tables(lift(-0.03), lift(0.002), lift(0.032), 0.97),
  film: tables(both(soft, faded(0.035, 0.985)), both(soft, faded(0.045, 0.972)), both(soft, faded(0.062, 0.93)), 0.88),
  mono: tables(soft, soft, soft, 0),
};

export function tablesFor(grade: Grade): GradeTables {
  return grades[grade];
}
