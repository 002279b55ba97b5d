import { type Drawing, svgDocument } from "./draw-scene.ts";
import { extentOf, rewriteShapes, type Shape, writeShape } from "./markup.ts";
import { noiseTile, tileSide } from "./noise.ts";
import { type Pixels, rasterise, type Size } from "./rasterise.ts";

/** Layered paper: every shape of some size is a sheet that lies on those drawn before it and throws a soft shadow. */

/** Units of the stage: nothing narrower is cut out on its own. */
const leastSheet = 20;
const mask = tileSide - 1;
/** The map of sheets has half the picture's resolution: shadows are soft. */
const mapShare = 2;

/** Where the shadow looks for a sheet above, in units, away from the light; weights add up to 1. */
const taps = [
  [1.6, 2, 0.2],
  [3.4, 4.6, 0.2],
  [5, 7.4, 0.17],
  [7.4, 9.6, 0.14],
  [8.4, 13, 0.11],
  [11.6, 15, 0.08],
  [12.6, 19, 0.06],
  [16, 21, 0.04],
] as const;
const darkest = 0.46;

export async function paintPapercut(drawing: Drawing, size: Size): Promise<Pixels> {
  const mapSize = { width: Math.ceil(size.width / mapShare), height: Math.ceil(size.height / mapShare) };
  const [picture, map] = await Promise.all([
    rasterise(svgDocument(drawing, size), size),
    rasterise(svgDocument(sheetMap(drawing), mapSize), mapSize),
  ]);
  const unit = Math.min(size.width, size.height) / 1000;
  return lay(picture, shadowsOf(map, unit / mapShare), unit);
}

function isOpaque(fill: string, definitions: string): boolean {
  const id = /^url\(#(\w+)\)$/.exec(fill)?.[1];
  if (id === undefined) return fill !== "none" && fill !== "";
  const start = definitions.indexOf(`id="${id}"`);
  const end = definitions.indexOf("Gradient>", start);
  const pattern = definitions.lastIndexOf("<", start);
  return !definitions.startsWith("<pattern", pattern) && !definitions.slice(start, end).includes("stop-opacity");
}

/** Each sheet in a colour that counts up from the back, without smooth edges: a pixel says on which sheet it lies. */
function sheetMap(drawing: Drawing): Pick<Drawing, "width" | "height" | "definitions" | "body"> {
  let count = 0;
  const body = rewriteShapes(drawing.body, (shape) => {
    if (!isSheet(shape, drawing.definitions)) return "";
    count += 1;
    const { fill: _fill, opacity: _opacity, ...kept } = shape.attributes;
    return writeShape(shape.name, { ...kept, fill: `#${count.toString(16).padStart(6, "0")}` });
  });
  return { ...drawing, body: `<g shape-rendering="crispEdges">${body}</g>` };
}

function isSheet(shape: Shape, definitions: string): boolean {
  if (shape.isClipped || shape.opacity < 0.75 || !isOpaque(shape.attributes.fill ?? "", definitions)) return false;
  const { width, height } = extentOf(shape);
  return Math.min(width, height) >= leastSheet && shape.attributes.stroke === undefined;
}

/** For each pixel of the map how deep it lies in shadow (0 to 255), and 255 in `rims` where a sheet's edge takes the light. */
function shadowsOf(map: Pixels, unit: number): Pixels & { rims: Uint8Array } {
  const { width, height } = map;
  const ids = new Uint32Array(map.data.buffer, map.data.byteOffset, width * height);
  const order = new Uint32Array(width * height);
  for (let index = 0; index < order.length; index += 1) {
    const id = ids[index] ?? 0;
    order[index] = ((id & 0xff) << 16) | (id & 0xff00) | ((id >> 16) & 0xff);
  }
  const offsets = taps.map(([x, y, weight]) => ({
    x: Math.round(x * unit),
    y: Math.round(y * unit),
    depth: Math.round(weight * 255),
  }));
  const depth = new Uint8Array(width * height);
  const rims = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const own = order[index] ?? 0;
      let sum = 0;
      for (const tap of offsets) {
        if (y < tap.y || x < tap.x) continue;
        if ((order[index - tap.y * width - tap.x] ?? 0) > own) sum += tap.depth;
      }
      depth[index] = sum;
      if (x > 0 && y > 0 && (order[index - width - 1] ?? 0) < own) rims[index] = 255;
    }
  }
  return { width, height, data: depth, rims };
}

/** Paper: cut a little unevenly, in the shadow of what lies above, lit at its upper edges, with a grain. */
function lay(picture: Pixels, shadows: Pixels & { rims: Uint8Array }, unit: number): Pixels {
  const { width, height } = picture;
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const drawn = new Uint32Array(width * height);
  const wave = noiseTile("papercut wave", 22 * unit);
  const fibre = noiseTile("papercut fibre", 2.2 * unit, 2);
  const pulp = noiseTile("papercut pulp", 34 * unit);
  const sway = (1.9 * unit) / 127;
  const shade = (darkest * 256) / 255;
  for (let y = 0; y < height; y += 1) {
    const tileRow = (y & mask) * tileSide;
    const otherRow = ((y + 171) & mask) * tileSide;
    for (let x = 0; x < width; x += 1) {
      const tileAt = tileRow + (x & mask);
      const fromX = Math.min(width - 1, Math.max(0, Math.round(x + (wave[tileAt] ?? 0) * sway)));
      const fromY = Math.min(
        height - 1,
        Math.max(0, Math.round(y + (wave[otherRow + ((x + 293) & mask)] ?? 0) * sway)),
      );
      const colour = source[fromY * width + fromX] ?? 0;
      const mapAt = (fromY >> 1) * shadows.width + (fromX >> 1);
      const light =
        256 - (shadows.data[mapAt] ?? 0) * shade + ((fibre[tileAt] ?? 0) * 0.055 + (pulp[tileAt] ?? 0) * 0.04);
      const rim = (shadows.rims[mapAt] ?? 0) >> 4;
      const red = Math.min(255, (((colour & 0xff) * light) >> 8) + rim);
      const green = Math.min(255, ((((colour >> 8) & 0xff) * light) >> 8) + rim);
      const blue = Math.min(255, ((((colour >> 16) & 0xff) * light) >> 8) + rim);
      drawn[y * width + x] = 0xff000000 | (blue << 16) | (green << 8) | red;
    }
  }
  return { width, height, data: new Uint8Array(drawn.buffer) };
}
