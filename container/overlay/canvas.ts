import { createRequire } from "node:module";
import type * as Skia from "@napi-rs/canvas";

// Read while the library loads, so it cannot be a plain import: the machine's own fonts would stand in for ours, and the
// same video would look different elsewhere.
process.env.DISABLE_SYSTEM_FONTS_LOAD = "1";
// Its allocator gives memory back at once, and has the system clear two megabytes for each caption: milliseconds kept is enough.
process.env.MIMALLOC_PURGE_DELAY = "1000";
const skia: typeof Skia = createRequire(import.meta.url)("@napi-rs/canvas");

export const { createCanvas, GlobalFonts, Image } = skia;
export type Canvas = Skia.Canvas;
export type Context = Skia.SKRSContext2D;
