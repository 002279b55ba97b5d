import type { GradeTables } from "./grade.ts";
import type { Pixels } from "./rasterise.ts";

/** BT.709, limited range (ITU-R BT.709-6, 8 bit), in 1/65536. */
const lumaOf = { red: 11_966, green: 40_254, blue: 4_064 } as const;
const half = 32_768;
/** Cb = (B − Y′) / 1.8556 and Cr = (R − Y′) / 1.5748, of 224 steps. */
const chroma = { blueScale: 224 / 255 / 1.8556, redScale: 224 / 255 / 1.5748 } as const;

/** Planar yuv420p, BT.709, limited range, graded on the way. Width and height must be even; alpha is not looked at. */
export function toYuv420({ width, height, data }: Pixels, grade: GradeTables): Uint8Array {
  if (width % 2 !== 0 || height % 2 !== 0) throw new Error(`${width}×${height} pixels have no half`);
  const { red, green, blue, saturation } = grade;
  const area = width * height;
  const planes = new Uint8Array((area * 3) / 2);
  const across = width / 2;
  const pixels = new Uint32Array(data.buffer, data.byteOffset, area);
  const quarterBlue = (chroma.blueScale * saturation) / 4;
  const quarterRed = (chroma.redScale * saturation) / 4;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      let [sumRed, sumGreen, sumBlue] = [0, 0, 0];
      for (let corner = 0; corner < 4; corner += 1) {
        const at = (y + (corner >> 1)) * width + x + (corner & 1);
        const colour = pixels[at] ?? 0;
        const r = red[colour & 0xff] ?? 0;
        const g = green[(colour >> 8) & 0xff] ?? 0;
        const b = blue[(colour >> 16) & 0xff] ?? 0;
        planes[at] = 16 + ((r * lumaOf.red + g * lumaOf.green + b * lumaOf.blue + half) >> 16);
        sumRed += r;
        sumGreen += g;
        sumBlue += b;
      }
      const luma = sumRed * 0.2126 + sumGreen * 0.7152 + sumBlue * 0.0722;
      const at = area + (y >> 1) * across + (x >> 1);
      planes[at] = Math.round(128 + (sumBlue - luma) * quarterBlue);
      planes[at + area / 4] = Math.round(128 + (sumRed - luma) * quarterRed);
    }
  }
  return planes;
}
