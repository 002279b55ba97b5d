import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { diskFull, RenderFault } from "../failure.ts";
import { findFfmpeg } from "./binary.ts";

export type FfmpegOptions = {
  /** Aborting kills the process at once; the call then rejects with the signal's reason. */
  signal: AbortSignal;
  /** Killed when frames, time and bytes written all stand still for this long. 60 s unless told. */
  silenceLimitMs?: number | undefined;
  /** Frames written so far, about twice a second. */
  onProgress?: (frames: number) => void;
  /** Fed to the process as `pipe:0`. */
  input?: Readable | Buffer;
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
  const child = spawn(findFfmpeg(), [...fixed, ...args], {
    stdio: [options.input ? "pipe" : "ignore", "pipe", "pipe", ...(options.pipe === undefined ? [] : [options.pipe])],
    cwd: options.directory,
    env: { ...process.env, GLIBC_TUNABLES: memoryHabits },
  });
  const kill = () => {
    child.kill("SIGKILL");
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    kill();
  }, silenceLimitMs);
  options.signal.addEventListener("abort", kill, { once: true });

  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrKeptCharacters);
  });
  if (child.stdout) {
    const last = new Map<string, string>();
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [measure = "", value = ""] = line.split("=", 2);
      if (!workMeasures.has(measure) || last.get(measure) === value) return;
      last.set(measure, value);
      silence.refresh();
      if (measure === "frame") options.onProgress?.(Number(value));
    });
  }
  const feeding = child.stdin && options.input ? feed(options.input, child.stdin) : undefined;

  let exitCode: number | null;
  try {
    [exitCode] = (await once(child, "close")) as [number | null];
  } catch (error) {
    throw new RenderFault("encode_failed", "The encoder could not be started.", { isRetryable: false, cause: error });
  } finally {
    clearTimeout(silence);
    options.signal.removeEventListener("abort", kill);
  }
  options.signal.throwIfAborted();
  const feedError = await feeding;
  if (feedError) throw feedError;
  if (exitCode === 0) return { stderr };
  if (/No space left on device|Disk quota exceeded/.test(stderr)) throw diskFull(new Error(stderr));
  if (isSilent) {
    throw new RenderFault("render_timeout", `The encoder made no progress for ${silenceLimitMs / 1_000} s.`, {
      isRetryable: true,
      cause: new Error(stderr),
    });
  }
  throw new RenderFault("encode_failed", "The encoder stopped with an error.", {
    isRetryable: true,
    cause: new Error(stderr),
  });
}

/**
 * Resolves to what went wrong with the input, if anything did. A broken pipe is not wrong: ffmpeg may have read enough,
 * or be dead, before the input ends, and its exit code says which.
 */
async function feed(input: Readable | Buffer, stdin: NodeJS.WritableStream): Promise<unknown> {
  const source = Buffer.isBuffer(input) ? Readable.from([input]) : input;
  try {
    await pipeline(source, stdin);
    return undefined;
  } catch (error) {
    return isBrokenPipe(error) ? undefined : error;
  }
}

function isBrokenPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE";
}
