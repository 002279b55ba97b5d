import { parentPort, workerData } from "node:worker_threads";
import { systemCalls } from "../../ffmpeg/system-calls.ts";
import { drawOverlay } from "../../overlay/draw-overlay.ts";
import type { FrameSize } from "../plan.ts";
import { createFramePainter, EndOfClip, type PaintJob } from "./frame-painter.ts";
import { openKernel } from "./kernel.ts";

/** A thread that paints segments, one after another, and lends their raw frames to a pipe each. */

export type WorkerStart = { module: WebAssembly.Module; frame: FrameSize };
export type WorkerJob = PaintJob & { output: number };
/** `broken_pipe`: whoever reads the frames has gone. */
export type WorkerAnswer =
  | { ok: true }
  | { ok: false; reason: "end_of_clip"; scene: number }
  | { ok: false; reason: "broken_pipe" | "failed"; words: string };

const { module, frame } = workerData as WorkerStart;
const painter = createFramePainter(openKernel(module), frame, drawOverlay);
const { lend } = systemCalls();

function refusal(error: unknown): WorkerAnswer {
  if (error instanceof EndOfClip) return { ok: false, reason: "end_of_clip", scene: error.scene };
  const isBroken = error instanceof Error && "code" in error && error.code === "EPIPE";
  return { ok: false, reason: isBroken ? "broken_pipe" : "failed", words: String(error) };
}

parentPort?.on("message", async ({ output, ...job }: WorkerJob) => {
  let answer: WorkerAnswer;
  try {
    await painter.paint(job, (pixels) => lend(output, pixels));
    answer = { ok: true };
  } catch (error) {
    answer = refusal(error);
  }
  parentPort?.postMessage(answer);
});
