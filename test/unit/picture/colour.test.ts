import { describe, expect, it } from "vitest";
import { lighten, lightnessOf, mix } from "../../../container/picture/colour.ts";
import { palettes, times, tonesFor } from "../../../container/picture/palette.ts";

describe("colour", () => {
  it("mixes from one end to the other", () => {
    expect(mix("#e4572e", "#2a9d8f", 0)).toBe("#e4572e");
    expect(mix("#e4572e", "#2a9d8f", 1)).toBe("#2a9d8f");
    expect(lightnessOf(mix("#000000", "#ffffff", 0.5))).toBeCloseTo(0.5, 1);
  });

  it("moves lightness and stops at the ends", () => {
    expect(lightnessOf(lighten("#808080", 0.2))).toBeGreaterThan(lightnessOf("#808080"));
    expect(lighten("#ffffff", 1)).toMatch(/^#[0-9a-f]{6}$/);
    expect(lighten("#000000", -1)).toMatch(/^#[0-9a-f]{6}$/);
  });

  it.each(palettes.flatMap((palette) => times.map((time) => [palette.name, time, palette] as const)))(
    "%s at %s: ink and paper stay far apart, distance goes into the haze, shade is darker than light",
    (_, time, palette) => {
      const tones = tonesFor(palette, time);
      expect(lightnessOf(tones.local(palette.paper)) - lightnessOf(tones.local(palette.ink))).toBeGreaterThan(0.35);
      expect(tones.local(palette.leaf, 0.9)).not.toBe(tones.local(palette.leaf, 0));
      expect(lightnessOf(tones.shade(palette.wall))).toBeLessThan(lightnessOf(tones.lit(palette.wall)));
    },
  );
});
