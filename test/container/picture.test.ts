import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { drawScene, type SceneRequest } from "../../container/picture/draw-scene.ts";
import { boldFontFile } from "../../container/picture/font.ts";
import { rasterise } from "../../container/picture/rasterise.ts";

const base: SceneRequest = {
  title: "",
  narration: "An entrepreneur opens her laptop in Nairobi.",
  videoTitle: "How Wanjiku built a startup in Nairobi",
  sceneIndex: 0,
  sceneCount: 4,
  width: 1920,
  height: 1080,
  seed: "seed-1",
  hasHeading: true,
};

const tall = { width: 1080, height: 1920 };
const narrations = [
  "An entrepreneur opens her laptop in Nairobi.",
  "Mama mboga sells at the market.",
  "Customers pay by M-Pesa.",
  "Fishermen bring fish from the lake.",
  "The doctor sees patients at the hospital.",
  "Elephants cross the savannah.",
  "Matatus fill the street at night.",
  "It goes on.",
];

type Picture = { width: number; height: number; luminance: Float32Array; colourCount: number };

function look(svg: string, width: number): Picture {
  const image = new Resvg(svg, {
    fitTo: { mode: "width", value: width },
    font: { loadSystemFonts: false, fontFiles: [boldFontFile] },
  }).render();
  const pixels = image.pixels;
  const luminance = new Float32Array(image.width * image.height);
  const colours = new Set<number>();
  for (let index = 0; index < luminance.length; index += 1) {
    const [red, green, blue] = [pixels[index * 4] ?? 0, pixels[index * 4 + 1] ?? 0, pixels[index * 4 + 2] ?? 0];
    luminance[index] = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    colours.add((red << 16) | (green << 8) | blue);
  }
  return { width: image.width, height: image.height, luminance, colourCount: colours.size };
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Mean difference of two pictures' luminance, 0 to 255. */
function difference(first: Picture, second: Picture): number {
  return (
    first.luminance.reduce((sum, value, index) => sum + Math.abs(value - (second.luminance[index] ?? 0)), 0) /
    first.luminance.length
  );
}

function pngSize(png: Buffer): { width: number; height: number } {
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

describe("rasterise", () => {
  it.each([
    [base, { width: 1920, height: 1080 }],
    [base, { width: 2160, height: 1216 }],
    [
      { ...base, ...tall },
      { width: 1080, height: 1920 },
    ],
    [
      { ...base, ...tall },
      { width: 811, height: 1441 },
    ],
    [
      { ...base, width: 1080, height: 1080 },
      { width: 720, height: 720 },
    ],
  ])("gives a PNG of exactly the size asked for", async (request, size) => {
    expect(pngSize(await rasterise(drawScene(request), size))).toEqual(size);
  });

  it("refuses what is not a picture", async () => {
    await expect(rasterise("<svg", { width: 100, height: 100 })).rejects.toThrow(Error);
  });

  it("draws the heaviest size a video asks for in time", async () => {
    const startedAt = performance.now();
    await rasterise(drawScene(base), { width: 3840, height: 2160 });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe("a drawn scene", () => {
  const scenes = narrations.flatMap((narration, sceneIndex) =>
    [{ width: 1920, height: 1080 }, tall].map((size) => ({
      ...base,
      ...size,
      narration,
      sceneIndex,
      hasHeading: false,
    })),
  );

  it.each(scenes.map((scene) => [scene.narration, scene.width > scene.height ? "wide" : "tall", scene] as const))(
    "%s (%s) is a picture, and calm where captions go",
    (_, shape, scene) => {
      const picture = look(drawScene(scene), shape === "wide" ? 320 : 180);
      expect(picture.colourCount).toBeGreaterThan(800);
      expect(deviation(picture.luminance)).toBeGreaterThan(15);
      const [top, bottom] = shape === "wide" ? [0.78, 0.92] : [0.64, 0.8];
      const zone = picture.luminance.filter((_value, index) => {
        const [x, y] = [(index % picture.width) / picture.width, Math.floor(index / picture.width) / picture.height];
        return y >= top && y < bottom && x > 0.1 && x < 0.9;
      });
      // The busiest zone of all motifs, shapes and turns measured 15.4; the open sky of the same pictures passes 30.
      expect(deviation(zone)).toBeLessThan(22);
    },
  );

  it.each([
    "<b>&amp;</b> ]]> \u0000\u0008\u001b \ud800 \"'",
    "<!--<![CDATA[<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "\u202eevil\u202c \u200d\ufe0f 👩🏾‍💻 \ufffe\uffff",
    "&#0; &unknown; %n",
  ])("stays a well-formed document whatever is written: %j", (text) => {
    const svg = drawScene({ ...base, title: text, narration: text, videoTitle: `Kenya ${text}` });
    expect(() => new Resvg(svg)).not.toThrow();
    expect(svg).not.toContain("<!");
  });

  it("differs from the scene before it, even when the same is said", () => {
    for (const size of [{ width: 1920, height: 1080 }, tall]) {
      const pictures = [0, 1, 2, 3].map((sceneIndex) =>
        look(drawScene({ ...base, ...size, sceneIndex, hasHeading: false }), 160),
      );
      pictures.slice(1).forEach((picture, index) => {
        const before = pictures[index];
        if (before) expect(difference(before, picture)).toBeGreaterThan(8);
      });
    }
  });

  it("differs from another video's, even when the same is said", () => {
    const seeds = ["one", "two", "three", "four"].map((seed) =>
      look(drawScene({ ...base, seed, hasHeading: false }), 160),
    );
    const distances = seeds.flatMap((picture, index) =>
      seeds.slice(index + 1).map((other) => difference(picture, other)),
    );
    expect(Math.max(...distances)).toBeGreaterThan(25);
    expect(Math.min(...distances)).toBeGreaterThan(5);
  });
});

describe("the heading", () => {
  const words = (svg: string) => {
    const group = /<g font-family.*?<\/g>/s.exec(svg)?.[0] ?? "";
    const viewBox = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
    const [width, height] = [Number(viewBox?.[1]), Number(viewBox?.[2])];
    const box = new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${group}</svg>`,
      {
        font: { loadSystemFonts: false, fontFiles: [boldFontFile] },
      },
    ).getBBox();
    return { box, width, height };
  };

  it.each([
    "Lamu",
    "How Wanjiku built a startup in Nairobi",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "Kujenga uchumi wa kidijitali kwa vijana wote wa Afrika Mashariki, mmoja baada ya mwingine, bila kuchoka hata siku moja!!",
  ])("stays inside what the camera never crops: %s", (videoTitle) => {
    for (const size of [{ width: 1920, height: 1080 }, tall, { width: 1080, height: 1080 }]) {
      const { box, width, height } = words(drawScene({ ...base, ...size, videoTitle }));
      expect(box).toBeDefined();
      if (!box) return;
      expect(box.width).toBeGreaterThan(20);
      expect(box.x).toBeGreaterThanOrEqual(width * 0.1);
      expect(box.x + box.width).toBeLessThanOrEqual(width * 0.9);
      expect(box.y).toBeGreaterThanOrEqual(height * 0.1);
      expect(box.y + box.height).toBeLessThanOrEqual(height * 0.64);
    }
  });

  it("can be read: its words stand out from what is behind them", () => {
    for (const seed of ["a", "b", "c", "d", "e", "f"]) {
      const request = { ...base, seed, videoTitle: "MMMMMMM" };
      const svg = drawScene(request);
      const withWords = look(svg, 480);
      const without = look(svg.replace(/<g font-family.*?<\/g>/s, ""), 480);
      const strokes = withWords.luminance.map((value, index) => Math.abs(value - (without.luminance[index] ?? 0)));
      const strongest = strokes.filter((value) => value > 20).sort();
      expect(strongest.length).toBeGreaterThan(200);
      expect(strongest[Math.floor(strongest.length / 2)] ?? 0).toBeGreaterThan(70);
    }
  });
});
