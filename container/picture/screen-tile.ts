import { tileSide } from "./noise.ts";

/** Five rows of dots on the way down for four across: the screen is turned by 53°, and still repeats without a seam. */
const across = 3;
const down = 4;

const known = new Map<number, Uint8Array>();

/** Thresholds of a halftone, 1 to 255, `tileSide` square: round dots about `pitchPixels` apart. */
export function screenTile(pitchPixels: number): Uint8Array {
  const turns = Math.max(1, Math.round(tileSide / pitchPixels / Math.hypot(across, down)));
  const made = known.get(turns);
  if (made) return made;
  const step = (2 * Math.PI * turns) / tileSide;
  const tile = Uint8Array.from({ length: tileSide * tileSide }, (_, index) => {
    const [x, y] = [index % tileSide, Math.floor(index / tileSide)];
    const [u, v] = [Math.cos((x * across + y * down) * step), Math.cos((y * across - x * down) * step)];
    return Math.round(128 + (u + v) * 63);
  });
  known.set(turns, tile);
  return tile;
}
