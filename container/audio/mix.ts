import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { MusicMood, OutputFormat } from "../../src/contract/video.ts";
import { asRenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import type { MixWorkerData } from "./mix-worker.ts";
import { type MixLevels, mixSampleRate, type SpokenScene } from "./mixdown.ts";

export type MixRequest = {
  scenes: SpokenScene[];
  /** A file has been probed before. */
  bed: { kind: "mood"; mood: MusicMood } | { kind: "file"; file: string };
  /** How far the bed steps back under a voice; 0: not at all. */
  duckDb: number;
  /** -24 to -9. */
  loudnessLufs: number;
  seed: string;
  durationSeconds: number;
  /** AAC in an .m4a file for MP4, Opus in a .webm file for WebM. */
  format: Exclude<OutputFormat, "gif">;
  outputPath: string;
  /** For passing files of 23 MB a minute. */
  workDirectory: string;
  signal: AbortSignal;
};

const encoders: Record<MixRequest["format"], string[]> = {
  // `fast` takes half the time of ffmpeg's default search, measured, for 1 to 3 dB less fidelity at some 30 dB.
  mp4: ["-c:a", "aac", "-aac_coder", "fast", "-b:a", "160k", "-f", "ipod"],
  webm: ["-c:a", "libopus", "-b:a", "128k", "-f", "webm"],
};
const bitExact = ["-fflags", "+bitexact", "-flags:a", "+bitexact"];
/** Own music longer than this is not listened to. */
const ownMusicMaxSeconds = 600;

/**
 * Writes the sound of a video: narration and bed at 48 kHz in stereo, exactly `durationSeconds` long. Answers the
 * levels before encoding. Throws RenderFault (`disk_full`, `encode_failed`, `render_timeout`), or the signal's reason.
 */
export async function mixAudio(request: MixRequest): Promise<MixLevels> {
  const { scenes, duckDb, loudnessLufs, seed, durationSeconds, format, outputPath, workDirectory, signal } = request;
  signal.throwIfAborted();
  const name = path.join(workDirectory, `mix-${randomUUID()}`);
  const rawPath = `${name}.f32`;
  const ownPath = `${name}.own.f32`;
  try {
    const bed = request.bed.kind === "mood" ? request.bed : await decodeMusic(request.bed.file, ownPath, signal);
    const mixdown = { scenes, bed, duckDb, loudnessLufs, seed, durationSeconds, rawPath };
    const levels = await mixInWorker(mixdown, signal);
    const input = [...rawSound, "-i", rawPath];
    await runFfmpeg([...input, ...bitExact, ...encoders[format], outputPath], { signal });
    return levels;
  } finally {
    await Promise.all([rm(rawPath, { force: true }), rm(ownPath, { force: true })]);
  }
}

const rawSound = ["-f", "f32le", "-ar", `${mixSampleRate}`, "-ac", "2"];

async function decodeMusic(file: string, rawPath: string, signal: AbortSignal): Promise<MixWorkerData["bed"]> {
  const input = ["-protocol_whitelist", "file,pipe", "-i", file, "-map", "0:a:0", "-t", `${ownMusicMaxSeconds}`];
  await runFfmpeg([...input, ...rawSound, rawPath], { signal });
  return { kind: "own", rawPath };
}

/** Away from the event loop, so that heartbeats go on. */
async function mixInWorker(workerData: MixWorkerData, signal: AbortSignal): Promise<MixLevels> {
  const worker = new Worker(fileURLToPath(new URL("./mix-worker.ts", import.meta.url).href), {
    workerData,
    execArgv: [],
  });
  try {
    const [levels] = await once(worker, "message", { signal });
    return levels;
  } catch (error) {
    signal.throwIfAborted();
    throw asRenderFault(error, { code: "encode_failed", detail: "The sound could not be mixed." });
  } finally {
    await worker.terminate();
  }
}
