import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { OutputFormat } from "../../src/contract/video.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { trackTimescale } from "./encoding.ts";

export type JoinJob = {
  /** Absolute, in their order. */
  segments: { file: string; frameCount: number }[];
  /** A GIF has none. */
  soundFile: string | undefined;
  outputFile: string;
  fps: number;
  format: OutputFormat;
  /** For passing files. */
  directory: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
};

/** Joins segments and lays the sound under them without encoding anything again; a GIF is made of them. Throws as runFfmpeg does. */
export async function joinFilm(job: JoinJob): Promise<void> {
  const list = path.join(job.directory, "segments.ffconcat");
  // Without its duration a segment counts as long as its container rounds it to, and the next one shifts.
  const lines = job.segments.flatMap(({ file, frameCount }) => [
    `file '${file.replaceAll("'", "'\\''")}'`,
    `duration ${(frameCount / job.fps).toFixed(6)}`,
  ]);
  await writeFile(list, `${["ffconcat version 1.0", ...lines].join("\n")}\n`);
  const film = ["-f", "concat", "-safe", "0", "-protocol_whitelist", "file,pipe", "-i", list];
  const limits = { signal: job.signal, silenceLimitMs: job.silenceLimitMs };
  try {
    if (job.format === "gif") return await makeGif(film, job, limits);
    const sound = job.soundFile === undefined ? [] : ["-i", job.soundFile, "-map", "1:a"];
    const muxer: Record<Exclude<OutputFormat, "gif">, string[]> = {
      mp4: ["-video_track_timescale", String(trackTimescale(job.fps)), "-movflags", "+faststart", "-f", "mp4"],
      webm: ["-cues_to_front", "1", "-f", "webm"],
    };
    const exact = ["-fflags", "+bitexact"];
    await runFfmpeg(
      [...film, ...sound, "-map", "0:v", "-c", "copy", ...exact, ...muxer[job.format], job.outputFile],
      limits,
    );
  } finally {
    await rm(list, { force: true });
  }
}

/** Pixels of a GIF's short side, and frames a second: twice as many weigh twice as much. */
const gifShortSide = 360;
const gifRate = 12.5;

type Shape = { width: number; height: number; fps: number };

/** What the joined file has of what was encoded: a GIF is smaller and slower. */
export function joinedShape(encoded: Shape, format: OutputFormat): Shape {
  if (format !== "gif") return encoded;
  const scale = gifShortSide / Math.min(encoded.width, encoded.height);
  const scaled = (side: number) => 2 * Math.round((side * scale) / 2);
  return { width: scaled(encoded.width), height: scaled(encoded.height), fps: gifRate };
}

/** Two passes, since a palette in one would keep every frame in memory. */
async function makeGif(
  film: string[],
  { outputFile, directory }: JoinJob,
  limits: Pick<JoinJob, "signal" | "silenceLimitMs">,
): Promise<void> {
  const palette = path.join(directory, "palette.png");
  const fit = `fps=${gifRate},scale=w='if(gt(iw,ih),-2,${gifShortSide})':h='if(gt(iw,ih),${gifShortSide},-2)':flags=lanczos`;
  await runFfmpeg([...film, "-vf", `${fit},palettegen=stats_mode=diff`, "-frames:v", "1", palette], limits);
  const graph = `[0:v]${fit}[film];[film][1:v]paletteuse=dither=bayer:bayer_scale=3:diff_mode=rectangle`;
  await runFfmpeg([...film, "-i", palette, "-lavfi", graph, "-loop", "0", "-f", "gif", outputFile], limits);
  await rm(palette, { force: true });
}
