import { once } from "node:events";
import path from "node:path";
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { FrameSize } from "../plan.ts";
import type { WorkerAnswer, WorkerJob, WorkerStart } from "./compositor-worker.ts";
import { compileKernel } from "./kernel.ts";

export type Compositor = {
  /**
   * Writes a segment's frames to `job.output`, one job at a time; the descriptors in it may be closed when it has answered.
   * Throws when the thread has died.
   */
  paint(job: WorkerJob): Promise<WorkerAnswer>;
  close(): Promise<void>;
};

/** `lanes` threads that paint frames of one size. Throws where there is no SIMD to do it with. */
export async function startCompositors(frame: FrameSize, lanes: number): Promise<Compositor[]> {
  const start: WorkerStart = { module: compileKernel(), frame };
  return Promise.all(Array.from({ length: lanes }, () => startCompositor(start)));
}

async function startCompositor(workerData: WorkerStart): Promise<Compositor> {
  // The drawing library looks at the process's own environment.
  const worker = new Worker(path.join(import.meta.dirname, "compositor-worker.ts"), { workerData, env: SHARE_ENV });
  const ended = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a compositor ended with ${code}`)));
  });
  ended.catch(() => undefined);
  try {
    await Promise.race([once(worker, "online"), ended]);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    paint: async (job) => {
      const answered = once(worker, "message") as Promise<[WorkerAnswer]>;
      worker.postMessage(job);
      const [answer] = await Promise.race([answered, ended]);
      return answer;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
