import type { PictureStyle } from "../../src/contract/video.ts";
import { type Drawing, svgDocument } from "./draw-scene.ts";
import { paintPapercut } from "./papercut.ts";
import { paintPrint } from "./print.ts";
import { type Pixels, rasterise, type Size } from "./rasterise.ts";
import { paintSketch } from "./sketch.ts";

/** Each makes the same drawing with other means, and is as deterministic as the drawing. */
const painters: Record<PictureStyle, (drawing: Drawing, size: Size) => Promise<Pixels>> = {
  flat: (drawing, size) => rasterise(svgDocument(drawing, size), size),
  papercut: paintPapercut,
  print: paintPrint,
  sketch: paintSketch,
};

/** A drawing as pixels in its own style. */
export function paintDrawing(drawing: Drawing, size: Size): Promise<Pixels> {
  return painters[drawing.style](drawing, size);
}
