import { writeFile } from "node:fs/promises";
import path from "node:path";
import { runFfmpeg } from "../ffmpeg/run.ts";
import { trackTimescale } from "./encode-segment.ts";

/** Joins segments and lays the sound under them without encoding anything again. All names are plain files in `directory`. */
export async function joinSegments(options: {
  segments: { file: string; frameCount: number }[];
  audioFile: string;
  outputFile: string;
  fps: number;
  directory: string;
  signal: AbortSignal;
  silenceLimitMs?: number | undefined;
}): Promise<void> {
  const { segments, audioFile, outputFile, fps, directory, signal, silenceLimitMs } = options;
  // Without its duration a segment counts as long as its container rounds it to, and the next one shifts.
  const list = segments.flatMap(({ file, frameCount }) => [
    `file ${file}`,
    `duration ${(frameCount / fps).toFixed(6)}`,
  ]);
  await writeFile(path.join(directory, "segments.ffconcat"), `${["ffconcat version 1.0", ...list].join("\n")}\n`);
  await runFfmpeg(
    [
      ...["-f", "concat", "-i", "segments.ffconcat", "-i", audioFile, "-map", "0:v", "-map", "1:a", "-c", "copy"],
      ...["-video_track_timescale", String(trackTimescale(fps)), "-movflags", "+faststart", "-f", "mp4", outputFile],
    ],
    { directory, signal, silenceLimitMs },
  );
}
