import { createInterface } from "node:readline";
import { diskFull, RenderFault } from "../failure.ts";
import { findFfmpeg } from "./binary.ts";
import { startProgram } from "./start-program.ts";

export type FfmpegOptions = {
  /** Aborting kills the process at once; the call then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Killed when frames, time and bytes written all stand still for this long. 60 s unless told. */
  silenceLimitMs?: number | undefined;
  /** Frames written so far, about twice a second. */
  onProgress?: (frames: number) => void;
  /** Where it runs, so that arguments and filters can name plain files in it. */
  directory?: string;
  /** An open end of a pipe, which ffmpeg knows as `pipe:3`; the caller closes its own when this has been called. */
  pipe?: number;
};

const defaultSilenceLimitMs = 60_000;
/**
 * Frames are megabytes: glibc gives each one's memory back to the kernel and asks for it again, page by page. Kept, it
 * spares encoders a quarter of their time in the kernel, measured, and they grow no larger. Another libc ignores this.
 */
const memoryHabits = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456";
/** The end of what ffmpeg says is what explains a failure, and where filters print their summaries. */
const stderrKeptCharacters = 16_384;

/** `-progress` repeats itself when nothing happens: only these lines, and only when they change, mean that work was done. */
const workMeasures = new Set(["frame", "out_time_us", "total_size"]);

/**
 * Runs ffmpeg without a shell and resolves when it exits with 0, with the last 16 kB it said.
 * Standard output carries the progress report: write results to files.
 * Throws RenderFault: `disk_full`, `render_timeout` (silent too long) or `encode_failed`.
 */
export async function runFfmpeg(args: string[], options: FfmpegOptions): Promise<{ stderr: string }> {
  options.signal.throwIfAborted();
  const silenceLimitMs = options.silenceLimitMs ?? defaultSilenceLimitMs;
  const fixed = ["-nostdin", "-hide_banner", "-nostats", "-stats_period", "0.5", "-progress", "pipe:1", "-y"];
  const { stdout, stderr, ended, kill } = startProgram({
    ...{ file: findFfmpeg(), args: [...fixed, ...args], directory: options.directory, pipe: options.pipe },
    environment: { ...process.env, GLIBC_TUNABLES: memoryHabits },
  });
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    kill();
  }, silenceLimitMs);
  options.signal.addEventListener("abort", kill, { once: true });

  let said = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-stderrKeptCharacters);
  });
  const last = new Map<string, string>();
  createInterface({ input: stdout }).on("line", (line) => {
    const [measure = "", value = ""] = line.split("=", 2);
    if (!workMeasures.has(measure) || last.get(measure) === value) return;
    last.set(measure, value);
    silence.refresh();
    if (measure === "frame") options.onProgress?.(Number(value));
  });

  let exitCode: number | null;
  try {
    exitCode = await ended;
  } catch (error) {
    throw new RenderFault("encode_failed", "The encoder could not be started.", { isRetryable: false, cause: error });
  } finally {
    clearTimeout(silence);
    options.signal.removeEventListener("abort", kill);
  }
  options.signal.throwIfAborted();
  if (exitCode === 0) return { stderr: said };
  if (/No space left on device|Disk quota exceeded/.test(said)) throw diskFull(new Error(said));
  if (isSilent) {
    throw new RenderFault("render_timeout", `The encoder made no progress for ${silenceLimitMs / 1_000} s.`, {
      isRetryable: true,
      cause: new Error(said),
    });
  }
  throw new RenderFault("encode_failed", "The encoder stopped with an error.", {
    isRetryable: true,
    cause: new Error(said),
  });
}
