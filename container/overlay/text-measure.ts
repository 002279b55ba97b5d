import type { Direction } from "../captions/direction.ts";
import { createCanvas } from "./canvas.ts";
import { type Face, fontOf } from "./fonts.ts";
import type { Box } from "./overlay.ts";

const ruler = createCanvas(1, 1).getContext("2d");
ruler.textBaseline = "alphabetic";

export type Type = { face: Face; sizePx: number; trackingPx: number };

const widthsMax = 20_000;
const widths = new Map<string, number>();

/** How far the pen moves for `text`, in pixels, without tracking behind the last letter. */
export function widthOf(text: string, type: Type): number {
  const name = `${type.face.font} ${type.face.weight} ${type.sizePx} ${type.trackingPx} ${text}`;
  const known = widths.get(name);
  if (known !== undefined) return known;
  setType(type, "ltr");
  const width = text === "" ? 0 : ruler.measureText(text).width - type.trackingPx;
  if (widths.size >= widthsMax) widths.clear();
  widths.set(name, width);
  return width;
}

/** What `text` covers when it begins at 0, 0 on its baseline. */
export function inkOf(text: string, type: Type, direction: Direction): Box {
  setType(type, direction);
  const ink = ruler.measureText(text);
  return {
    x: -ink.actualBoundingBoxLeft,
    y: -ink.actualBoundingBoxAscent,
    width: ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight,
    height: ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent,
  };
}

function setType({ face, sizePx, trackingPx }: Type, direction: Direction): void {
  ruler.font = fontOf(face, sizePx);
  ruler.letterSpacing = `${trackingPx}px`;
  ruler.direction = direction;
  ruler.textAlign = "left";
}

const arabic = /\p{Script=Arabic}/u;
const devanagari = /\p{Script=Devanagari}/u;
const ethiopic = /\p{Script=Ethiopic}/u;
/** Marks over capitals and under small letters, as in Yoruba and Vietnamese. */
const marked = /\u0323|[\u0300-\u036f]{2}/;

/** From one baseline to the next, in ems: scripts that reach far above and below their line need more. */
export function leadingEms(text: string, latinEms: number): number {
  if (arabic.test(text)) return latinEms + 0.26;
  if (devanagari.test(text) || ethiopic.test(text)) return latinEms + 0.16;
  return marked.test(text.normalize("NFD")) ? latinEms + 0.12 : latinEms;
}

/** What a line of text seems to fill above and below its baseline, in ems: the part that is centred in a box. */
export type Body = { above: number; below: number };

/** Capitals of `face` for Latin text; other scripts hang and stand differently. */
export function bodyOf(text: string, { font }: Face): Body {
  if (arabic.test(text)) return { above: 0.72, below: 0.16 };
  if (devanagari.test(text)) return { above: 0.84, below: 0.1 };
  if (ethiopic.test(text)) return { above: 0.76, below: 0.02 };
  return { above: font === "condensed" ? 0.86 : 0.69, below: 0 };
}
