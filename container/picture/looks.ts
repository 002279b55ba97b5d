import type { Random } from "../random.ts";
import { lightnessOf, mix } from "./colour.ts";
import type { Tones } from "./palette.ts";
import type { Stage } from "./stage.ts";
import { circle, path, polygon, polyline } from "./svg.ts";

export const hairStyles = ["fade", "afro", "bun", "braids", "wrap", "hijab", "locs", "shaved", "cap"] as const;
type HairStyle = (typeof hairStyles)[number];
type Garment = "shirt" | "blazer" | "dress" | "hoodie" | "coat" | "kit" | "apron";

/** Who somebody is, before any light falls on them. */
export type Look = {
  isWoman: boolean;
  skin: string;
  hair: string;
  hairStyle: HairStyle;
  garment: Garment;
  top: string;
  bottom: string;
  /** Headwrap, collar, apron, shoes. */
  accent: string;
  hasPrint: boolean;
  print: "petals" | "zigzag" | "diamonds";
};

const skins = ["#3d241a", "#4d2d1f", "#5f3822", "#74462a", "#875434", "#9c673f", "#b98254"] as const;
/** Between them lies every skin: what a printer would mix inks for. */
export const skinShades = [skins[1], skins[4]] as const;

const hairs = ["#17100f", "#221613", "#2d1c15"] as const;
const womenHair = ["afro", "bun", "braids", "wrap", "hijab", "fade"] as const;
const menHair = ["fade", "fade", "shaved", "locs", "cap", "afro"] as const;
const womenGarments = ["dress", "dress", "shirt", "blazer", "hoodie"] as const;
const menGarments = ["shirt", "shirt", "blazer", "hoodie"] as const;

/** Far enough from the skin to be read as cloth. */
function apart(colour: string, skin: string, other: string): string {
  return Math.abs(lightnessOf(colour) - lightnessOf(skin)) < 0.12 ? other : colour;
}

export function createLook(random: Random, tones: Tones, wish: { isWoman?: boolean; garment?: Garment } = {}): Look {
  const isWoman = wish.isWoman ?? random.chance(0.5);
  const skin = random.pick(skins);
  const colours = random.shuffle([...tones.accents, tones.wall, tones.paper, mix(tones.leaf, tones.paper, 0.2)]);
  const [first, second] = [colours[0] ?? tones.accents[0], colours[1] ?? tones.accents[1]];
  const garment = wish.garment ?? (isWoman ? random.pick(womenGarments) : random.pick(menGarments));
  return {
    isWoman,
    skin,
    hair: random.pick(hairs),
    hairStyle: isWoman ? random.pick(womenHair) : random.pick(menHair),
    garment,
    top: apart(first, skin, tones.accents[1]),
    bottom: random.pick([tones.ink, mix(tones.ink, tones.accents[3], 0.45), mix(tones.ink, tones.accents[2], 0.35)]),
    accent: second === first ? tones.paper : second,
    print: random.pick(["petals", "zigzag", "diamonds"]),
    hasPrint: garment === "dress" ? random.chance(0.8) : garment === "shirt" && random.chance(0.3),
  };
}

/** A kitenge print: bold figures to lay over a plain cloth, in the light of the scene. */
export function kitenge(stage: Stage, look: Look): string {
  const { tones } = stage;
  const first = tones.local(look.accent);
  const second = tones.local(lightnessOf(look.top) > 0.6 ? tones.ink : tones.paper);
  if (look.print === "petals") {
    const petals = [0, 90, 180, 270].map((turn) => {
      return `<g transform="rotate(${turn} 24 24)">${path("M24 22C16 12 20 4 24 3C28 4 32 12 24 22Z", first)}</g>`;
    });
    return stage.pattern(48, petals.join("") + circle(24, 24, 4, second) + circle(0, 0, 5, second));
  }
  if (look.print === "zigzag") {
    const zigzag = (y: number) => polyline([-4, y + 8], [12, y - 6], [24, y + 6], [36, y - 6], [52, y + 8]);
    const paint = { stroke: first, "stroke-width": 7 };
    return stage.pattern(
      48,
      path(zigzag(14), "none", paint) + path(zigzag(38), "none", { ...paint, stroke: second, "stroke-width": 4 }),
    );
  }
  const diamond = polygon([24, 6], [40, 24], [24, 42], [8, 24]);
  return stage.pattern(
    48,
    path(diamond, first) + circle(24, 24, 6, second) + circle(0, 0, 6, second) + circle(48, 48, 6, second),
  );
}
