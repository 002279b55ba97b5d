import { type FileHandle, open } from "node:fs/promises";
import type { MediaFacts } from "../../src/contract/container-protocol.ts";
import { RenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { isSelfContained } from "./data-references.ts";
import { reader, readImageSize } from "./image-header.ts";
import { type MediaFormat, sniffedBytes, sniffMedia } from "./sniff.ts";
import { isWhole } from "./wholeness.ts";

export const imageSideMax = 12_000;
const imagePixelsMax = 50_000_000;
const videoSideMax = 4_096;
const mediaSecondsMax = 600;
/** No file that this service takes needs longer to be looked at. */
const probeLimitMs = 20_000;
/** One frame of the largest picture, twice over. */
const allocationMaxBytes = 450_000_000;

/**
 * Looks at a file somebody sent, without believing a word of it: what it is by its bytes, how large it says it is before
 * anything decodes it, and then a part of it decoded by the one demuxer its bytes name. Nothing it refers to is opened.
 * Throws RenderFault `media_refused`, with words for its owner, or the signal's reason.
 */
export async function probeMedia(file: string, signal: AbortSignal): Promise<MediaFacts> {
  const format = await inspect(file);
  const late = AbortSignal.timeout(probeLimitMs);
  try {
    return await decode(file, format, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw refused("This file takes too long to read.", error);
    if (error instanceof RenderFault && error.code === "encode_failed") {
      throw refused("This file is damaged: it cannot be decoded.", error);
    }
    throw error;
  }
}

/** How to open a probed file of this format: forced, and with no way to another file or to the network. */
export function inputArguments(file: string, format: MediaFormat): string[] {
  return [
    ...["-protocol_whitelist", "file,pipe", "-max_alloc", String(allocationMaxBytes), "-threads", "1"],
    ...(format.name === "mp4" ? ["-enable_drefs", "0"] : []),
    ...["-max_pixels", String(imagePixelsMax), "-f", format.demuxer, "-i", file],
  ];
}

const cutOff = "This file is cut off: a part of it is missing. Send it again.";

function refused(words: string, cause?: unknown): RenderFault {
  return new RenderFault("media_refused", words, { isRetryable: false, cause });
}

async function inspect(file: string): Promise<MediaFormat> {
  const handle = await open(file, "r");
  try {
    return await inspectHandle(handle);
  } finally {
    await handle.close();
  }
}

async function inspectHandle(handle: FileHandle): Promise<MediaFormat> {
  const { size } = await handle.stat();
  if (size === 0) throw refused("This file is empty.");
  const read = reader(handle);
  const format = sniffMedia(await read(0, sniffedBytes));
  if (format === undefined) {
    throw refused(
      "This is no file that can be used: send a JPEG, PNG, WebP or GIF; an MP3, WAV, M4A, OGG or FLAC; or an MP4 or WebM.",
    );
  }
  if (format.contentTypes.image !== undefined) {
    const said = await readImageSize(read, format.name);
    if (said === undefined || said.width < 1 || said.height < 1) throw refused("This image has no readable header.");
    refuseLargeImage(said);
  }
  if (!(await isWhole(read, format.name, size))) {
    throw refused(cutOff);
  }
  if (format.name === "mp4" && !(await isSelfContained(read, size))) {
    throw refused("This video keeps its pictures in another file. Export it with everything in one file.");
  }
  return format;
}

function refuseLargeImage({ width, height }: { width: number; height: number }): void {
  const size = `This image says it is ${width} × ${height} pixels`;
  if (Math.max(width, height) > imageSideMax) throw refused(`${size}; at most ${imageSideMax} a side can be used.`);
  if (width * height > imagePixelsMax) {
    throw refused(`${size}; at most ${imagePixelsMax / 1_000_000} million in all can be used.`);
  }
}

async function decode(file: string, format: MediaFormat, signal: AbortSignal): Promise<MediaFacts> {
  const { image, audio, video } = format.contentTypes;
  if (image !== undefined) {
    const { width, height } = await firstFrame(file, format, signal);
    refuseLargeImage({ width, height });
    return { kind: "image", contentType: image, width, height };
  }
  const shown = video === undefined ? undefined : await firstFrameIfAny(file, format, signal);
  if (shown !== undefined && video !== undefined) return videoFacts(file, format, shown, video, signal);
  if (audio === undefined) throw refused("There is neither sound nor a picture in this file.");
  return { kind: "audio", contentType: audio, durationSeconds: await soundSeconds(file, format, signal) };
}

type Frame = { width: number; height: number; stderr: string };

async function firstFrameIfAny(file: string, format: MediaFormat, signal: AbortSignal): Promise<Frame | undefined> {
  try {
    return await firstFrame(file, format, signal);
  } catch (error) {
    const isSoundOnly = error instanceof RenderFault && saidBy(error).includes("matches no streams");
    if (isSoundOnly) return undefined;
    throw error;
  }
}

function saidBy({ cause }: RenderFault): string {
  return cause instanceof Error ? cause.message : "";
}

/** Decodes one frame, turned as its metadata says, `atSeconds` into the file. */
async function firstFrame(file: string, format: MediaFormat, signal: AbortSignal, atSeconds = 0): Promise<Frame> {
  const seek = atSeconds > 0 ? ["-ss", atSeconds.toFixed(3)] : [];
  const { stderr } = await runFfmpeg(
    [
      // A cover inside a sound file is no video.
      ...[...seek, "-xerror", ...inputArguments(file, format), "-map", "0:V:0"],
      ...["-frames:v", "1", "-vf", "showinfo", "-f", "null", "-"],
    ],
    { signal },
  );
  const [, width, height] = / s:(\d+)x(\d+) /.exec(stderr) ?? [];
  if (width === undefined || height === undefined) throw refused("There is no picture in this file.");
  return { width: Number(width), height: Number(height), stderr };
}

async function videoFacts(
  file: string,
  format: MediaFormat,
  { width, height, stderr }: Frame,
  contentType: string,
  signal: AbortSignal,
): Promise<MediaFacts> {
  if (Math.max(width, height) > videoSideMax) {
    throw refused(`This video is ${width} × ${height} pixels; at most ${videoSideMax} a side can be used.`);
  }
  const durationSeconds = statedSeconds(stderr);
  if (durationSeconds === undefined) throw refused("This video does not say how long it is.");
  refuseLong(durationSeconds);
  // The end must be there too: an index may promise what was never sent.
  await firstFrame(file, format, signal, durationSeconds * 0.9).catch((error: unknown) => {
    throw error instanceof RenderFault ? refused(cutOff, error) : error;
  });
  return { kind: "video", contentType, width, height, durationSeconds };
}

function statedSeconds(stderr: string): number | undefined {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(stderr) ?? [];
  const total = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return total > 0 ? total : undefined;
}

function refuseLong(durationSeconds: number): void {
  if (durationSeconds <= mediaSecondsMax) return;
  throw refused(
    `This file lasts ${Math.ceil(durationSeconds / 60)} minutes; at most ${mediaSecondsMax / 60} can be used.`,
  );
}

const countedRate = 48_000;

/** How long a sound really is: all of it decoded and counted, since headers guess. */
async function soundSeconds(file: string, format: MediaFormat, signal: AbortSignal): Promise<number> {
  const { stderr } = await runFfmpeg(
    [
      ...[
        ...inputArguments(file, format),
        "-map",
        "0:a:0",
        "-t",
        String(mediaSecondsMax + 1),
        "-ar",
        String(countedRate),
      ],
      ...["-af", "aresample=48000,astats=measure_perchannel=none:measure_overall=Number_of_samples", "-f", "null", "-"],
    ],
    { signal },
  );
  const samples = Number(/Number of samples: (\d+)/.exec(stderr)?.[1] ?? 0);
  if (samples === 0) throw refused("There is no sound in this file.");
  refuseLong(samples / countedRate);
  return samples / countedRate;
}
