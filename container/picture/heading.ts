import { lightnessOf, mix } from "./colour.ts";
import { boldFontFile, fontFamily } from "./font.ts";
import { readFontMetrics } from "./font-metrics.ts";
import { isInterior, type SettingName } from "./scenery.ts";
import type { Stage } from "./stage.ts";
import { rect, round } from "./svg.ts";
import { drawableText, escapeXml, fitText } from "./text.ts";

const font = readFontMetrics(boldFontFile);
const lineHeight = 1.04;

const largeSizes = [104, 94, 84, 74, 64, 54] as const;
const tallSizes = [104, 94, 84, 74, 64, 56] as const;
const smallSizes = [76, 68, 60, 52, 46] as const;

/** About the colour the words come to stand on. */
function backdrop(stage: Stage, setting: SettingName): string {
  const { tones } = stage;
  if (setting === "theatre") return tones.ink;
  if (isInterior(setting)) return tones.local(tones.wall);
  return mix(tones.sky.top, tones.sky.middle, tones.isNight ? 0 : stage.isTall ? 0.35 : 0.5);
}

type Heading = {
  /** Goes between the place and the subject: it quietens what is behind the words. */
  veil: string;
  words: string;
  /** How far down the sheet the words reach; 0 when there are none. */
  bottom: number;
};

/** The video's title for its first picture: a short bar and up to five lines. Empty when no letter of it can be drawn. */
export function drawHeading(stage: Stage, title: string, setting: SettingName): Heading {
  const text = drawableText(title, font);
  if (text === "") return { veil: "", words: "", bottom: 0 };
  const { width, height, isTall, tones } = stage;
  const left = width * 0.11;
  const isBeside = width > height * 1.4;
  const room = isBeside ? width * 0.4 : width - left * 2;
  const sizes = isBeside ? largeSizes : isTall ? tallSizes : smallSizes;
  const short = fitText(text, font, room, isTall ? 3 : 4, sizes);
  const block = short.lines.at(-1)?.endsWith("…") ? fitText(text, font, room, 5, sizes) : short;
  const isOnDark = lightnessOf(backdrop(stage, setting)) < 0.68;
  const veil = isOnDark ? mix(tones.ink, tones.sky.top, 0.4) : mix(tones.paper, tones.sky.low, 0.3);
  const top = height * (isTall ? 0.115 : 0.13);
  const first = top + 42 + block.size * 0.82;
  const bottom = first + (block.lines.length - 1) * block.size * lineHeight + block.size * 0.28;
  const lines = block.lines.map(
    (line, index) =>
      `<text x="${round(left)}" y="${round(first + index * block.size * lineHeight)}">${escapeXml(line)}</text>`,
  );
  return {
    veil: isBeside
      ? rect(
          0,
          0,
          width * 0.76,
          height,
          stage.fade(
            [
              [0, veil, 0.84],
              [0.5, veil, 0.6],
              [1, veil, 0],
            ],
            "right",
          ),
        )
      : rect(
          0,
          0,
          width,
          bottom * 1.5,
          stage.fade([
            [0, veil, 0.8],
            [0.6, veil, 0.58],
            [1, veil, 0],
          ]),
        ),
    words: `${rect(left + 3, top, 92, 13, tones.accents[isOnDark ? 1 : 0], 6.5)}<g font-family="${fontFamily}" font-weight="700" font-size="${round(block.size)}" letter-spacing="${round(block.size * -0.012)}" fill="${isOnDark ? tones.paper : tones.ink}" xml:space="preserve">${lines.join("")}</g>`,
    bottom,
  };
}
