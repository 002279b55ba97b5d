import type { Direction } from "../captions/direction.ts";
import type { CaptionPreset } from "./caption-presets.ts";
import { inkOn, mix, readableOnDark } from "./contrast.ts";
import type { Face } from "./fonts.ts";
import type { Ink, Mark, Shadow } from "./overlay.ts";
import { leftToRight } from "./reading-order.ts";
import { bodyOf, type Type, widthOf } from "./text-measure.ts";

/** A line of a cue at its place in the frame: `words` in the order they are said. */
type SetLine = { words: SetWord[]; left: number; width: number; baseline: number };
type SetWord = { text: string; x: number; width: number; direction: Direction };

/** A cue's words at their places in the frame; its look is another matter. */
export type SetCue = { lines: SetLine[]; type: Type };

export type CaptionInks = { accent: Ink; accentText: Ink };

/** How much a word grows while it is said, and how much of the gap beside it that may take: a long word grows less. */
const growthMost = 1.1;
const growthGapShare = 0.3;

/** What the accent becomes where words are coloured with it: light enough for the dark outline around it. */
export function captionInks(preset: CaptionPreset, accent: Ink): CaptionInks {
  if (!preset.outline) return { accent, accentText: inkOn(accent) };
  const alpha = Number.parseInt(preset.outline.ink.slice(7), 16) / 255;
  const lightest = mix("#ffffff", preset.outline.ink, alpha);
  return { accent: readableOnDark(accent, [lightest, preset.outline.ink]), accentText: inkOn(accent) };
}

/** Sets the words of a cue in lines around `middleY`, none wider than `widthMax`. */
export function setCue(
  lines: string[][],
  options: {
    preset: CaptionPreset;
    face: Face;
    sizePx: number;
    widthMax: number;
    centreX: number;
    middleY: number;
    leadingEms: number;
    base: Direction;
  },
): SetCue {
  const { preset, face, widthMax, centreX, middleY, base } = options;
  const typeAt = (sizePx: number): Type => ({ face, sizePx, trackingPx: preset.tracking * sizePx });
  const widthAt = (words: string[], type: Type) =>
    words.reduce((sum, word) => sum + widthOf(word, type), preset.gap * type.sizePx * (words.length - 1));
  const asked = typeAt(options.sizePx);
  const widest = Math.max(...lines.map((words) => widthAt(words, asked)));
  // Widths follow the size but for rounding: a hair smaller is surely within.
  const type = widest > widthMax ? typeAt(Math.floor((options.sizePx * widthMax * 0.995) / widest)) : asked;
  const leadingPx = options.leadingEms * type.sizePx;
  const body = bodyOf(lines.flat().join(" "), face);
  const toBaseline = ((body.above - body.below) / 2) * type.sizePx;
  return {
    type,
    lines: lines.map((words, index) => {
      const width = widthAt(words, type);
      const left = centreX - width / 2;
      const set: SetWord[] = words.map((text) => ({ text, x: left, width: widthOf(text, type), direction: base }));
      let x = left;
      for (const { index: at, direction } of leftToRight(words, base)) {
        const word = set[at];
        if (!word) continue;
        Object.assign(word, { x, direction });
        x += word.width + preset.gap * type.sizePx;
      }
      const fromMiddle = (index - (lines.length - 1) / 2) * leadingPx;
      return { words: set, left, width, baseline: middleY + fromMiddle + toBaseline };
    }),
  };
}

/** A cue while its word number `active` is said, or while none is. With `isPlain` all words look the same. */
export function captionMarks(
  cue: SetCue,
  look: { preset: CaptionPreset; inks: CaptionInks; active: number | undefined; isPlain: boolean },
): Mark[] {
  const { preset, inks, active, isPlain } = look;
  const words = cue.lines.flatMap((line) => line.words.map((word) => ({ word, baseline: line.baseline })));
  const emphasised = isPlain || active === undefined ? undefined : words[active];
  const plates = cue.lines.flatMap((line) => plateMark(line, preset, cue.type));

  const texts = words.map(({ word, baseline }, index) => {
    const isActive = word === emphasised?.word;
    const fill = fillOf(preset, inks, { isActive, isSaid: index <= (active ?? -1), isPlain });
    const scale = isActive && preset.emphasis === "grow" ? growthOf(word, preset, cue.type) : 1;
    return { word, baseline, fill, scale };
  });
  // Outlines and shadows first: none may fall on a neighbour's letters.
  const paint = (some: typeof texts) => [
    ...(preset.outline ? some.map((text) => textMark(cue.type, preset, text, "ground")) : []),
    ...some.map((text) => textMark(cue.type, preset, text, "letters")),
  ];
  return [
    ...plates,
    ...(emphasised && preset.emphasis === "pill" ? [pillMark(emphasised, inks, cue.type)] : []),
    ...(emphasised && preset.emphasis === "underline" ? ruleMarks(emphasised, preset, inks, cue.type.sizePx) : []),
    ...paint(texts.filter(({ scale }) => scale === 1)),
    ...paint(texts.filter(({ scale }) => scale > 1)),
  ];
}

function growthOf(word: SetWord, preset: CaptionPreset, type: Type): number {
  const beside = growthGapShare * preset.gap * type.sizePx;
  return Math.min(growthMost, 1 + (2 * beside) / word.width);
}

function fillOf(
  preset: CaptionPreset,
  inks: CaptionInks,
  word: { isActive: boolean; isSaid: boolean; isPlain: boolean },
): Ink {
  if (word.isPlain) return preset.fill;
  if (preset.emphasis === "pill") return word.isActive ? inks.accentText : preset.fill;
  if (preset.emphasis === "sweep") return word.isSaid ? inks.accent : preset.fill;
  if (preset.emphasis === "colour" || preset.emphasis === "grow") return word.isActive ? inks.accent : preset.fill;
  return word.isActive ? preset.fill : (preset.restingFill ?? preset.fill);
}

function textMark(
  type: Type,
  preset: CaptionPreset,
  set: { word: SetWord; baseline: number; fill: Ink; scale: number },
  part: "ground" | "letters",
): Mark {
  const { word, baseline, fill, scale } = set;
  const sizePx = type.sizePx * scale;
  const raised = ((scale - 1) / 2) * bodyOf(word.text, type.face).above * type.sizePx;
  const { outline, shadow } = preset;
  const cast: Shadow | undefined = shadow && {
    ...{ ink: shadow.ink, blurPx: hundredth(shadow.blur * sizePx), downPx: hundredth(shadow.down * sizePx) },
  };
  return {
    ...{ kind: "text", text: word.text, x: word.x - ((scale - 1) / 2) * word.width, y: baseline + raised },
    ...{ face: type.face, sizePx: hundredth(sizePx), trackingPx: hundredth(type.trackingPx * scale) },
    direction: word.direction,
    ...(part === "letters" ? { fill } : {}),
    ...(part === "ground" && outline
      ? { outline: { ink: outline.ink, widthPx: hundredth(outline.width * sizePx) }, ...(cast ? { shadow: cast } : {}) }
      : {}),
  };
}

function plateMark(line: SetLine, preset: CaptionPreset, { sizePx, face }: Type): Mark[] {
  const { plate } = preset;
  if (!plate) return [];
  const body = bodyOf(line.words.map(({ text }) => text).join(" "), face);
  const [beside, above] = [plate.beside * sizePx, plate.above * sizePx];
  return [
    {
      ...{ kind: "box", x: line.left - beside, y: line.baseline - body.above * sizePx - above },
      ...{ width: line.width + 2 * beside, height: (body.above + body.below) * sizePx + 2 * above },
      ...{ radiusPx: plate.radius * sizePx, fill: plate.ink },
    },
  ];
}

function pillMark({ word, baseline }: { word: SetWord; baseline: number }, inks: CaptionInks, type: Type): Mark {
  const { sizePx, face } = type;
  const body = bodyOf(word.text, face);
  const [beside, above] = [0.17 * sizePx, 0.24 * sizePx];
  return {
    ...{ kind: "box", x: word.x - beside, y: baseline - body.above * sizePx - above },
    ...{ width: word.width + 2 * beside, height: (body.above + body.below) * sizePx + 2 * above },
    ...{ radiusPx: 0.2 * sizePx, fill: inks.accent },
  };
}

/** A rule below what hangs under the line, on the same dark ground as the letters. */
function ruleMarks(
  { word, baseline }: { word: SetWord; baseline: number },
  preset: CaptionPreset,
  inks: CaptionInks,
  sizePx: number,
): Mark[] {
  const thickness = Math.max(2, 0.05 * sizePx);
  const edge = ((preset.outline?.width ?? 0) / 2) * sizePx;
  const y = baseline + 0.2 * sizePx;
  const box = { kind: "box", x: word.x, y, width: word.width, height: thickness, radiusPx: thickness / 2 } as const;
  const ground = {
    ...{ ...box, x: word.x - edge, y: y - edge, width: word.width + 2 * edge, height: thickness + 2 * edge },
    ...{ radiusPx: thickness / 2 + edge, fill: preset.outline?.ink ?? "#000000" },
  };
  return [ground, { ...box, fill: inks.accent }];
}

const hundredth = (value: number) => Math.round(value * 100) / 100;

/** What is behind a cue whatever word is said. */
export function veilMarks({ lines, type: { sizePx, face } }: SetCue, { veil }: CaptionPreset): Mark[] {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!veil || !first || !last) return [];
  const body = bodyOf(lines.flatMap((line) => line.words.map(({ text }) => text)).join(" "), face);
  const [beside, above] = [veil.beside * sizePx, veil.above * sizePx];
  const left = Math.min(...lines.map((line) => line.left)) - beside;
  const width = Math.max(...lines.map((line) => line.width)) + 2 * beside;
  const top = first.baseline - body.above * sizePx - above;
  const height = last.baseline + body.below * sizePx + above - top;
  return [{ kind: "veil", x: left, y: top, width, height, blurPx: veil.blur * sizePx, fill: veil.ink }];
}
