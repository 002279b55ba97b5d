import { once } from "node:events";
import path from "node:path";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { FrameSize } from "../plan.ts";
import type { WorkerAnswer, WorkerJob, WorkerStart } from "./compositor-worker.ts";
import { compileKernel } from "./kernel.ts";

export type Compositor = {
  /**
   * Writes a segment's frames to `job.output`, one job at a time; the descriptors in it may be closed when it has answered.
   * Throws when the thread has died, or is still at it a while after `signal` has told it that nobody reads: it is given up then.
   */
  paint(job: WorkerJob, signal: AbortSignal): Promise<WorkerAnswer>;
  close(): Promise<void>;
};

/** A thread starts in a tenth of this on a machine that is busy. */
const startLimitMs = 20_000;
/** A painter whose reader has gone finds a broken pipe at its next frame. */
const stopLimitMs = 5_000;

/** `lanes` threads that paint frames of one size. Throws where there is no SIMD to do it with. */
export async function startCompositors(frame: FrameSize, lanes: number): Promise<Compositor[]> {
  const start: WorkerStart = { module: compileKernel(), frame };
  return Promise.all(Array.from({ length: lanes }, () => startCompositor(start)));
}

async function startCompositor(workerData: WorkerStart): Promise<Compositor> {
  // The drawing library looks at the process's own environment.
  const worker = new Worker(path.join(import.meta.dirname, "compositor-worker.ts"), { workerData, env: SHARE_ENV });
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  ended.catch(() => undefined);
  worker.once("error", end);
  worker.once("exit", (code) => end(new Error(`a compositor ended with ${code}`)));
  // Not waited for: a thread that hangs in a call of the system ends when that call does.
  const giveUp = (words: string) => {
    end(new Error(words));
    void worker.terminate();
  };
  const starting = setTimeout(() => giveUp("a compositor did not start"), startLimitMs);
  try {
    await Promise.race([once(worker, "online"), ended]);
  } catch (error) {
    void worker.terminate();
    throw error;
  } finally {
    clearTimeout(starting);
  }
  return {
    paint: async (job, signal) => {
      const answered = once(worker, "message") as Promise<[WorkerAnswer]>;
      let stopping: NodeJS.Timeout | undefined;
      const stop = () => {
        stopping = setTimeout(() => giveUp("a compositor did not stop"), stopLimitMs);
      };
      signal.addEventListener("abort", stop, { once: true });
      worker.postMessage(job);
      try {
        const [answer] = await Promise.race([answered, ended]);
        return answer;
      } finally {
        clearTimeout(stopping);
        signal.removeEventListener("abort", stop);
      }
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
