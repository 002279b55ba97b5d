import { renderAsync } from "@resvg/resvg-js";
import { boldFontFile } from "./font.ts";

/**
 * PNG bytes of exactly `size` pixels, drawn off the event loop. Reads no system font and no network.
 * @throws Error when the document is not one resvg can draw at that size.
 */
export async function rasterise(svg: string, size: { width: number; height: number }): Promise<Buffer> {
  const sized = svg.replace(
    /^<svg ([^>]*?)width="[^"]*" height="[^"]*"/,
    `<svg $1width="${size.width}" height="${size.height}"`,
  );
  const image = await renderAsync(sized, {
    font: { loadSystemFonts: false, fontFiles: [boldFontFile] },
    logLevel: "off",
  });
  if (image.width !== size.width || image.height !== size.height) {
    throw new Error(`the picture came out ${image.width}×${image.height}, not ${size.width}×${size.height}`);
  }
  return image.asPng();
}
