import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RenderFault } from "../../container/failure.ts";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { Overlay } from "../../container/overlay/overlay.ts";
import type { PreparedPicture } from "../../container/picture/prepared-picture.ts";
import type { TimedScene } from "../../container/scenes.ts";
import { type Encoding, encodeSegments, type SegmentsJob } from "../../container/video/encode-segments.ts";
import { joinedShape, joinFilm } from "../../container/video/join.ts";
import { planSegments, type Segment } from "../../container/video/plan.ts";
import type { Motion, Transition } from "../../src/contract/video.ts";
import { frameTimes } from "../support/ffprobe.ts";
import { decodeFrames, meanLuma, neverAborted, passingDirectory, psnr, stillPicture } from "../support/film-frames.ts";

const frame = { width: 320, height: 180 };
const fps = 24;
const whole: [number, number, number, number] = [0, 0, 320, 180];
const mp4: Encoding = { format: "mp4", quality: "standard" };

let scratch: Awaited<ReturnType<typeof passingDirectory>>;
let dark: PreparedPicture;
let light: PreparedPicture;
let clip: Extract<PreparedPicture, { kind: "clip" }>;
const fileOf = (name: string) => path.join(scratch.directory, name);

beforeAll(async () => {
  scratch = await passingDirectory();
  const waves = (x: number, y: number) => Math.round(20 * Math.sin(x / 9) * Math.cos(y / 7));
  dark = await stillPicture(fileOf("dark.yuv"), frame, (x, y) => 70 + waves(x, y), [90, 150]);
  light = await stillPicture(fileOf("light.yuv"), frame, (x, y) => 180 + waves(y, x), [150, 100]);
  clip = { kind: "clip", file: fileOf("clip.mp4"), demuxer: "mov", durationSeconds: 2 };
  // Every frame is as bright as its number says.
  const counting = "color=black:s=256x256:r=24:d=2,format=yuv420p,geq=lum='20+4*N':cb=128:cr=128";
  await runFfmpeg(["-f", "lavfi", "-i", counting, "-c:v", "libx264", "-qp", "4", clip.file], { signal: neverAborted });
});
afterAll(() => scratch.remove());

function scenesOf(...frameCounts: number[]): TimedScene[] {
  return frameCounts.map((frameCount, index) => ({
    ...{ title: "", narration: "", frameCount, speechStartSeconds: 0, words: [] },
    startFrame: frameCounts.slice(0, index).reduce((sum, count) => sum + count, 0),
  }));
}

function planOf(frameCounts: number[], motions: Motion[], transitions: (Transition | undefined)[] = []): Segment[] {
  return planSegments(scenesOf(...frameCounts), { motions, transitions }, fps);
}

let films = 0;
/** Encodes and joins; answers the segments' files and the film's. */
async function film(plan: Segment[], job: Partial<SegmentsJob> & Pick<SegmentsJob, "pictures">) {
  films += 1;
  const name = `film-${films}`;
  const encoding = job.encoding ?? mp4;
  const segments = plan.map((segment, index) => ({ segment, file: fileOf(`${name}-${index}.mp4`) }));
  await encodeSegments({ overlays: [], frame, fps, encoding, signal: neverAborted, ...job, segments });
  const outputFile = fileOf(`${name}.${encoding.format}`);
  await joinFilm({
    segments: segments.map(({ file, segment }) => ({ file, frameCount: segment.frameCount })),
    ...{ soundFile: undefined, outputFile, fps, format: encoding.format },
    ...{ directory: scratch.directory, signal: neverAborted },
  });
  return { outputFile, files: segments.map(({ file }) => file) };
}

const sha256 = async (file: string) =>
  createHash("sha256")
    .update(await readFile(file))
    .digest("hex");

const box: Overlay = {
  ...{ startFrame: 10, endFrame: 40, fadeInFrames: 4, fadeOutFrames: 0, x: 40, y: 100, width: 122, height: 40 },
  art: [{ kind: "box", x: 0, y: 0, width: 120, height: 40, radiusPx: 0, fill: "#ffffff" }],
};

describe("a film", () => {
  test("has every frame once, at an even pace, none black, and none like the one before it", async () => {
    const plan = planOf([60, 60, 61], ["zoom_in", "pan_right", "zoom_out"], [undefined, "fade", "cut"]);
    // Grain, so that an encoder has no reason to leave a frame as it was.
    const grain = await stillPicture(
      fileOf("grain.yuv"),
      frame,
      (x, y) => 90 + ((x * 7_919 + y * 104_729 + x * y) % 97),
    );
    const { outputFile } = await film(plan, { pictures: [grain, light, grain] });
    const frames = await decodeFrames(outputFile, frame);
    expect(frames.length).toBe(181);
    (await frameTimes(outputFile)).forEach((seconds, index) => {
      expect(Math.abs(seconds - index / fps)).toBeLessThan(0.0005);
    });
    frames.forEach((pixels, index) => {
      expect(meanLuma(pixels, frame, whole)).toBeGreaterThan(60);
      const isOfLight = index >= 60 && index < 120;
      if (index > 0 && !isOfLight) expect(pixels.equals(frames[index - 1] ?? pixels)).toBe(false);
    });
  });

  test("is the same bytes again, wherever in the video its scene lies", async () => {
    const pictures = [dark, light];
    const one = await film(planOf([60, 60], ["zoom_in", "pan_up"]), { pictures, overlays: [box], lanes: 1 });
    const again = await film(planOf([60, 60], ["zoom_in", "pan_up"]), { pictures, overlays: [box], lanes: 3 });
    const hashes = await Promise.all(one.files.map(sha256));
    expect(await Promise.all(again.files.map(sha256))).toEqual(hashes);
    const later = { ...box, startFrame: box.startFrame + 500, endFrame: box.endFrame + 500 };
    const moved = planOf([60, 60], ["zoom_in", "pan_up"]).map((segment) => ({
      ...segment,
      startFrame: segment.startFrame + 500,
    }));
    const elsewhere = await film(moved, { pictures, overlays: [later] });
    expect(await Promise.all(elsewhere.files.map(sha256))).toEqual(hashes);
  });

  test.each([
    { format: "webm", codec: "vp9" },
    { format: "gif", codec: "gif" },
  ] as const)("can be a $format", async ({ format, codec }) => {
    const plan = planOf([60, 60], ["zoom_in", "still"]);
    const { outputFile } = await film(plan, { pictures: [dark, light], encoding: { format, quality: "standard" } });
    const { stderr } = await runFfmpeg(["-i", outputFile, "-f", "null", "-"], { signal: neverAborted });
    expect(stderr).toContain(`Video: ${codec}`);
    const times = await frameTimes(outputFile);
    expect(times.length).toBe(format === "gif" ? Math.round((120 / fps) * 12.5) : 120);
    const rate = format === "gif" ? 12.5 : fps;
    times.forEach((seconds, index) => {
      expect(Math.abs(seconds - index / rate)).toBeLessThan(0.0011);
    });
    const size = format === "gif" ? { width: 640, height: 360 } : frame;
    expect(stderr).toContain(` ${size.width}x${size.height}`);
    expect(joinedShape({ ...frame, fps }, format)).toEqual({ ...size, fps: rate });
    const frames = await decodeFrames(outputFile, size);
    expect(meanLuma(frames[5], size, [0, 0, size.width, size.height])).toBeLessThan(110);
    expect(meanLuma(frames.at(-5), size, [0, 0, size.width, size.height])).toBeGreaterThan(140);
  });
});

describe("from one scene to the next", () => {
  const passage = async (transition: Transition) => {
    const plan = planOf([60, 60], ["still", "still"], [undefined, transition]);
    const { outputFile } = await film(plan, { pictures: [dark, light] });
    return decodeFrames(outputFile, frame);
  };
  const left: [number, number, number, number] = [0, 0, 40, 180];
  const right: [number, number, number, number] = [280, 0, 320, 180];

  test("a fade brightens evenly", async () => {
    const means = (await passage("fade")).slice(52, 68).map((pixels) => meanLuma(pixels, frame, whole));
    means.slice(1).forEach((mean, index) => {
      expect(mean).toBeGreaterThanOrEqual((means[index] ?? 0) - 0.5);
      expect(mean - (means[index] ?? 0)).toBeLessThan(14);
    });
    expect(meanLuma((await passage("fade"))[60], frame, whole)).toBeGreaterThan(115);
  });

  test("a dip goes through black", async () => {
    const frames = await passage("dip");
    expect(Math.min(...frames.slice(58, 62).map((pixels) => meanLuma(pixels, frame, whole)))).toBeLessThan(35);
    expect(meanLuma(frames[50], frame, whole)).toBeGreaterThan(60);
    expect(meanLuma(frames[70], frame, whole)).toBeGreaterThan(170);
  });

  test("a slide comes from the right, a wipe from the left", async () => {
    const slid = (await passage("slide"))[58];
    expect(meanLuma(slid, frame, left)).toBeLessThan(100);
    expect(meanLuma(slid, frame, right)).toBeGreaterThan(150);
    const wiped = (await passage("wipe"))[59];
    expect(meanLuma(wiped, frame, left)).toBeGreaterThan(150);
    expect(meanLuma(wiped, frame, right)).toBeLessThan(100);
  });

  test("a cut is one frame after the other", async () => {
    const means = (await passage("cut")).map((pixels) => meanLuma(pixels, frame, whole));
    expect(means[59]).toBeLessThan(90);
    expect(means[60]).toBeGreaterThan(160);
  });
});

describe("what lies over the pictures", () => {
  const inside: [number, number, number, number] = [44, 104, 150, 136];
  const beside: [number, number, number, number] = [170, 104, 300, 136];

  test.each(["compositor", "ffmpeg"] as const)(
    "is there from its first to its last frame, by the %s",
    async (engine) => {
      const plan = planOf([96], ["still"]);
      const { outputFile } = await film(plan, { pictures: [dark], overlays: [box], engine });
      const means = (await decodeFrames(outputFile, frame)).map((pixels) => meanLuma(pixels, frame, inside));
      expect(means[9]).toBeLessThan(90);
      // A fifth of the way from 70 to 235, then all of it.
      expect(means[10]).toBeGreaterThan(95);
      expect(means[10]).toBeLessThan(115);
      for (const at of [14, 25, 39]) expect(means[at]).toBeGreaterThan(230);
      expect(means[40]).toBeLessThan(95);
      const [bare] = await decodeFrames((await film(plan, { pictures: [dark] })).outputFile, frame);
      const [, , covered] = await decodeFrames(outputFile, frame);
      expect(meanLuma(covered, frame, beside)).toBeCloseTo(meanLuma(bare, frame, beside), 0);
    },
  );
});

describe("a clip", () => {
  const brightness = (frames: Buffer[]) => frames.map((pixels) => (meanLuma(pixels, frame, whole) - 20) / 4);

  test.each(["compositor", "ffmpeg"] as const)("shows each of its frames in turn, by the %s", async (engine) => {
    const { outputFile } = await film(planOf([40], ["zoom_in"]), { pictures: [clip], engine });
    brightness(await decodeFrames(outputFile, frame)).forEach((number, index) => {
      expect(number).toBeCloseTo(index, 0);
    });
  });

  test("goes on in the next segment where it was, and begins again when it is over", async () => {
    const pieces = planOf([240], ["still"]);
    expect(pieces.length).toBeGreaterThan(1);
    const { outputFile } = await film(pieces, { pictures: [clip] });
    const numbers = brightness(await decodeFrames(outputFile, frame));
    expect(numbers.length).toBe(240);
    numbers.forEach((number, index) => {
      expect(Math.abs(number - (index % 48))).toBeLessThan(0.6);
    });
  });

  test("that cannot be played is refused, with the scene's number", async () => {
    const broken = { ...clip, file: fileOf("broken.mp4") };
    await writeFile(broken.file, (await readFile(clip.file)).subarray(0, 700));
    const failed = await film(planOf([60, 60], ["still", "still"]), { pictures: [dark, broken] }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(RenderFault);
    expect(failed).toMatchObject({ code: "media_refused", scene: 1, isRetryable: false });
  });
});

describe("the two ways of making frames", () => {
  test("show the same picture", async () => {
    const plan = planOf([48], ["still"]);
    const frames: Buffer[][] = [];
    for (const engine of ["compositor", "ffmpeg"] as const) {
      const { outputFile } = await film(plan, { pictures: [dark], overlays: [box], engine });
      frames.push(await decodeFrames(outputFile, frame));
    }
    const [ours = [], filters = []] = frames;
    expect([ours.length, filters.length]).toEqual([48, 48]);
    const decibels = psnr(ours, filters);
    console.log(`compositor against filters: ${decibels.toFixed(1)} dB`);
    expect(decibels).toBeGreaterThan(38);
  });

  test("end as many frames with every transition", async () => {
    const plan = planOf(
      [60, 60, 60, 60],
      ["zoom_in", "pan_down", "still", "pan_left"],
      ["fade", "dip", "slide", "wipe"],
    );
    const { outputFile } = await film(plan, { pictures: [dark, light, clip, dark], engine: "ffmpeg" });
    expect((await decodeFrames(outputFile, frame)).length).toBe(240);
  });
});

test("an abort ends everything at once, with its reason", async () => {
  const ending = new AbortController();
  const reason = new Error("cancelled");
  const plan = planOf([1_200, 1_200], ["zoom_in", "zoom_out"]);
  const running = film(plan, {
    pictures: [dark, light],
    signal: ending.signal,
    onFrames: (frames) => {
      if (frames > 0) ending.abort(reason);
    },
  });
  await expect(running).rejects.toBe(reason);
});

test("frames are counted as they are made, and each segment is told when it is whole", async () => {
  const plan = planOf([60, 60], ["zoom_in", "zoom_out"]);
  const counted: number[] = [];
  const told: number[] = [];
  await film(plan, {
    pictures: [dark, light],
    onFrames: (frames) => counted.push(frames),
    onSegment: (index) => told.push(index),
  });
  expect(counted).toEqual(counted.toSorted((one, other) => one - other));
  expect(counted.at(-1)).toBe(120);
  expect(told.toSorted()).toEqual([0, 1, 2]);
});
