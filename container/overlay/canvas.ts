import { createRequire } from "node:module";
import type * as Skia from "@napi-rs/canvas";

// Read while the library loads, so it cannot be a plain import: the machine's own fonts would stand in for ours, and the
// same video would look different elsewhere.
process.env.DISABLE_SYSTEM_FONTS_LOAD = "1";
const skia: typeof Skia = createRequire(import.meta.url)("@napi-rs/canvas");

export const { createCanvas, GlobalFonts, Image } = skia;
export type Context = Skia.SKRSContext2D;
