import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { runFfmpeg } from "../ffmpeg/run.ts";
import type { Overlay } from "../overlay/overlay.ts";
import type { PreparedPicture } from "../picture/prepared-picture.ts";
import { clipInput } from "./clip.ts";
import { rawFrameArguments } from "./encoding.ts";
import { overlayPixels } from "./overlay-picture.ts";
import { scoreSample, shrinkToSample } from "./picture-score.ts";
import type { FrameSize } from "./plan.ts";

/** Any: there is one frame. */
const onePerSecond = 1;

/** A still as it is; of a clip the frame in its middle. */
function inputOf(picture: PreparedPicture): string[] {
  if (picture.kind === "still") return [...rawFrameArguments(picture, onePerSecond), "-i", picture.file];
  return ["-ss", (picture.durationSeconds / 2).toFixed(3), ...clipInput(picture)];
}

/** Not a PNG: packing it and unpacking it again would cost more than the poster. */
function overlayInput({ width, height }: FrameSize, file: string): string[] {
  return ["-f", "rawvideo", "-pixel_format", "rgba", "-video_size", `${width}x${height}`, "-i", file];
}

function cover({ width, height }: FrameSize): string {
  return (
    `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd:` +
    `out_color_matrix=bt709:out_range=tv,crop=${width}:${height},format=yuv420p,setsar=1`
  );
}

/** Pixels of a sample's long side: enough to see edges, and noise is gone. */
const sampleSide = 256;

/** From 0 to 1: how good a poster a picture makes. Throws as runFfmpeg does. */
export async function scorePicture(
  picture: PreparedPicture,
  { frame, signal, silenceLimitMs }: { frame: FrameSize; signal: AbortSignal; silenceLimitMs?: number | undefined },
): Promise<number> {
  const share = sampleSide / Math.max(frame.width, frame.height);
  const even = (pixels: number) => 2 * Math.round((pixels * share) / 2);
  const size = { width: even(frame.width), height: even(frame.height) };
  if (picture.kind === "still") {
    // A picture prepared for the camera has the frame's own shape: nothing of it is outside.
    const planes = await readFile(picture.file, { signal });
    return scoreSample(shrinkToSample({ width: picture.width, height: picture.height, planes }, size));
  }
  const file = `${picture.file}.${randomUUID()}.sample`;
  try {
    const sample = [...inputOf(picture), "-vf", cover(size), "-frames:v", "1", "-f", "rawvideo", file];
    await runFfmpeg(sample, { signal, silenceLimitMs });
    return scoreSample({ ...size, planes: await readFile(file) });
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Writes a JPEG of the frame's size to `file`: all of the picture, with `overlays` fully there, whatever their times.
 * Throws as runFfmpeg does.
 */
export async function writePoster(poster: {
  picture: PreparedPicture;
  overlays: Overlay[];
  frame: FrameSize;
  file: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
}): Promise<void> {
  const { picture, overlays, frame, file, signal, silenceLimitMs } = poster;
  const over = `${file}.overlays.rgba`;
  const hasOverlays = overlays.length > 0;
  // A JPEG is BT.601 in full range, whatever is in it.
  const jpeg = "scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc,format=yuvj420p";
  const laid = hasOverlays ? "[ground][1:v]overlay=format=yuv420," : "[ground]";
  try {
    const strengths = overlays.map(() => 1);
    if (hasOverlays) await writeFile(over, overlayPixels(overlays, strengths, frame));
    await runFfmpeg(
      [
        ...[...inputOf(picture), ...(hasOverlays ? overlayInput(frame, over) : [])],
        ...["-filter_complex", `[0:v]${cover(frame)}[ground];${laid}${jpeg}[poster]`, "-map", "[poster]"],
        ...["-frames:v", "1", "-q:v", "2", "-map_metadata", "-1", "-fflags", "+bitexact", "-f", "mjpeg", file],
      ],
      { signal, silenceLimitMs },
    );
  } finally {
    await rm(over, { force: true });
  }
}
