import { lighten, lightnessOf } from "./colour.ts";
import { noiseTile, tileSide } from "./noise.ts";
import { type Pixels, rasterise, type Size } from "./rasterise.ts";
import { circle, rect } from "./svg.ts";

const mask = tileSide - 1;

/** A scene that is one colour: that colour, lit from one corner, with wide faint discs, so that the camera has something to move over. */
export async function paintColour(colour: string, size: Size): Promise<Pixels> {
  const short = Math.min(size.width, size.height);
  const [width, height] = [(size.width / short) * 1000, (size.height / short) * 1000];
  // On white there is only darker, on black only lighter.
  const lightness = lightnessOf(colour);
  const [up, down] = [
    Math.min(0.045, (1 - lightness) * 0.3) + 0.13 * (1 - lightness) ** 6,
    Math.min(0.06, Math.max(0.012, lightness * 0.12)),
  ];
  const stops = `<stop offset="0" stop-color="${lighten(colour, up)}"/><stop offset=".55" stop-color="${colour}"/><stop offset="1" stop-color="${lighten(colour, -down)}"/>`;
  const discs = [
    circle(width * 0.84, height * 0.16, 430, lighten(colour, up + 0.02), { opacity: "0.5" }),
    circle(width * 0.84, height * 0.16, 270, lighten(colour, up + 0.03), { opacity: "0.4" }),
    circle(width * 0.08, height * 1.02, 520, lighten(colour, -down - 0.015), { opacity: "0.45" }),
    circle(width * 0.08, height * 1.02, 330, lighten(colour, -down - 0.025), { opacity: "0.4" }),
  ];
  const picture = await rasterise(
    `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 ${width.toFixed(1)} ${height.toFixed(1)}" preserveAspectRatio="none"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">${stops}</linearGradient></defs>${rect(0, 0, width, height, "url(#g)")}${discs.join("")}</svg>`,
    size,
  );
  return dithered(picture);
}

/** A grain too fine to see keeps wide gradients from showing steps. */
function dithered({ width, height, data }: Pixels): Pixels {
  const tile = noiseTile("dither", 1);
  const drawn = new Uint8Array(data);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const step = (tile[(y & mask) * tileSide + (x & mask)] ?? 0) / 80;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        drawn[at + channel] = Math.min(255, Math.max(0, Math.round((drawn[at + channel] ?? 0) + step)));
      }
    }
  }
  return { width, height, data: drawn };
}
