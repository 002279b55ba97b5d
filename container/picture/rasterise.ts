import { createRequire } from "node:module";
import type * as Resvg from "@resvg/resvg-js";

// Read while the library loads, so it cannot be a plain import. Its allocator looks at what to give back only when it is
// asked for more, and no picture may follow: what the largest one took, a hundred megabytes, would stay for the whole render.
process.env.MIMALLOC_PURGE_DELAY = "0";
const { renderAsync }: typeof Resvg = createRequire(import.meta.url)("@resvg/resvg-js");

/** RGBA, four bytes a pixel, opaque. */
export type Pixels = { width: number; height: number; data: Uint8Array };
export type Size = { width: number; height: number };

/**
 * Our own drawing as pixels of exactly `size`, made off the event loop. Reads no font, no file and no network.
 * @throws Error when the document is not one resvg can draw at that size.
 */
export async function rasterise(svg: string, size: Size): Promise<Pixels> {
  const sized = svg.replace(
    /^<svg ([^>]*?)width="[^"]*" height="[^"]*"/,
    `<svg $1width="${size.width}" height="${size.height}"`,
  );
  const image = await renderAsync(sized, { font: { loadSystemFonts: false }, logLevel: "off" });
  if (image.width !== size.width || image.height !== size.height) {
    throw new Error(`the picture came out ${image.width}×${image.height}, not ${size.width}×${size.height}`);
  }
  return { ...size, data: image.pixels };
}
