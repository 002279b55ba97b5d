import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { MusicMood } from "../../src/contract/video.ts";
import { asRenderFault } from "../failure.ts";
import { runFfmpeg } from "../ffmpeg/run.ts";
import type { MixWorkerData } from "./mix-worker.ts";
import { type MixLevels, mixSampleRate, type SpokenScene } from "./mixdown.ts";

export type MixRequest = {
  scenes: SpokenScene[];
  music: MusicMood;
  seed: string;
  durationSeconds: number;
  /** An .m4a file. */
  outputPath: string;
  /** For a passing file of 23 MB a minute. */
  workDirectory: string;
  signal: AbortSignal;
};

const bitRate = "160k";
/** Half the time of ffmpeg's default search, measured, for 1 to 3 dB less fidelity at some 30 dB. */
const coder = "fast";

/**
 * Writes the sound of a video: narration and bed as 48 kHz stereo AAC, exactly `durationSeconds` long. Answers the
 * levels before encoding. Throws RenderFault (`disk_full`, `encode_failed`, `render_timeout`), or the signal's reason.
 */
export async function mixAudio(request: MixRequest): Promise<MixLevels> {
  const { scenes, music, seed, durationSeconds, outputPath, workDirectory, signal } = request;
  signal.throwIfAborted();
  const rawPath = path.join(workDirectory, `mix-${randomUUID()}.f32`);
  try {
    const levels = await mixInWorker({ scenes, music, seed, durationSeconds, rawPath }, signal);
    const input = ["-f", "f32le", "-ar", `${mixSampleRate}`, "-ac", "2", "-i", rawPath];
    const encoder = [
      "-c:a",
      "aac",
      "-aac_coder",
      coder,
      "-b:a",
      bitRate,
      "-fflags",
      "+bitexact",
      "-flags:a",
      "+bitexact",
    ];
    await runFfmpeg([...input, ...encoder, "-f", "ipod", outputPath], { signal });
    return levels;
  } finally {
    await rm(rawPath, { force: true });
  }
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
