/** Colours are `#rrggbb`; they are mixed in OKLab, where halfway looks halfway and blues do not turn grey. */

type Lab = readonly [lightness: number, a: number, b: number];

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const fromLinear = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);

const known = new Map<string, Lab>();

function toLab(colour: string): Lab {
  const cached = known.get(colour);
  if (cached) return cached;
  const value = Number.parseInt(colour.slice(1), 16);
  const red = toLinear(((value >> 16) & 255) / 255);
  const green = toLinear(((value >> 8) & 255) / 255);
  const blue = toLinear((value & 255) / 255);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const lab: Lab = [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
  if (known.size < 4_096) known.set(colour, lab);
  return lab;
}

function fromLab([lightness, a, b]: Lab): string {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `#${channels
    .map((value) => Math.round(255 * Math.min(1, Math.max(0, fromLinear(Math.max(0, value))))))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

/** `share` of `second` in `first`, 0 to 1. */
export function mix(first: string, second: string, share: number): string {
  const [from, to] = [toLab(first), toLab(second)];
  const at = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * share;
  return fromLab([at(0), at(1), at(2)]);
}

/** Moves the perceived lightness by `amount`, −1 to 1, and keeps the hue. */
export function lighten(colour: string, amount: number): string {
  const [lightness, a, b] = toLab(colour);
  const moved = Math.min(0.99, Math.max(0.04, lightness + amount));
  return fromLab([moved, a, b]);
}

/** Perceived lightness, 0 (black) to 1 (white). */
export function lightnessOf(colour: string): number {
  return toLab(colour)[0];
}

/** How brown or orange a colour is, 0 to 1: its closeness to the hues of wood, earth and skin. */
export function warmthOf(colour: string): number {
  const [, a, b] = toLab(colour);
  const chroma = Math.hypot(a, b);
  if (chroma < 0.015) return 0;
  const away = Math.abs(Math.atan2(b, a) - 1) / 0.42;
  return Math.max(0, 1 - away) * Math.min(1, (0.16 - Math.min(0.16, chroma)) / 0.06 + 0.2);
}
