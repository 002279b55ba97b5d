import { lightnessOf, mix, warmthOf } from "./colour.ts";
import { type Drawing, svgDocument } from "./draw-scene.ts";
import { extentOf, rewriteShapes, type Shape, writeShape } from "./markup.ts";
import { noiseTile, tileSide } from "./noise.ts";
import { type Pixels, rasterise, type Size } from "./rasterise.ts";

/** Ink and wash: thin colour on white paper, a pen line around every shape, and hatching where it is dark. */

const sheet = "#fdfaf2";
const pen = "#23201f";
/** Units of the stage. */
const penWidth = 2.7;
const leastOutlined = 7;
const mask = tileSide - 1;

export async function paintSketch(drawing: Drawing, size: Size): Promise<Pixels> {
  const washed = {
    ...drawing,
    definitions: drawing.definitions.replace(/#[0-9a-f]{6}/g, wash),
    body: rewriteShapes(drawing.body, ink),
  };
  const picture = await rasterise(svgDocument(washed, size), size);
  return drawByHand(picture, Math.min(size.width, size.height) / 1000);
}

/** Colour let down with water. Browns keep their depth: skin stays the skin it is. */
function wash(colour: string): string {
  const lightness = lightnessOf(colour);
  const water = warmthOf(colour) * (lightness < 0.7 ? 1 : 0) > 0.5 ? 0.1 : 0.34 + 0.12 * lightness;
  return mix(colour, sheet, water);
}

function ink(shape: Shape): string {
  const { fill = "", stroke, ...kept } = shape.attributes;
  const painted = fill.startsWith("#") ? wash(fill) : fill;
  if (stroke !== undefined) {
    return writeShape(shape.name, {
      ...kept,
      fill: painted,
      stroke: stroke.startsWith("#") ? mix(stroke, pen, 0.4) : stroke,
    });
  }
  const { width, height } = extentOf(shape);
  const isOutlined = shape.opacity > 0.7 && fill !== "none" && Math.min(width, height) >= leastOutlined;
  // What is painted over a shape of its own outline (a print on cloth, the light on a wall) has no edge of its own.
  if (!isOutlined || !fill.startsWith("#")) return writeShape(shape.name, { ...kept, fill: painted });
  const fineness = Math.min(1, 0.45 + Math.min(width, height) / 90);
  const line = (width: number) => ({
    stroke: pen,
    "stroke-width": (width / shape.scale).toFixed(2),
    "stroke-linejoin": "round",
  });
  // A limb is several outlines that overlap: the pen goes round all of them, so its inner half is painted over.
  const isJoined = (kept.d?.lastIndexOf("M") ?? 0) > 0;
  if (!isJoined) return writeShape(shape.name, { ...kept, fill: painted, ...line(penWidth * fineness) });
  return (
    writeShape(shape.name, { ...kept, fill: "none", ...line(penWidth * fineness * 2) }) +
    writeShape(shape.name, { ...kept, fill: painted })
  );
}

/** Luma below which each of the three directions of hatching sets in, and its slope over the rows. */
const hatchings = [
  { below: 138, across: 1, down: 1 },
  { below: 98, across: 1, down: -1 },
  { below: 66, across: 1, down: 0.2 },
] as const;

/** An unsteady hand, paint that dries unevenly, hatching and the paper's tooth. */
function drawByHand(picture: Pixels, unit: number): Pixels {
  const { width, height } = picture;
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const drawn = new Uint32Array(width * height);
  const sway = noiseTile("sketch sway", 42 * unit);
  const pool = noiseTile("sketch pool", 70 * unit);
  const tooth = noiseTile("sketch tooth", 2 * unit);
  const reach = (3.1 * unit) / 127;
  const pitch = 9.5 * unit;
  for (let y = 0; y < height; y += 1) {
    const tileRow = (y & mask) * tileSide;
    const otherRow = ((y + 211) & mask) * tileSide;
    for (let x = 0; x < width; x += 1) {
      const tileAt = tileRow + (x & mask);
      const bend = sway[tileAt] ?? 0;
      const fromX = Math.min(width - 1, Math.max(0, Math.round(x + bend * reach)));
      const fromY = Math.min(
        height - 1,
        Math.max(0, Math.round(y + (sway[otherRow + ((x + 97) & mask)] ?? 0) * reach)),
      );
      const colour = source[fromY * width + fromX] ?? 0;
      const red = colour & 0xff;
      const green = (colour >> 8) & 0xff;
      const blue = (colour >> 16) & 0xff;
      const luma = (red * 54 + green * 183 + blue * 19) >> 8;
      const grain = tooth[tileAt] ?? 0;
      // Water leaves the paper whiter in some places; where there is no paint there is nothing to see.
      const paint = (255 - luma) / 255;
      let light = 256 + ((pool[tileAt] ?? 0) * 0.3 + grain * 0.14) * paint + grain * 0.025;
      if (luma < 138 && luma > 34) {
        for (const { below, across, down } of hatchings) {
          if (luma >= below) break;
          const phase = ((x * across + y * down + bend * reach * 1.4) / pitch) % 1;
          const at = Math.abs((phase < 0 ? phase + 1 : phase) - 0.5) * 2;
          if (at > 0.7) light -= Math.min(1, (at - 0.7) * 6) * 62;
        }
      }
      drawn[y * width + x] =
        0xff000000 |
        (Math.min(255, (blue * light) >> 8) << 16) |
        (Math.min(255, (green * light) >> 8) << 8) |
        Math.min(255, (red * light) >> 8);
    }
  }
  return { width, height, data: new Uint8Array(drawn.buffer) };
}
