import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runFfmpeg } from "../../container/ffmpeg/run.ts";
import type { Overlay } from "../../container/overlay/overlay.ts";
import type { PreparedPicture } from "../../container/picture/prepared-picture.ts";
import { scorePicture, writePoster } from "../../container/video/poster.ts";
import { decodeFrames, meanLuma, neverAborted, passingDirectory, stillPicture } from "../support/film-frames.ts";

const frame = { width: 320, height: 180 };
let scratch: Awaited<ReturnType<typeof passingDirectory>>;
let striped: PreparedPicture;
let black: PreparedPicture;
let clip: PreparedPicture;

beforeAll(async () => {
  scratch = await passingDirectory();
  const file = (name: string) => path.join(scratch.directory, name);
  striped = await stillPicture(file("striped.yuv"), frame, (x) => (x % 40 < 20 ? 60 : 160), [100, 150]);
  black = await stillPicture(file("black.yuv"), frame, () => 17);
  const film = file("clip.mp4");
  // Black at both ends, bright in the middle.
  const lit =
    "color=black:s=640x480:r=25:d=4,format=yuv420p,geq=lum='if(between(N,30,70),150+60*sin(X/9),16)':cb=90:cr=160";
  await runFfmpeg(["-f", "lavfi", "-i", lit, "-c:v", "libx264", film], { signal: neverAborted });
  clip = { kind: "clip", file: film, demuxer: "mov", durationSeconds: 4 };
});
afterAll(() => scratch.remove());

const title: Overlay = {
  ...{ startFrame: 900, endFrame: 901, fadeInFrames: 20, fadeOutFrames: 20, x: 40, y: 40, width: 200, height: 60 },
  art: [{ kind: "box", x: 0, y: 0, width: 200, height: 60, radiusPx: 0, fill: "#ffffff" }],
};

async function posterOf(picture: PreparedPicture, overlays: Overlay[], name: string) {
  const file = path.join(scratch.directory, name);
  await writePoster({ picture, overlays, frame, file, signal: neverAborted });
  const [pixels] = await decodeFrames(file, frame);
  return { pixels, bytes: await readFile(file) };
}

test("a poster is a JPEG of the frame's size that shows the picture and its overlays, whatever their times", async () => {
  const { pixels, bytes } = await posterOf(striped, [title], "one.jpg");
  expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  expect(pixels?.length).toBe((320 * 180 * 3) / 2);
  expect(meanLuma(pixels, frame, [50, 50, 230, 90])).toBeGreaterThan(230);
  expect(Math.abs(meanLuma(pixels, frame, [0, 110, 320, 170]) - 110)).toBeLessThan(4);
  expect((await posterOf(striped, [title], "again.jpg")).bytes.equals(bytes)).toBe(true);
});

test("a clip's is the frame in its middle", async () => {
  const { pixels } = await posterOf(clip, [], "clip.jpg");
  expect(meanLuma(pixels, frame, [0, 0, 320, 180])).toBeGreaterThan(110);
});

test("what can be seen scores better than a black picture", async () => {
  const [seen, dark, moving] = await Promise.all(
    [striped, black, clip].map((picture) => scorePicture(picture, { frame, signal: neverAborted })),
  );
  expect(dark).toBeLessThan(0.05);
  expect(seen).toBeGreaterThan(0.4);
  expect(moving).toBeGreaterThan(0.4);
});

test("a poster's encoder that stands still is ended within the limit of a step", async () => {
  const file = path.join(scratch.directory, "silent.mp4");
  // Nobody ever writes into it: whoever reads it waits.
  await promisify(execFile)("mkfifo", [file]);
  const picture: PreparedPicture = { kind: "clip", file, demuxer: "mov", durationSeconds: 2 };
  const limits = { signal: neverAborted, silenceLimitMs: 300 };
  await expect(scorePicture(picture, { frame, ...limits })).rejects.toMatchObject({ code: "render_timeout" });
  const poster = path.join(scratch.directory, "never.jpg");
  await expect(writePoster({ picture, overlays: [], frame, file: poster, ...limits })).rejects.toMatchObject({
    code: "render_timeout",
  });
});
