import { once } from "node:events";
import { availableParallelism } from "node:os";
import path from "node:path";
import { SHARE_ENV, Worker } from "node:worker_threads";
import { createShelf } from "../../shelf.ts";
import type { FrameSize } from "../plan.ts";
import type { WorkerAnswer, WorkerJob, WorkerStart } from "./compositor-worker.ts";
import { compileKernel } from "./kernel.ts";

export type Compositor = {
  /**
   * Writes a segment's frames to `job.output`, one job at a time; the descriptors in it may be closed when it has answered.
   * Throws when the thread has died.
   */
  paint(job: WorkerJob): Promise<WorkerAnswer>;
  /** Leaves the thread to the next render; one that is in the middle of a job is ended. */
  close(): Promise<void>;
};

type Thread = { worker: Worker; ended: Promise<never>; isAlive: boolean };

/** A new thread takes a while until its code is compiled and fast. */
const idleThreads = createShelf<Thread>(availableParallelism(), {
  works: ({ isAlive }) => isAlive,
  end: ({ worker }) => void worker.terminate(),
});

/** `lanes` threads that paint frames of one size. Throws where there is no SIMD to do it with. */
export async function openCompositors(frame: FrameSize, lanes: number): Promise<Compositor[]> {
  const kind = `${frame.width}x${frame.height}`;
  const start: WorkerStart = { module: compileKernel(), frame };
  const threads = Array.from({ length: lanes }, () => idleThreads.take(kind) ?? startThread(start));
  return (await Promise.all(threads)).map((thread) => compositorOf(thread, kind));
}

function compositorOf(thread: Thread, kind: string): Compositor {
  const { worker, ended } = thread;
  worker.ref();
  let isPainting = false;
  return {
    paint: async (job) => {
      const answered = once(worker, "message") as Promise<[WorkerAnswer]>;
      isPainting = true;
      worker.postMessage(job);
      const [answer] = await Promise.race([answered, ended]);
      isPainting = false;
      return answer;
    },
    close: async () => {
      if (isPainting) {
        await worker.terminate();
        return;
      }
      worker.unref();
      idleThreads.keep(kind, thread);
    },
  };
}

async function startThread(workerData: WorkerStart): Promise<Thread> {
  // The drawing library looks at the process's own environment.
  const worker = new Worker(path.join(import.meta.dirname, "compositor-worker.ts"), { workerData, env: SHARE_ENV });
  const ended = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`a compositor ended with ${code}`)));
  });
  const thread: Thread = { worker, ended, isAlive: true };
  ended.catch(() => {
    thread.isAlive = false;
  });
  try {
    await Promise.race([once(worker, "online"), ended]);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return thread;
}
