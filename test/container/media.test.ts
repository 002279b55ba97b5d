import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RenderFault } from "../../container/failure.ts";
import { probeMedia } from "../../container/media/probe-media.ts";
import { thumbnailOf } from "../../container/media/thumbnail.ts";
import {
  gifOf,
  makeMedia,
  mp4OfReferences,
  pngOf,
  withEmptyChunks,
  withOutsideData,
} from "../support/hostile-media.ts";

const { signal } = new AbortController();
const picture = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2"];
const tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=3"];
const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

let directory: string;
let server: Server;
let visits = 0;
let port: number;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "shujaa-media-"));
  server = createServer((_, response) => {
    visits += 1;
    response.end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true, force: true });
});

const at = (name: string) => path.join(directory, name);

async function probed(name: string, bytes: Buffer) {
  await writeFile(at(name), bytes);
  return probeMedia(at(name), signal);
}

/** The words of the refusal. */
async function refusal(name: string, bytes: Buffer): Promise<string> {
  const error: unknown = await probed(name, bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RenderFault);
  expect(error).toMatchObject({ code: "media_refused", isRetryable: false });
  return error instanceof RenderFault ? error.detail : "";
}

describe("media that can be used", () => {
  const still = ["-frames:v", "1"];
  it.each([
    ["jpg", [...picture, ...still], "image/jpeg"],
    ["png", [...picture, ...still], "image/png"],
    ["webp", [...picture, ...still], "image/webp"],
    ["gif", picture, "image/gif"],
  ])("an image: %s", async (extension, args, contentType) => {
    const facts = await probed(`image.${extension}`, makeMedia(args, at(`made.${extension}`)));
    expect(facts).toEqual({ kind: "image", contentType, width: 320, height: 180 });
  });

  it.each([
    ["mp3", [], "audio/mpeg"],
    ["wav", [], "audio/wav"],
    ["m4a", [], "audio/mp4"],
    ["aac", [], "audio/aac"],
    ["ogg", ["-c:a", "libvorbis"], "audio/ogg"],
    ["opus", ["-c:a", "libopus"], "audio/ogg"],
    ["flac", [], "audio/flac"],
    ["webm", ["-c:a", "libopus"], "audio/webm"],
  ])("sound: %s", async (extension, args, contentType) => {
    const facts = await probed(`sound.${extension}`, makeMedia([...tone, ...args], at(`made-sound.${extension}`)));
    expect(facts).toMatchObject({ kind: "audio", contentType });
    expect(facts.durationSeconds).toBeGreaterThan(2.9);
    expect(facts.durationSeconds).toBeLessThan(3.15);
  });

  it.each([
    ["mp4", h264, "video/mp4"],
    ["mov", h264, "video/mp4"],
    ["webm", ["-c:v", "libvpx", "-deadline", "realtime"], "video/webm"],
  ])("a video: %s", async (extension, args, contentType) => {
    const bytes = makeMedia([...picture, ...tone, "-shortest", ...args], at(`made-video.${extension}`));
    const facts = await probed(`video.${extension}`, bytes);
    expect(facts).toMatchObject({ kind: "video", contentType, width: 320, height: 180 });
    expect(facts.durationSeconds).toBeCloseTo(2, 0);
  });

  it("is what its bytes are, whatever it is called", async () => {
    const bytes = makeMedia([...picture, ...still], at("made.png"));
    expect(await probed("called.mp4", bytes)).toMatchObject({ kind: "image", contentType: "image/png" });
  });

  it("counts a turned video's sides as they are seen", async () => {
    makeMedia([...picture, ...h264], at("flat.mp4"));
    const turned = makeMedia(["-display_rotation", "90", "-i", at("flat.mp4"), "-c", "copy"], at("turned.mp4"));
    expect(await probed("turned-copy.mp4", turned)).toMatchObject({ width: 180, height: 320 });
  });

  it("looks only at the first of a thousand frames", async () => {
    expect(await probed("many.gif", gifOf(4, 4, 1_000))).toMatchObject({ kind: "image", width: 4, height: 4 });
  });

  it("may be in tens of thousands of pieces", async () => {
    const bytes = withEmptyChunks(pngOf(4, 4, 4 * 17), 40_000);
    expect(await probed("pieces.png", bytes)).toMatchObject({ kind: "image", width: 4, height: 4 });
  });

  it("has a small thumbnail, sound has none", async () => {
    const bytes = makeMedia([...picture, ...h264], at("thumbnailed.mp4"));
    const facts = await probed("thumbnailed-copy.mp4", bytes);
    const thumbnail = await thumbnailOf(at("thumbnailed-copy.mp4"), facts, { directory, signal });
    const small = await probed("thumbnail.jpg", Buffer.from(thumbnail ?? "", "base64"));
    expect(small).toEqual({ kind: "image", contentType: "image/jpeg", width: 320, height: 180 });
    const sound = await probed("plain.wav", makeMedia(tone, at("made-plain.wav")));
    expect(await thumbnailOf(at("plain.wav"), sound, { directory, signal })).toBeUndefined();
    expect((await readdir(directory)).filter((name) => name.startsWith("thumbnail-"))).toEqual([]);
  });
});

describe("a thumbnail that takes too long", () => {
  it("is gone without: the file is as good, and nothing is left behind", async () => {
    const facts = await probed("slow.mp4", makeMedia([...picture, ...h264], at("made-slow.mp4")));
    expect(await thumbnailOf(at("slow.mp4"), facts, { directory, signal, limitMs: 1 })).toBeUndefined();
    expect((await readdir(directory)).filter((name) => name.startsWith("thumbnail-"))).toEqual([]);
  });

  it("of somebody who has left is theirs to hear of", async () => {
    const facts = await probed("left.mp4", makeMedia([...picture, ...h264], at("made-left.mp4")));
    const left = AbortSignal.abort(new Error("left"));
    await expect(thumbnailOf(at("left.mp4"), facts, { directory, signal: left, limitMs: 1 })).rejects.toThrow("left");
  });
});

describe("hostile media", () => {
  const canary = "THE-CANARY-OF-THIS-TEST";
  const outside = () => `http://127.0.0.1:${port}/stolen`;

  it.each([
    ["nothing", () => Buffer.alloc(0), /empty/],
    ["one byte", () => Buffer.from([0xff]), /no file that can be used/],
    ["noise", () => Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 73 + 11) % 251)), /no file that/],
    ["a page", () => Buffer.from("<!doctype html><script>alert(1)</script>"), /no file that can be used/],
    ["a PDF", () => Buffer.from("%PDF-1.7\n1 0 obj"), /no file that can be used/],
    ["an archive", () => Buffer.from("PK\x03\x04rest of it", "latin1"), /no file that can be used/],
    [
      "an SVG with outside references",
      () =>
        Buffer.from(
          `<svg xmlns="http://www.w3.org/2000/svg"><image href="${outside()}"/><image href="file:///etc/passwd"/></svg>`,
        ),
      /no file that can be used/,
    ],
    ["a playlist", () => Buffer.from(`#EXTM3U\n#EXTINF:5,\n${outside()}\n#EXTINF:5,\nfile:///etc/passwd\n`), /no file/],
    ["a concat list", () => Buffer.from("ffconcat version 1.0\nfile /etc/passwd\n"), /no file that can be used/],
    [
      "a session description",
      () => Buffer.from(`v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video ${port} RTP/AVP 96`),
      /no file/,
    ],
    ["subtitles", () => Buffer.from("1\n00:00:00,000 --> 00:00:01,000\nHello"), /no file that can be used/],
    ["a HEIF", () => Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), /no file that can be used/],
    ["a PNG of 60000 × 60000", () => pngOf(60_000, 60_000, 1_000), /60000 × 60000 pixels; at most 12000 a side/],
    ["a PNG of 12000 × 12000", () => pngOf(12_000, 12_000, 1_000), /at most 50 million/],
    ["a PNG without pixels", () => pngOf(7_000, 7_000, 10), /damaged/],
    ["a PNG bomb", () => pngOf(30_000, 30_000, 60_000_000), /at most 12000 a side/],
    ["a GIF of 65535 × 65535", () => gifOf(65_535, 65_535, 2), /at most 12000 a side/],
    [
      "an ID3 tag of 256 MB and nothing",
      () => Buffer.from("ID3\x04\0\0\x7f\x7f\x7f\x7f", "latin1"),
      /damaged|no sound/,
    ],
    [
      "a JPEG of markers",
      () => Buffer.from("\xff\xd8\xff\xe0\0\x04ab".padEnd(4_000, "\xff\xe0\0\x04ab"), "latin1"),
      /header/,
    ],
    ["a PNG of empty chunks", () => withEmptyChunks(pngOf(4, 4, 80), 60_000), /more pieces than can be looked through/],
    [
      "an MP4 of empty boxes",
      () => Buffer.from(`\0\0\0\x10ftypisom\0\0\0\0${"\0\0\0\x08free".repeat(60_000)}`),
      /pieces/,
    ],
    // Followed to their ends, these are two hundred million references.
    ["an MP4 of references through each other", () => mp4OfReferences(20_000), /in another file/],
  ])("%s", async (name, make, words) => {
    visits = 0;
    expect(await refusal(`${name.replace(/\W/g, "-")}.png`, make())).toMatch(words);
    expect(visits).toBe(0);
  });

  it.each([
    ["jpg", [...picture, "-frames:v", "1"]],
    ["png", [...picture, "-frames:v", "1"]],
    ["webp", [...picture, "-frames:v", "1"]],
    ["wav", tone],
    ["ogg", [...tone, "-c:a", "libvorbis"]],
    ["m4a", tone],
    ["mp4", [...picture, ...h264]],
    ["mp4", [...picture, ...h264, "-movflags", "+faststart"]],
    ["webm", [...picture, "-c:v", "libvpx", "-deadline", "realtime"]],
  ])("half of a %s", async (extension, args) => {
    const bytes = makeMedia(args, at(`whole.${extension}`));
    expect(await refusal(`half.${extension}`, bytes.subarray(0, bytes.length / 2))).toMatch(/cut off|damaged/);
  });

  it("an MP4 whose samples are in another file, or elsewhere", async () => {
    const bytes = makeMedia([...picture, ...h264], at("inside.mp4"));
    await writeFile(at("canary.raw"), canary.repeat(1_000));
    for (const url of [`file://${at("canary.raw")}`, at("canary.raw"), outside()]) {
      visits = 0;
      expect(await refusal("outside.mp4", withOutsideData(bytes, url))).toMatch(/in another file/);
      expect(visits).toBe(0);
    }
  });

  it("a playlist hidden behind a PNG's first bytes", async () => {
    const playlist = Buffer.from(`\n#EXTM3U\n${outside()}\nfile://${at("canary.raw")}\n`);
    const png = pngOf(16, 16, 16 * 16 * 4 + 16);
    visits = 0;
    expect(await refusal("polyglot.png", Buffer.concat([png.subarray(0, 33), playlist]))).toMatch(/cut off/);
    expect(visits).toBe(0);
  });

  it("is given up when the caller goes", async () => {
    const leaving = AbortSignal.abort(new Error("cancelled"));
    await writeFile(at("left.wav"), makeMedia(tone, at("made-left.wav")));
    await expect(probeMedia(at("left.wav"), leaving)).rejects.toThrow("cancelled");
  });

  it("that lasts too long is told so", async () => {
    const long = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "700"];
    expect(await refusal("long.mp3", makeMedia([...long, "-b:a", "8k"], at("made-long.mp3")))).toMatch(/at most 10/);
  });

  it("never gets as far as a file it names", async () => {
    // A FIFO blocks whoever opens it: had anything been opened, a test above or this one would hang.
    execFileSync("mkfifo", [at("trap")]);
    const list = Buffer.from(`ffconcat version 1.0\nfile ${at("trap")}\n`);
    await refusal("trap.ffconcat", list);
    expect((await readFile(at("trap.ffconcat"))).equals(list)).toBe(true);
  });
});
