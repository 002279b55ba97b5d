import { mix } from "./colour.ts";
import { type Drawing, svgDocument } from "./draw-scene.ts";
import { skinShades } from "./looks.ts";
import { noiseTile, tileSide } from "./noise.ts";
import type { Tones } from "./palette.ts";
import { type Pixels, rasterise, type Size } from "./rasterise.ts";
import { screenTile } from "./screen-tile.ts";

/** Screen print: a dozen spot inks, laid as solids, with dots where one runs into another, and the dark plate a little out of register. */

const mask = tileSide - 1;
/** Stage units. */
const screenPitch = 9.5;
const slip = { x: 2.6, y: -1.8 };

type Colour = readonly [red: number, green: number, blue: number];
type Ink = { colour: Colour; isDark: boolean };

export async function paintPrint(drawing: Drawing, size: Size): Promise<Pixels> {
  const hard = { ...drawing, body: `<g shape-rendering="crispEdges">${drawing.body}</g>` };
  const picture = await rasterise(svgDocument(hard, size), size);
  const inks = inksOf(drawing.tones);
  return soften(press(picture, inks, separationOf(inks), Math.min(size.width, size.height) / 1000));
}

/** The inks of one light. Skins have inks of their own: no face is ever made of dots. */
function inksOf(tones: Tones): Ink[] {
  const { sky, accents } = tones;
  const stone = mix(tones.ink, tones.paper, 0.48);
  const mixed = [tones.paper, tones.ink, stone, ...accents, tones.earth, tones.leaf, ...skinShades].map((colour) =>
    tones.local(colour),
  );
  return [...mixed, sky.top, sky.middle, sky.low].map((text) => {
    const value = Number.parseInt(text.slice(1), 16);
    const colour: Colour = [value >> 16, (value >> 8) & 255, value & 255];
    return { colour, isDark: colour[0] * 0.3 + colour[1] * 0.59 + colour[2] * 0.11 < 105 };
  });
}

function distance(first: Colour, second: Colour): number {
  return 2 * (first[0] - second[0]) ** 2 + 4 * (first[1] - second[1]) ** 2 + 2.4 * (first[2] - second[2]) ** 2;
}

type Print = { seen: Colour; cost: number; packed: number };

/** All that can be printed: each ink alone, and each pair that is near enough for its dots to stay quiet. */
function prints(inks: readonly Ink[]): Print[] {
  const solids = inks.map(({ colour }, index): Print => ({ seen: colour, cost: 0, packed: (index << 8) | index }));
  const dotted = inks.flatMap((first, from) =>
    inks.slice(from + 1).flatMap((second, step): Print[] => {
      const apart = distance(first.colour, second.colour);
      return [0.2, 0.4, 0.6, 0.8].map((share) => ({
        seen: [0, 1, 2].map((channel) => {
          const [start, end] = [first.colour[channel] ?? 0, second.colour[channel] ?? 0];
          return start + (end - start) * share;
        }) as unknown as Colour,
        cost: 500 + apart * 0.07,
        packed: (Math.round(share * 255) << 16) | ((from + 1 + step) << 8) | from,
      }));
    }),
  );
  return [...solids, ...dotted];
}

const separations = new Map<string, Uint32Array>();

/** For each colour, at 4 bits a channel: the ink (lowest byte), the ink of the dots on it, and how much of it they cover. */
function separationOf(inks: readonly Ink[]): Uint32Array {
  const key = JSON.stringify(inks);
  const known = separations.get(key);
  if (known) return known;
  const possible = prints(inks);
  const table = Uint32Array.from({ length: 16 ** 3 }, (_, index) => {
    const wanted: Colour = [((index >> 8) & 15) * 17, ((index >> 4) & 15) * 17, (index & 15) * 17];
    let [best, closest] = [0, Number.POSITIVE_INFINITY];
    for (const print of possible) {
      const away = distance(print.seen, wanted) + print.cost;
      if (away < closest) [best, closest] = [print.packed, away];
    }
    return best;
  });
  if (separations.size > 12) separations.clear();
  separations.set(key, table);
  return table;
}

const pack = ([red, green, blue]: Colour) => (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;

/** What is seen where `second` lies on `first`. */
function over(first: Colour, second: Colour): Colour {
  const through = (channel: 0 | 1 | 2) => Math.round((first[channel] * (second[channel] + 20)) / 275);
  return [through(0), through(1), through(2)];
}

function press(picture: Pixels, inks: readonly Ink[], table: Uint32Array, unit: number): Pixels {
  const { width, height } = picture;
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const plain = Uint32Array.from(inks, ({ colour }) => pack(colour));
  const paper = inks[0]?.colour ?? [255, 255, 255];
  const worn = Uint32Array.from(inks, ({ colour }) =>
    pack([0, 1, 2].map((at) => ((colour[at] ?? 0) * 6 + (paper[at] ?? 0)) / 7) as unknown as Colour),
  );
  const overprinted = inks.map((dark) => Uint32Array.from(inks, ({ colour }) => pack(over(colour, dark.colour))));
  const isDark = Uint8Array.from(inks, (ink) => (ink.isDark ? 1 : 0));
  const screen = screenTile(screenPitch * unit);
  const specks = noiseTile("print specks", 3 * unit);
  const shown = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const tileRow = (y & mask) * tileSide;
    for (let x = 0; x < width; x += 1) {
      const colour = source[y * width + x] ?? 0;
      const separated = table[((colour << 4) & 0xf00) | ((colour >> 8) & 0xf0) | ((colour >> 20) & 0xf)] ?? 0;
      const isDot = separated >>> 16 > (screen[tileRow + (x & mask)] ?? 0);
      shown[y * width + x] = (isDot ? separated >> 8 : separated) & 0xff;
    }
  }
  const drawn = new Uint32Array(width * height);
  const shift = Math.round(slip.y * unit) * width + Math.round(slip.x * unit);
  const last = shown.length - 1;
  for (let y = 0; y < height; y += 1) {
    const tileRow = (y & mask) * tileSide;
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const from = index + shift;
      const own = shown[index] ?? 0;
      const dark = shown[Math.max(0, Math.min(from, last))] ?? 0;
      // The dark plate lies `shift` away from where it should: here it overprints, there it leaves bare paper.
      if (isDark[dark] === 1) drawn[index] = (isDark[own] === 1 ? plain[dark] : overprinted[dark]?.[own]) ?? 0;
      else if (isDark[own] === 1) drawn[index] = plain[0] ?? 0;
      else drawn[index] = ((specks[tileRow + (x & mask)] ?? 0) > 88 ? worn[own] : plain[own]) ?? 0;
    }
  }
  return { width, height, data: new Uint8Array(drawn.buffer) };
}

/** Ink has no pixels: each is averaged with its neighbours to the right and below, in place. */
function soften(picture: Pixels): Pixels {
  const { width, height } = picture;
  const pixels = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const end = pixels.length - width - 1;
  for (let index = 0; index < end; index += 1) {
    const [a, b] = [pixels[index] ?? 0, pixels[index + 1] ?? 0];
    const [c, d] = [pixels[index + width] ?? 0, pixels[index + width + 1] ?? 0];
    if (a === b && c === d && a === c) continue;
    const even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
    const odd = ((a >>> 8) & 0xff) + ((b >>> 8) & 0xff) + ((c >>> 8) & 0xff) + ((d >>> 8) & 0xff);
    pixels[index] = 0xff000000 | ((even >>> 2) & 0xff00ff) | ((odd >>> 2) << 8);
  }
  return picture;
}
