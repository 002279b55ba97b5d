import { createRandom } from "../random.ts";

/** A side that is a power of two, so that a coordinate wraps with a mask. */
export const tileSide = 512;

type Tile = Int8Array;

const tiles = new Map<string, Tile>();

/**
 * Seamless value noise of −127 to 127, `tileSide` square: lumps of about `grain` pixels (rounded to what divides the
 * tile), over two octaves. Kept, since every picture of a size uses the same few.
 */
export function noiseTile(name: string, grainPixels: number, stretch = 1): Tile {
  const across = cellsFor(grainPixels * stretch);
  const down = cellsFor(grainPixels);
  const key = `${name} ${across} ${down}`;
  const known = tiles.get(key);
  if (known) return known;
  const coarse = lattice(`${key} coarse`, across, down);
  const fine = lattice(`${key} fine`, Math.min(tileSide, across * 2), Math.min(tileSide, down * 2));
  const tile = new Int8Array(tileSide * tileSide);
  for (let index = 0; index < tile.length; index += 1) {
    const value = (coarse[index] ?? 0) * 0.68 + (fine[index] ?? 0) * 0.42;
    tile[index] = Math.max(-127, Math.min(127, Math.round(value * 127)));
  }
  if (tiles.size > 24) tiles.clear();
  tiles.set(key, tile);
  return tile;
}

/** How many lumps go into the side: a power of two. */
function cellsFor(pixels: number): number {
  const cells = tileSide / Math.max(1, pixels);
  return Math.min(tileSide, Math.max(4, 2 ** Math.round(Math.log2(cells))));
}

/** Random values at the corners of the cells, and smooth between them. */
function lattice(seed: string, across: number, down: number): Float32Array {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: across * down }, () => random.next() * 2 - 1);
  const columns = stepsOf(across);
  const rows = stepsOf(down);
  const field = new Float32Array(tileSide * tileSide);
  for (let y = 0; y < tileSide; y += 1) {
    const upper = (rows.from[y] ?? 0) * across;
    const lower = (rows.to[y] ?? 0) * across;
    const shareY = rows.share[y] ?? 0;
    for (let x = 0; x < tileSide; x += 1) {
      const from = columns.from[x] ?? 0;
      const to = columns.to[x] ?? 0;
      const shareX = columns.share[x] ?? 0;
      const above = values[upper + from] ?? 0;
      const under = values[lower + from] ?? 0;
      const first = above + ((values[upper + to] ?? 0) - above) * shareX;
      const second = under + ((values[lower + to] ?? 0) - under) * shareX;
      field[y * tileSide + x] = first + (second - first) * shareY;
    }
  }
  return field;
}

/** For each pixel of the side: the cell corners it lies between, and how far it is from one to the other. */
function stepsOf(cells: number): { from: Uint16Array; to: Uint16Array; share: Float32Array } {
  const from = new Uint16Array(tileSide);
  const to = new Uint16Array(tileSide);
  const share = new Float32Array(tileSide);
  for (let at = 0; at < tileSide; at += 1) {
    const exact = (at * cells) / tileSide;
    const cell = Math.floor(exact);
    const past = exact - cell;
    from[at] = cell;
    to[at] = (cell + 1) % cells;
    share[at] = past * past * (3 - 2 * past);
  }
  return { from, to, share };
}
