import type { OutputFormat } from "../../src/contract/video.ts";
import { type FrameSize, keyFrameSeconds } from "./plan.ts";

/** `draft` is encoded twice as fast, and into larger files. */
export type Encoding = { format: OutputFormat; quality: "draft" | "standard" };

/** Ticks a second of the video track: a multiple of every frame rate, so that each frame lasts a whole number of ticks. */
export function trackTimescale(fps: number): number {
  return fps * 512;
}

const colours = [...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]];

const h264Settings: Record<Encoding["quality"], string[]> = {
  draft: ["-preset", "ultrafast", "-crf", "28"],
  standard: ["-preset", "veryfast", "-crf", "21"],
};
/** Larger pictures are looked at from as far away: they may be coarser. */
const vp9Settings: Record<Encoding["quality"], string[]> = {
  draft: ["-cpu-used", "8", "-crf", "38"],
  standard: ["-cpu-used", "8", "-crf", "31"],
};

/**
 * How a segment is encoded. Every one with the same settings and one thread: they join without re-encoding, and the same
 * frames give the same bytes. A GIF is made of H.264 segments once they are joined.
 */
export function encoderArguments(fps: number, { format, quality }: Encoding): string[] {
  const codec =
    format === "webm"
      ? [
          ...["-c:v", "libvpx-vp9", "-deadline", "realtime", ...vp9Settings[quality], "-b:v", "0"],
          ...["-row-mt", "0", "-tile-columns", "0", "-lag-in-frames", "0"],
        ]
      : ["-c:v", "libx264", ...h264Settings[quality], "-flags", "+cgop"];
  return [
    ...[...codec, "-threads", "1", "-pix_fmt", "yuv420p", "-g", String(keyFrameSeconds * fps), ...colours],
    // VP9 too: in a WebM times are rounded to milliseconds, and that is to happen once, when all is joined.
    ...["-video_track_timescale", String(trackTimescale(fps)), "-f", "mp4"],
  ];
}

/** How raw frames are told to ffmpeg. */
export function rawFrameArguments({ width, height }: FrameSize, fps: number): string[] {
  return [
    ...["-f", "rawvideo", "-pixel_format", "yuv420p", "-video_size", `${width}x${height}`],
    ...["-framerate", String(fps)],
  ];
}
