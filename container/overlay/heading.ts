import type { Direction } from "../captions/direction.ts";
import { drawable, type Face } from "./fonts.ts";
import type { Box, Ink, Mark } from "./overlay.ts";
import { leftToRight } from "./reading-order.ts";
import { leadingEms, type Type, widthOf } from "./text-measure.ts";

export type HeadingRequest = {
  text: string;
  face: Face;
  direction: Direction;
  widthMax: number;
  sizePx: number;
  /** The smallest size before the text is cut; one word wider than the line is set smaller still. */
  leastSizePx: number;
  linesMax: number;
  /** From the top of the first line's letters to the last baseline, about. */
  heightMax: number;
  leading: number;
  trackingEms: number;
};

export type Heading = { lines: string[]; type: Type; leadingPx: number; width: number; direction: Direction };

const sizeSteps = 12;
const ellipsis = "…";

const lineWidth = (words: string[], type: Type) => widthOf(words.join(" "), type);

/** As many words on each line as fit; a word wider than the line has one of its own. */
function fill(words: string[], widthMax: number, type: Type): string[][] {
  const lines: string[][] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && lineWidth([...line, word], type) <= widthMax) line.push(word);
    else lines.push([word]);
  }
  return lines;
}

/** The same number of lines, all as near to one length as words allow: no word is left alone at the end. */
function balance(words: string[], widthMax: number, type: Type): string[][] {
  const count = fill(words, widthMax, type).length;
  let [narrow, wide] = [widthMax / Math.max(1, count), widthMax];
  for (let step = 0; step < 10; step += 1) {
    const middle = (narrow + wide) / 2;
    if (fill(words, middle, type).length > count) narrow = middle;
    else wide = middle;
  }
  return fill(words, wide, type);
}

function cut(words: string[], request: Pick<HeadingRequest, "widthMax" | "linesMax">, type: Type): string[][] {
  const lines = fill(words, request.widthMax, type).slice(0, request.linesMax);
  const last = lines.at(-1) ?? [];
  while (last.length > 1 && widthOf(`${last.join(" ")}${ellipsis}`, type) > request.widthMax) last.pop();
  const ending = last.pop()?.replace(/[\p{P}\s]+$/u, "") ?? "";
  return [...lines.slice(0, -1), [...last, `${ending}${ellipsis}`]];
}

/** Sets a title on few balanced lines as large as may be, then smaller, and in the end cut with an ellipsis. Undefined when nothing of it can be drawn. */
export function setHeading(request: HeadingRequest): Heading | undefined {
  const { face, sizePx, leastSizePx, linesMax, widthMax, direction } = request;
  const words = drawable(request.text.replace(/\s+/gu, " "), face).split(" ").filter(Boolean);
  if (words.length === 0) return undefined;
  const typeAt = (size: number): Type => ({
    face,
    sizePx: Math.round(size * 2) / 2,
    trackingPx: Math.round(size * request.trackingEms * 100) / 100,
  });
  const leadingAt = (type: Type) => leadingEms(request.text, request.leading) * type.sizePx;
  const heightOf = (count: number, type: Type) => (count - 1) * leadingAt(type) + type.sizePx;
  const done = (lines: string[][], type: Type): Heading => ({
    lines: lines.map((line) => line.join(" ")),
    type,
    leadingPx: leadingAt(type),
    width: Math.max(...lines.map((line) => lineWidth(line, type))),
    direction,
  });
  // One word alone cannot be broken: it decides how large the rest may be.
  const widest = Math.max(...words.map((word) => widthOf(word, typeAt(sizePx))));
  const largest = Math.min(sizePx, (sizePx * widthMax * 0.995) / widest);
  const least = Math.min(leastSizePx, largest);
  for (let step = 0; step <= sizeSteps; step += 1) {
    const type = typeAt(largest + ((least - largest) * step) / sizeSteps);
    const lines = balance(words, widthMax, type);
    if (lines.length <= linesMax && heightOf(lines.length, type) <= request.heightMax) return done(lines, type);
  }
  const type = typeAt(least);
  const fitting = Math.max(1, 1 + Math.floor((request.heightMax - type.sizePx) / leadingAt(type)));
  return done(cut(words, { widthMax, linesMax: Math.min(linesMax, fitting) }, type), type);
}

/** The marks of a heading whose first baseline is at `y`, flush with the edge of `box` its direction begins at. */
export function headingMarks(heading: Heading, place: Pick<Box, "x" | "width"> & { y: number }, fill: Ink): Mark[] {
  const { type, direction } = heading;
  return heading.lines.flatMap((line, index) => {
    const words = line.split(" ");
    const gap = widthOf(" ", { ...type, trackingPx: 0 }) + 2 * type.trackingPx;
    const order = leftToRight(words, direction);
    const widths = words.map((word) => widthOf(word, type));
    const width = widths.reduce((sum, word) => sum + word, gap * (words.length - 1));
    let x = direction === "rtl" ? place.x + place.width - width : place.x;
    return order.map(({ index: at, direction: wordDirection }): Mark => {
      const mark: Mark = {
        ...{ kind: "text", text: words[at] ?? "", x, y: place.y + index * heading.leadingPx },
        ...{ face: type.face, sizePx: type.sizePx, trackingPx: type.trackingPx, direction: wordDirection },
        fill,
      };
      x += (widths[at] ?? 0) + gap;
      return mark;
    });
  });
}
