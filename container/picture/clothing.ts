import { kitenge, type Look } from "./looks.ts";
import type { Stage } from "./stage.ts";
import { path } from "./svg.ts";

export type Cloth = {
  top: string;
  print: string | undefined;
  topShade: string;
  bottom: string;
  bottomShade: string;
  skin: string;
  skinShade: string;
  shoe: string;
  accent: string;
};

export function clothOf(stage: Stage, look: Look): Cloth {
  const { tones } = stage;
  const plain = tones.local(look.top);
  const bottom = tones.local(look.bottom);
  const skin = tones.local(look.skin);
  return {
    top: plain,
    print: look.hasPrint ? kitenge(stage, look) : undefined,
    topShade: tones.shade(plain),
    bottom,
    bottomShade: tones.shade(bottom),
    skin,
    skinShade: tones.shade(skin),
    shoe: tones.local(look.garment === "kit" ? tones.accents[1] : tones.ink),
    accent: tones.local(look.accent),
  };
}

/** Cloth under its print: the print alone would show the seams between its tiles. */
export function wear(cloth: Cloth, d: string, isShaded = false): string {
  if (cloth.print === undefined) return path(d, isShaded ? cloth.topShade : cloth.top);
  return path(d, cloth.top) + path(d, cloth.print);
}

export function isLongSleeved(look: Look): boolean {
  return (
    look.garment === "blazer" || look.garment === "hoodie" || look.garment === "coat" || look.hairStyle === "hijab"
  );
}
