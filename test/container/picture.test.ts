import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import { drawImage } from "../../container/picture/draw-image.ts";
import { drawScene, type SceneRequest, svgDocument } from "../../container/picture/draw-scene.ts";
import { paintDrawing } from "../../container/picture/paint-style.ts";
import { type Pixels, rasterise } from "../../container/picture/rasterise.ts";
import { aspects, frameSize, pictureStyles } from "../../src/contract/video.ts";

const base: SceneRequest = {
  title: "",
  narration: "An entrepreneur opens her laptop in Nairobi.",
  videoTitle: "How Wanjiku built a startup in Nairobi",
  style: "flat",
  sceneIndex: 0,
  width: 1920,
  height: 1080,
  seed: "seed-1",
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

/** A scene painted about `short` pixels on its short side. */
function paint(request: SceneRequest, short: number): Promise<Pixels> {
  const scale = short / Math.min(request.width, request.height);
  return paintDrawing(drawScene(request), {
    width: Math.round(request.width * scale),
    height: Math.round(request.height * scale),
  });
}

function luminanceOf({ data, width, height }: Pixels): Float32Array {
  return Float32Array.from(
    { length: width * height },
    (_, at) => 0.2126 * (data[at * 4] ?? 0) + 0.7152 * (data[at * 4 + 1] ?? 0) + 0.0722 * (data[at * 4 + 2] ?? 0),
  );
}

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Mean difference of two pictures' luminance, 0 to 255. */
function difference(first: Pixels, second: Pixels): number {
  const other = luminanceOf(second);
  const own = luminanceOf(first);
  return own.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0) / own.length;
}

/** How much neighbours differ on average: lines, dots and grain make it rise. */
function edgeEnergy(picture: Pixels): number {
  const luminance = luminanceOf(picture);
  let sum = 0;
  for (let at = 0; at + picture.width + 1 < luminance.length; at += 1) {
    const here = luminance[at] ?? 0;
    sum += Math.abs(here - (luminance[at + 1] ?? 0)) + Math.abs(here - (luminance[at + picture.width] ?? 0));
  }
  return sum / luminance.length;
}

function colourCount({ data }: Pixels): number {
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)).size;
}

function at({ data, width }: Pixels, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

describe("rasterise", () => {
  it.each([[{ width: 2188, height: 1232 }], [{ width: 811, height: 1441 }], [{ width: 720, height: 720 }]])(
    "gives exactly the pixels asked for: %j",
    async (size) => {
      const picture = await rasterise(svgDocument(drawScene({ ...base, ...size }), size), size);
      expect(picture.data.length).toBe(size.width * size.height * 4);
    },
  );

  it("refuses what is not a picture", async () => {
    await expect(rasterise("<svg", { width: 100, height: 100 })).rejects.toThrow(Error);
  });

  it.each([
    "<b>&amp;</b> ]]> \u0000\u0008\u001b \ud800 \"'",
    "<!--<![CDATA[<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>&a;",
    "\u202eevil\u202c \u200d\ufe0f 👩🏾‍💻 \ufffe\uffff",
    "&#0; &unknown; %n",
  ])("draws a well-formed document whatever is written: %j", (text) => {
    const svg = svgDocument(drawScene({ ...base, title: text, narration: text, videoTitle: `Kenya ${text}` }), base);
    expect(() => new Resvg(svg)).not.toThrow();
    expect(svg).not.toContain("<!");
  });
});

describe("a drawn scene", () => {
  const scenes = narrations.flatMap((narration, sceneIndex) =>
    [{ width: 1920, height: 1080 }, tall].map((size) => ({ ...base, ...size, narration, sceneIndex })),
  );

  it.each(scenes.map((scene) => [scene.narration, scene.width > scene.height ? "wide" : "tall", scene] as const))(
    "%s (%s) is a picture, and calm where captions go",
    async (_, shape, scene) => {
      const picture = await paint(scene, 180);
      const luminance = luminanceOf(picture);
      expect(colourCount(picture)).toBeGreaterThan(800);
      expect(deviation(luminance)).toBeGreaterThan(15);
      const [top, bottom] = shape === "wide" ? [0.78, 0.92] : [0.64, 0.8];
      const zone = luminance.filter((_value, index) => {
        const [x, y] = [(index % picture.width) / picture.width, Math.floor(index / picture.width) / picture.height];
        return y >= top && y < bottom && x > 0.1 && x < 0.9;
      });
      // The open sky of the same pictures passes 30.
      expect(deviation(zone)).toBeLessThan(22);
    },
  );

  it.each(pictureStyles)("differs from the scene before it, even when the same is said: %s", async (style) => {
    for (const size of [{ width: 1920, height: 1080 }, tall]) {
      const pictures = await Promise.all(
        [0, 1, 2, 3].map((sceneIndex) => paint({ ...base, ...size, style, sceneIndex }, 120)),
      );
      for (const [index, picture] of pictures.entries()) {
        const others = pictures.slice(index + 1).map((other) => difference(picture, other));
        expect(Math.min(...others, 100)).toBeGreaterThan(8);
      }
    }
  });

  it("differs from another video's, even when the same is said", async () => {
    const seeds = await Promise.all(["one", "two", "three", "four"].map((seed) => paint({ ...base, seed }, 120)));
    const distances = seeds.flatMap((picture, index) =>
      seeds.slice(index + 1).map((other) => difference(picture, other)),
    );
    expect(Math.max(...distances)).toBeGreaterThan(25);
    expect(Math.min(...distances)).toBeGreaterThan(5);
  });
});

describe("a style", () => {
  it.each(pictureStyles)("%s gives the same bytes again", async (style) => {
    const [first, second] = [await paint({ ...base, style }, 300), await paint({ ...base, style }, 300)];
    expect(Buffer.from(first.data).equals(Buffer.from(second.data))).toBe(true);
  });

  it("can be told from the others by its edges and its colours", async () => {
    for (const narration of narrations.slice(1, 3)) {
      const [flat, papercut, print, sketch] = await Promise.all(
        pictureStyles.map((style) => paint({ ...base, narration, sceneIndex: 1, style }, 600)),
      );
      if (!flat || !papercut || !print || !sketch) throw new Error("a style is missing");
      // Grain and torn edges; dots and hard ink; pen lines.
      expect(edgeEnergy(papercut)).toBeGreaterThan(edgeEnergy(flat) * 1.3);
      expect(edgeEnergy(print)).toBeGreaterThan(edgeEnergy(flat) * 1.5);
      expect(edgeEnergy(sketch)).toBeGreaterThan(edgeEnergy(flat) * 1.3);
      // A dozen inks and what lies between two of them at an edge, against gradients.
      expect(colourCount(print)).toBeLessThan(colourCount(flat) * 0.9);
      expect(colourCount(papercut)).toBeGreaterThan(colourCount(flat));
      const mean = (picture: Pixels) => luminanceOf(picture).reduce((sum, value) => sum + value, 0) / 1e6;
      expect(mean(sketch)).toBeGreaterThan(mean(flat));
      for (const [first, second] of [
        [flat, papercut],
        [flat, print],
        [flat, sketch],
        [papercut, print],
        [papercut, sketch],
        [print, sketch],
      ] as const) {
        expect(difference(first, second)).toBeGreaterThan(4);
      }
    }
  });

  it.each(pictureStyles.flatMap((style) => aspects.map((aspect) => [style, aspect] as const)))(
    "%s fills a %s frame to its corners",
    async (style, aspect) => {
      const shape = frameSize({ aspect, resolution: "1080p", isDraft: false });
      for (const [sceneIndex, narration] of narrations.slice(0, 4).entries()) {
        const picture = await paint({ ...base, ...shape, style, narration, sceneIndex }, 150);
        const { width, height } = picture;
        for (const [x, y] of [
          [0, 0],
          [width - 1, 0],
          [0, height - 1],
          [width - 1, height - 1],
        ] as const) {
          const [red = 0, green = 0, blue = 0, alpha] = at(picture, x, y);
          expect(alpha).toBe(255);
          // What nothing was drawn on is black.
          expect(red + green + blue).toBeGreaterThan(12);
        }
      }
    },
  );
});

describe("drawImage", () => {
  it.each([
    ["16:9", 2048, 1152],
    ["9:16", 1152, 2048],
    ["1:1", 2048, 2048],
    ["4:5", 1638, 2048],
  ] as const)("gives a JPEG of 2048 pixels on its long side: %s", async (aspect, width, height) => {
    const jpeg = await drawImage({ prompt: "Mama mboga sells at the market", aspect, style: "flat", seed: "a" });
    expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    expect([jpeg.readUInt16BE(frame + 7), jpeg.readUInt16BE(frame + 5)]).toEqual([width, height]);
  });

  it("gives the same bytes for the same wish, and others for another seed", async () => {
    const wish = { prompt: "A doctor in a clinic", aspect: "1:1", style: "papercut", seed: "a" } as const;
    const [first, again, other] = [
      await drawImage(wish),
      await drawImage(wish),
      await drawImage({ ...wish, seed: "b" }),
    ];
    expect(first.equals(again)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });
});
