import { describe, expect, test } from "vitest";
import { contrast, nearBlack } from "../../../container/overlay/contrast.ts";
import { drawOverlay } from "../../../container/overlay/draw-overlay.ts";
import { drawable, type Face, fontForTexts } from "../../../container/overlay/fonts.ts";
import { layOverlays } from "../../../container/overlay/lay-overlays.ts";
import type { Mark, Overlay } from "../../../container/overlay/overlay.ts";
import { leftToRight } from "../../../container/overlay/reading-order.ts";
import { brandFonts, captionStyles } from "../../../src/contract/video.ts";
import { inkBox, isScrim, letters, overlayRequest } from "../../support/overlays.ts";

const samples = {
  yoruba: "Ẹ káàárọ̀ ọmọ ṣáájú ẸỌṢ",
  igbo: "Ụtụtụ ọma, ṅụọ mmiri",
  hausa: "ɓauna ɗaki ƙasa ƴanci ƁƊƘ",
  tswana: "mošomo Tšhono",
  european: "œuvre ça Ñandú São Straße",
  arabic: "السلام عليكم، كيف الحال؟ ١٢٣",
  ethiopic: "ሰላም ለዓለም፤ ቡና።",
  devanagari: "क्षत्रिय नमस्ते दुनिया।",
  money: "₦500 ₵20 € £ KSh % №",
  emoji: "🎉🙂⚡❤🌍",
};

function draw(text: string, face: Face): Buffer {
  const mark: Mark = {
    ...{ kind: "text", text, x: 20, y: 70, face, sizePx: 60, direction: "ltr", trackingPx: 0, fill: "#ffffff" },
  };
  return Buffer.from(drawOverlay({ width: 160, height: 120, art: [mark] }));
}

describe("every letter is drawn", () => {
  test.each(brandFonts.flatMap((font) => [{ font, weight: "heavy" } as Face, { font, weight: "medium" } as Face]))(
    "$font $weight: as itself, not as a box",
    (face) => {
      const missing = draw("\ue000", face);
      for (const text of Object.values(samples)) {
        expect(drawable(text, face)).toBe(text);
        for (const character of text.replace(/[\s\p{M}]/gu, "")) {
          expect([character, draw(character, face).equals(missing)]).toEqual([character, false]);
          expect([character, draw(character, face).some((value) => value > 0)]).toEqual([character, true]);
        }
      }
    },
  );

  test("signs that only emoji fonts have are drawn as emoji", () => {
    expect(drawable("✓ ★ →", { font: "serif", weight: "heavy" })).toBe("✔ ⭐ ➡");
  });

  test("what no font has is left out, and takes no place", () => {
    const laid = layOverlays(overlayRequest(["Sawa 中文 tena"]));
    expect(new Set(laid.flatMap((overlay) => letters(overlay).map(({ text }) => text)))).toEqual(
      new Set(["Sawa", "tena"]),
    );
  });

  test("a font that lacks a letter of what is said makes way for one that has all", () => {
    expect(fontForTexts("serif", ["Good morning"])).toBe("serif");
    expect(fontForTexts("serif", ["Good morning", "ọmọ"])).toBe("humanist");
    expect(fontForTexts("serif", ["السَّلام 🎉"])).toBe("serif");
  });

  test("only the bold preset shouts, and only in scripts with capitals", () => {
    const texts = captionStyles.map((style) => {
      const [first] = layOverlays(
        overlayRequest(["jua سلام"], { look: { mode: "lines", style, position: "bottom" } }),
      ).filter((overlay) => !isScrim(overlay));
      return [style, ...(first ? letters(first).map(({ text }) => text) : [])];
    });
    expect(texts).toEqual(captionStyles.map((style) => [style, style === "bold" ? "JUA" : "jua", "سلام"]));
  });
});

describe("direction", () => {
  const order = (words: string[], base: "ltr" | "rtl") => leftToRight(words, base).map(({ index }) => words[index]);

  test.each([
    [["one", "two", "three"], "ltr", ["one", "two", "three"]],
    [["في", "نيروبي", "2024"], "rtl", ["2024", "نيروبي", "في"]],
    [["شركة", "Shujaa", "AI", "جديدة"], "rtl", ["جديدة", "Shujaa", "AI", "شركة"]],
    [["they", "say", "صباح", "الخير", "here"], "ltr", ["they", "say", "الخير", "صباح", "here"]],
  ] as const)("%j in %s", (words, base, expected) => {
    expect(order([...words], base)).toEqual(expected);
  });

  test("in Arabic the first word that is said is the one furthest to the right, and is the one that is marked", () => {
    const said = "صباح الخير يا نيروبي";
    const look = { mode: "words", style: "clean", position: "bottom" } as const;
    const lit = layOverlays(overlayRequest([said], { look })).map((state) => {
      const marked = letters(state).filter(({ fill }) => fill !== "#ffffff");
      const row = Math.round(marked[0]?.y ?? 0) + state.y;
      return { row, right: inkBox({ ...state, art: marked })?.right ?? 0, text: marked[0]?.text };
    });
    expect(lit.map(({ text }) => text)).toEqual(said.split(" "));
    for (const [index, { row, right }] of lit.entries()) {
      const next = lit[index + 1];
      if (next?.row === row) expect(next.right).toBeLessThan(right);
    }
  });
});

/** The contrast of letters with what lies right around them, over a plain ground: what nine of ten such pixels reach. */
function edgeContrast(overlays: Overlay[], ground: string): number {
  const state = overlays.at(-1);
  if (!state) return 0;
  const { width, height } = state;
  const value = Number.parseInt(ground.slice(1, 3), 16);
  const shown = new Float64Array(width * height * 3).fill(value);
  for (const layer of overlays) {
    const pixels = drawOverlay(layer);
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const [fromRow, fromColumn] = [row + state.y - layer.y, column + state.x - layer.x];
        if (fromRow < 0 || fromColumn < 0 || fromRow >= layer.height || fromColumn >= layer.width) continue;
        const [from, to] = [4 * (fromRow * layer.width + fromColumn), 3 * (row * width + column)];
        const through = 1 - (pixels[from + 3] ?? 0) / 255;
        for (let band = 0; band < 3; band += 1) {
          shown[to + band] = (pixels[from + band] ?? 0) + (shown[to + band] ?? 0) * through;
        }
      }
    }
  }
  const mask = drawOverlay({ ...state, art: letters(state) });
  const alphaAt = (pixel: number) => mask[4 * pixel + 3] ?? 0;
  const colourAt = (pixel: number) =>
    `#${[0, 1, 2]
      .map((band) =>
        Math.round(shown[3 * pixel + band] ?? 0)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  const found: number[] = [];
  for (let row = 4; row < height - 4; row += 1) {
    for (let column = 4; column < width - 4; column += 1) {
      const pixel = row * width + column;
      if (alphaAt(pixel) !== 255) continue;
      for (const beside of [pixel - 3, pixel + 3, pixel - 3 * width, pixel + 3 * width]) {
        if (alphaAt(beside) === 0) found.push(contrast(colourAt(pixel), colourAt(beside)));
      }
    }
  }
  found.sort((a, b) => a - b);
  return found[Math.floor(found.length / 10)] ?? 0;
}

describe("contrast", () => {
  const grounds = ["#ffffff", "#000000", "#808080"];
  const accents = [undefined, "#101a60", "#fff6c0"];

  test.each(captionStyles.flatMap((style) => accents.map((accent) => [style, accent] as const)))(
    "%s with the accent %s reads at 4.5 to 1 or better over white, black and grey",
    (style, accent) => {
      const request = overlayRequest(["mlima mrefu"], {
        ...{ look: { mode: "words", style, position: "bottom" }, brand: { accent } },
      });
      const laid = layOverlays(request);
      const [second] = laid.slice(-1);
      const veils = laid.filter(isScrim);
      for (const ground of grounds) {
        expect(second && edgeContrast([...veils, second], ground)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(["#0a0c10", "#2a7de1", "#f4b400", "#808080", "#ffffff", "#c2185b"])(
    "titles on the brand colour %s read over white, black and grey",
    (primary) => {
      const request = overlayRequest(["mlima mrefu"], {
        ...{ look: { mode: "off", style: "clean", position: "bottom" }, titles: "opening", title: "Mlima Kenya" },
        brand: { primary, accent: nearBlack },
      });
      for (const ground of grounds) expect(edgeContrast(layOverlays(request), ground)).toBeGreaterThanOrEqual(4.5);
    },
  );
});
