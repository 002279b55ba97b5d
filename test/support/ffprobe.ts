import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { findFfmpeg } from "../../container/ffmpeg/binary.ts";

const run = promisify(execFile);

function findFfprobe(): string {
  try {
    const packageFile = createRequire(import.meta.url).resolve("@ffprobe-installer/linux-x64/package.json");
    const file = path.join(path.dirname(packageFile), "ffprobe");
    if (existsSync(file)) return file;
  } catch {
    // Not installed: the one on PATH, if any.
  }
  return "ffprobe";
}

export type ProbedStream = {
  codec_type: string;
  codec_name: string;
  pix_fmt?: string;
  color_space?: string;
  width?: number;
  height?: number;
  avg_frame_rate: string;
  nb_read_frames: string;
  start_time: string;
  duration: string;
};

/** The streams of a media file, with every frame decoded and counted. */
export async function probe(file: string): Promise<{ video: ProbedStream; audio: ProbedStream; streams: number }> {
  const args = ["-v", "error", "-count_frames", "-show_streams", "-of", "json", file];
  const { stdout } = await run(findFfprobe(), args, { maxBuffer: 1 << 26 });
  const { streams } = JSON.parse(stdout) as { streams: ProbedStream[] };
  const video = streams.find((stream) => stream.codec_type === "video");
  const audio = streams.find((stream) => stream.codec_type === "audio");
  if (!video || !audio) throw new Error("the file has no picture or no sound");
  return { video, audio, streams: streams.length };
}

/** When each frame is shown, in seconds, as the file says. */
export async function frameTimes(file: string): Promise<number[]> {
  const args = [
    "-v",
    "error",
    "-select_streams",
    "v",
    "-show_entries",
    "frame=best_effort_timestamp_time",
    "-of",
    "csv=p=0",
    file,
  ];
  const { stdout } = await run(findFfprobe(), args, { maxBuffer: 1 << 26 });
  return stdout.split("\n").flatMap((line) => (line.trim() === "" ? [] : [Number.parseFloat(line)]));
}

/** Single frames by number, decoded to luma, one byte a pixel. */
export async function lumaFrames(
  file: string,
  frames: number[],
  size: { width: number; height: number },
): Promise<Buffer[]> {
  const select = frames.map((frame) => `eq(n,${frame})`).join("+");
  const args = [
    "-v",
    "error",
    "-i",
    file,
    "-an",
    "-vf",
    `select='${select}',scale=${size.width}:${size.height},format=gray`,
  ];
  const { stdout } = await run(findFfmpeg(), [...args, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"], {
    encoding: "buffer",
    maxBuffer: 1 << 28,
  });
  const bytes = size.width * size.height;
  return frames.map((_, index) => stdout.subarray(index * bytes, (index + 1) * bytes));
}

/** The four-letter names of the outermost boxes of an MP4, in order. */
export function outerBoxes(mp4: Buffer): string[] {
  const names: string[] = [];
  for (let offset = 0; offset + 8 <= mp4.length; ) {
    names.push(mp4.toString("latin1", offset + 4, offset + 8));
    offset += Math.max(8, mp4.readUInt32BE(offset));
  }
  return names;
}
