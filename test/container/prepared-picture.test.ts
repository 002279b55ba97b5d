import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import {
  type PreparedStill,
  prepareColour,
  prepareDrawn,
  preparedSize,
  prepareImage,
} from "../../container/picture/prepared-picture.ts";
import { aspects, frameSize, type Grade, pictureStyles, resolutions } from "../../src/contract/video.ts";

const { signal } = new AbortController();
const frame = { width: 320, height: 180 };
let directory: string;
let count = 0;
function fresh(ending: string): string {
  count += 1;
  return path.join(directory, `${count}.${ending}`);
}

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "prepared-"));
});
afterAll(() => rm(directory, { recursive: true }));

type Planes = { luma: Uint8Array; blue: Uint8Array; red: Uint8Array; width: number; height: number };

async function planesOf({ file, width, height }: PreparedStill): Promise<Planes> {
  const bytes = await readFile(file);
  const area = width * height;
  expect(bytes.length).toBe(area * 1.5);
  return {
    ...{ width, height, luma: bytes.subarray(0, area) },
    ...{ blue: bytes.subarray(area, area * 1.25), red: bytes.subarray(area * 1.25) },
  };
}

const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What is seen at a share of the width and height, as RGB of 0 to 255 (BT.709, limited range). */
function colourAt({ luma, blue, red, width, height }: Planes, across: number, down: number): number[] {
  const [x, y] = [Math.floor(width * across), Math.floor(height * down)];
  const at = (y >> 1) * (width / 2) + (x >> 1);
  const light = (((luma[y * width + x] ?? 0) - 16) * 255) / 219;
  const [cb, cr] = [(((blue[at] ?? 0) - 128) * 255) / 224, (((red[at] ?? 0) - 128) * 255) / 224];
  return [light + 1.5748 * cr, light - 0.1873 * cb - 0.4681 * cr, light + 1.8556 * cb].map((value) =>
    Math.round(value),
  );
}

function near(colour: number[], expected: number[], by = 6): void {
  for (const [channel, value] of expected.entries()) {
    expect(Math.abs((colour[channel] ?? 0) - value), `${colour} is not ${expected}`).toBeLessThanOrEqual(by);
  }
}

const scene = {
  ...{ title: "", narration: "Mama mboga sells at the market.", videoTitle: "The market" },
  ...{ sceneIndex: 1, seed: "s", style: "flat" as const },
};

/** Red, green / blue, white in four quarters. */
async function quarters(width = 400, height = 400, type: "jpeg" | "png" = "png"): Promise<Buffer> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  for (const [index, colour] of ["#e02020", "#20a040", "#2040c0", "#ffffff"].entries()) {
    context.fillStyle = colour;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
  return type === "png" ? canvas.encode("png") : canvas.encode("jpeg", 95);
}

async function prepared(bytes: Buffer, ground = "#ffffff", grade: Grade = "none"): Promise<Planes> {
  const image = fresh("image");
  await writeFile(image, bytes);
  return planesOf(await prepareImage(image, { frame, grade, ground, file: fresh("yuv"), signal }));
}

/** A plain 16 × 16 JPEG of four components: one value a block, and Huffman codes of one length. */
function cmykJpeg(inks: readonly [number, number, number, number]): Buffer {
  const segment = (marker: number, body: number[]) => [
    0xff,
    marker,
    (body.length + 2) >> 8,
    (body.length + 2) & 255,
    ...body,
  ];
  const codes = (lengths: Record<number, number>) => Array.from({ length: 16 }, (_, index) => lengths[index + 1] ?? 0);
  const categories = Array.from({ length: 12 }, (_, index) => index);
  let bits = "";
  for (let block = 0; block < 4; block += 1) {
    for (const ink of inks) {
      // Only the first block of a component differs from the one before it.
      const step = block === 0 ? ink - 128 : 0;
      const size = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
      const value = step < 0 ? step + 2 ** size - 1 : step;
      const digits = size === 0 ? "" : value.toString(2).padStart(size, "0");
      bits += `${size.toString(2).padStart(4, "0")}${digits}0`;
    }
  }
  const bytes = (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "1"), 2));
  return Buffer.from([
    ...[0xff, 0xd8, ...segment(0xee, [...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0, 0])],
    ...segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, 0, 16, 0, 16, 4, ...[1, 2, 3, 4].flatMap((id) => [id, 0x11, 0])]),
    ...segment(0xc4, [0x00, ...codes({ 4: 12 }), ...categories]),
    ...segment(0xc4, [0x10, ...codes({ 1: 1 }), 0]),
    ...segment(0xda, [4, ...[1, 2, 3, 4].flatMap((id) => [id, 0]), 0, 63, 0]),
    ...bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte])),
    ...[0xff, 0xd9],
  ]);
}

describe("preparedSize", () => {
  it("is even, and larger than the video by what the camera can zoom", () => {
    for (const aspect of aspects) {
      for (const resolution of resolutions) {
        const video = frameSize({ aspect, resolution, isDraft: false });
        const still = preparedSize(video);
        expect([still.width % 2, still.height % 2]).toEqual([0, 0]);
        expect(still.width / video.width).toBeCloseTo(1.14, 2);
        expect(still.height / video.height).toBeCloseTo(1.14, 2);
      }
    }
  });
});

describe("prepareDrawn", () => {
  it.each(pictureStyles)("%s stays within the limited range, and comes out the same again", async (style) => {
    const [first, second] = [fresh("yuv"), fresh("yuv")];
    const still = await prepareDrawn({ ...scene, style }, { frame, grade: "none", file: first, signal });
    await prepareDrawn({ ...scene, style }, { frame, grade: "none", file: second, signal });
    const { luma, blue, red } = await planesOf(still);
    expect([still.width, still.height]).toEqual([364, 206]);
    for (const value of luma) expect(value >= 16 && value <= 235).toBe(true);
    for (const value of [...blue, ...red]) expect(value >= 16 && value <= 240).toBe(true);
    expect((await readFile(first)).equals(await readFile(second))).toBe(true);
  });

  it("means the same colours to ffmpeg", async () => {
    const still = await prepareColour("#c8442e", { frame, file: fresh("yuv"), signal });
    const png = fresh("rgb");
    const shape = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${still.width}x${still.height}`];
    const filter = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd,format=rgb24";
    await runFfmpeg([...shape, "-i", still.file, "-vf", filter, "-f", "rawvideo", png], { signal });
    const bytes = await readFile(png);
    const middle = (Math.floor(still.height / 2) * still.width + Math.floor(still.width / 2)) * 3;
    near([...bytes.subarray(middle, middle + 3)], [0xc8, 0x44, 0x2e], 10);
  });

  it("stops before it draws when the render is over", async () => {
    const over = AbortSignal.abort(new Error("over"));
    const file = fresh("yuv");
    await expect(prepareDrawn(scene, { frame, grade: "none", file, signal: over })).rejects.toThrow("over");
    await expect(readFile(file)).rejects.toThrow();
  });
});

describe("a grade", () => {
  const graded = async (grade: Grade) =>
    planesOf(await prepareDrawn(scene, { frame, grade, file: fresh("yuv"), signal }));

  it("changes what it is called after", async () => {
    const [none, warm, cool, film, mono] = await Promise.all(
      (["none", "warm", "cool", "film", "mono"] as const).map(graded),
    );
    if (!none || !warm || !cool || !film || !mono) throw new Error("a grade is missing");
    expect(mean(warm.red) - mean(none.red)).toBeGreaterThan(2);
    expect(mean(warm.blue) - mean(none.blue)).toBeLessThan(-2);
    expect(mean(cool.blue) - mean(none.blue)).toBeGreaterThan(2);
    expect(mean(cool.red) - mean(none.red)).toBeLessThan(-2);
    expect(new Set([...mono.blue, ...mono.red])).toEqual(new Set([128]));
    // Film has no deep black.
    expect(Math.min(...film.luma)).toBeGreaterThan(Math.min(...none.luma));
  });

  it.each(["warm", "cool", "film"] as const)("leaves skin skin: %s", async (grade) => {
    const canvas = createCanvas(64, 36);
    const context = canvas.getContext("2d");
    for (const skin of ["#4d2d1f", "#875434", "#c99a72"]) {
      context.fillStyle = skin;
      context.fillRect(0, 0, 64, 36);
      const seen = colourAt(await prepared(await canvas.encode("png"), "#ffffff", grade), 0.5, 0.5);
      const value = Number.parseInt(skin.slice(1), 16);
      near(seen, [value >> 16, (value >> 8) & 255, value & 255], 22);
      const [red = 0, green = 0, blue = 0] = seen;
      expect(red > green && green > blue).toBe(true);
    }
  });
});

describe("prepareImage", () => {
  it("fills the frame from the middle and keeps the colours", async () => {
    const picture = await prepared(await quarters());
    near(colourAt(picture, 0.1, 0.1), [0xe0, 0x20, 0x20]);
    near(colourAt(picture, 0.9, 0.1), [0x20, 0xa0, 0x40]);
    near(colourAt(picture, 0.1, 0.9), [0x20, 0x40, 0xc0]);
    near(colourAt(picture, 0.9, 0.9), [255, 255, 255]);
  });

  it("takes a strip of 6000 × 3 without making it larger than the frame", async () => {
    near(colourAt(await prepared(await quarters(6000, 4)), 0.25, 0.2), [0xe0, 0x20, 0x20], 30);
  });

  it.each([
    [1, [0xe0, 0x20, 0x20]],
    [2, [0x20, 0xa0, 0x40]],
    [3, [255, 255, 255]],
    [4, [0x20, 0x40, 0xc0]],
    [5, [0xe0, 0x20, 0x20]],
    [6, [0x20, 0x40, 0xc0]],
    [7, [255, 255, 255]],
    [8, [0x20, 0xa0, 0x40]],
  ])("sets a photograph upright: orientation %i", async (orientation, topLeft) => {
    const jpeg = await quarters(400, 400, "jpeg");
    const exif = Buffer.from("ffe100224578696600004d4d002a0000000800010112000300000001000000000000", "hex");
    exif.writeUInt16BE(orientation, 28);
    const turned = Buffer.concat([jpeg.subarray(0, 2), exif, Buffer.alloc(2), jpeg.subarray(2)]);
    near(colourAt(await prepared(turned), 0.1, 0.1), topLeft, 10);
  });

  it("lays what is transparent on the ground", async () => {
    const canvas = createCanvas(320, 180);
    const context = canvas.getContext("2d");
    context.fillStyle = "rgba(255, 0, 0, 0.5)";
    context.fillRect(0, 0, 160, 180);
    const picture = await prepared(await canvas.encode("png"), "#104080");
    near(colourAt(picture, 0.75, 0.5), [0x10, 0x40, 0x80]);
    near(colourAt(picture, 0.25, 0.5), [0x88, 0x20, 0x40]);
  });

  it.each([
    ["gray PNG", "gray", "png"],
    ["16-bit PNG", "rgb48be", "png"],
    ["16-bit gray PNG with alpha", "ya16be", "png"],
    ["palette PNG", "pal8", "png"],
    ["gray JPEG", "gray", "mjpeg"],
    ["animated GIF", "rgb8", "gif"],
    ["WebP", "yuv420p", "libwebp"],
  ])("reads a %s, of an animation the first frame", async (_, pixels, codec) => {
    const image = fresh("made");
    const source = "color=c=0xb0b0b0:s=200x120:d=0.2:r=10,drawbox=x=0:y=0:w=100:h=120:color=0x404040:t=fill";
    const frames = codec === "gif" ? [] : ["-frames:v", "1"];
    const container = codec === "gif" ? "gif" : codec === "libwebp" ? "webp" : "image2pipe";
    await runFfmpeg(
      ["-f", "lavfi", "-i", source, ...frames, "-pix_fmt", pixels, "-c:v", codec, "-f", container, image],
      { signal },
    );
    const picture = await prepared(await readFile(image));
    near(colourAt(picture, 0.2, 0.5), [0x40, 0x40, 0x40], 28);
    near(colourAt(picture, 0.8, 0.5), [0xb0, 0xb0, 0xb0], 28);
  });

  it("reads a CMYK JPEG as printers' programs write it", async () => {
    // Inverted, as Adobe's are: 255 is no ink. Half of the yellow, all of the magenta.
    near(colourAt(await prepared(cmykJpeg([255, 0, 128, 255])), 0.5, 0.5), [255, 0, 128], 12);
    near(colourAt(await prepared(cmykJpeg([200, 200, 200, 128])), 0.5, 0.5), [100, 100, 100], 12);
  });

  it("refuses what is no image", async () => {
    await expect(prepared(Buffer.from("#EXTM3U\nfile:///etc/passwd\n"))).rejects.toMatchObject({
      code: "media_refused",
    });
  });
});

describe("prepareColour", () => {
  it.each(["#1f6f8b", "#ffffff", "#000000", "#c8102e"])("%s is that colour, and not dead flat", async (colour) => {
    const picture = await planesOf(await prepareColour(colour, { frame, file: fresh("yuv"), signal }));
    const value = Number.parseInt(colour.slice(1), 16);
    near(colourAt(picture, 0.5, 0.5), [value >> 16, (value >> 8) & 255, value & 255], 14);
    const spread = Math.max(...picture.luma) - Math.min(...picture.luma);
    expect(spread).toBeGreaterThanOrEqual(6);
    expect(spread).toBeLessThan(60);
  });
});
