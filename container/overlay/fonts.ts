import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { BrandFont } from "../../src/contract/video.ts";
import { GlobalFonts } from "./canvas.ts";
import { readCoverage } from "./font-coverage.ts";

/** `heavy` for titles and shouted captions, `medium` for what is read quietly. */
export type Weight = "heavy" | "medium";
export type Face = { font: BrandFont; weight: Weight };

const { resolve } = createRequire(import.meta.url);

/** All under the SIL Open Font License. Faces with one weight serve as both. */
const latinFiles: Record<BrandFont, Record<Weight, string>> = {
  grotesque: {
    heavy: "bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf",
    medium: "bricolage-grotesque/600SemiBold/BricolageGrotesque_600SemiBold.ttf",
  },
  condensed: { heavy: "anton/400Regular/Anton_400Regular.ttf", medium: "anton/400Regular/Anton_400Regular.ttf" },
  serif: {
    heavy: "dm-serif-display/400Regular/DMSerifDisplay_400Regular.ttf",
    medium: "dm-serif-display/400Regular/DMSerifDisplay_400Regular.ttf",
  },
  geometric: {
    heavy: "poppins/700Bold/Poppins_700Bold.ttf",
    medium: "poppins/600SemiBold/Poppins_600SemiBold.ttf",
  },
  humanist: {
    heavy: "noto-sans/800ExtraBold/NotoSans_800ExtraBold.ttf",
    medium: "noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  },
};

/** Behind every brand font, in this order: what one lacks the next one has. Noto Sans is the last resort for Latin letters. */
const otherFiles: Record<string, Record<Weight, string>> = {
  latin: latinFiles.humanist,
  arabic: {
    heavy: "noto-sans-arabic/800ExtraBold/NotoSansArabic_800ExtraBold.ttf",
    medium: "noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf",
  },
  ethiopic: {
    heavy: "noto-sans-ethiopic/800ExtraBold/NotoSansEthiopic_800ExtraBold.ttf",
    medium: "noto-sans-ethiopic/600SemiBold/NotoSansEthiopic_600SemiBold.ttf",
  },
  devanagari: {
    heavy: "noto-sans-devanagari/800ExtraBold/NotoSansDevanagari_800ExtraBold.ttf",
    medium: "noto-sans-devanagari/600SemiBold/NotoSansDevanagari_600SemiBold.ttf",
  },
  emoji: {
    heavy: "noto-emoji/700Bold/NotoEmoji_700Bold.ttf",
    medium: "noto-emoji/600SemiBold/NotoEmoji_600SemiBold.ttf",
  },
};

/** Each file under a name of its own: asked for at weight 400, none is ever thickened by the machine. */
type Loaded = { families: string; coverage: Set<number>; latin: Set<number> };
const loaded = new Map<string, Loaded>();
const registered = new Map<string, { family: string; coverage: Set<number> }>();

function register(file: string): { family: string; coverage: Set<number> } {
  const known = registered.get(file);
  if (known) return known;
  const bytes = readFileSync(resolve(`@expo-google-fonts/${file}`));
  // Fonts belong to the process, and every thread that draws registers them: a name must mean the same file in all of them.
  const family = `shujaa ${path.basename(file, ".ttf")}`;
  if (!GlobalFonts.has(family) && !GlobalFonts.register(bytes, family))
    throw new RangeError(`the font ${file} could not be read`);
  const font = { family, coverage: readCoverage(bytes) };
  registered.set(file, font);
  return font;
}

function load({ font, weight }: Face): Loaded {
  const name = `${font} ${weight}`;
  const known = loaded.get(name);
  if (known) return known;
  const first = register(latinFiles[font][weight]);
  const fonts = [first, ...Object.values(otherFiles).map((files) => register(files[weight]))];
  const made: Loaded = {
    families: fonts.map(({ family }) => `"${family}"`).join(","),
    coverage: new Set(fonts.flatMap(({ coverage }) => [...coverage])),
    latin: first.coverage,
  };
  loaded.set(name, made);
  return made;
}

/** For the `font` of a canvas: the face and everything that stands in for what it lacks. */
export function fontOf(face: Face, sizePx: number): string {
  return `400 ${sizePx}px ${load(face).families}`;
}

/** Signs no text face here has, and the emoji that say the same. */
const kin = new Map(
  Object.entries({ "✓": "✔", "★": "⭐", "→": "➡", "←": "⬅", "↑": "⬆", "↓": "⬇", "✗": "✖", "♥": "❤" }),
);

/** What the fonts can draw of `text`: the rest would be boxes. Only scripts of languages no video is made in are left out. */
export function drawable(text: string, face: Face): string {
  const { coverage } = load(face);
  const has = (character: string) => coverage.has(character.codePointAt(0) ?? 0);
  return [...text]
    .map((character) => (has(character) ? character : (kin.get(character) ?? "")))
    .filter(has)
    .join("")
    .trim();
}

/** Latin letters, their combining marks, and currency signs. */
const latinLetter = /[\p{Script=Latin}\p{Sc}]|[\u0300-\u036f]/u;

/**
 * `font`, or the humanist one when `font` lacks a letter of these texts: half a word in another face looks like a mistake,
 * and Hausa, Igbo and Yoruba have letters few typefaces know.
 */
export function fontForTexts(font: BrandFont, texts: string[]): BrandFont {
  const { latin } = load({ font, weight: "heavy" });
  const isWhole = texts.every((text) =>
    [...text].every((character) => !latinLetter.test(character) || latin.has(character.codePointAt(0) ?? 0)),
  );
  return isWhole ? font : "humanist";
}
