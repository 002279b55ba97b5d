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
   * Throws when the thread has died, or is still at it a while after `signal` has told it that nobody reads: it is given up then.
   */
  paint(job: WorkerJob, signal: AbortSignal): Promise<WorkerAnswer>;
  /** Leaves the thread to the next render; one that is in the middle of a job is ended. */
  close(): Promise<void>;
};

/** A thread starts in a tenth of this on a machine that is busy. */
const startLimitMs = 20_000;
/** A painter whose reader has gone finds a broken pipe at its next frame. */
const stopLimitMs = 5_000;

type Thread = { worker: Worker; ended: Promise<never>; isAlive: boolean; giveUp(words: string): void };

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
  const { worker, ended, giveUp } = thread;
  worker.ref();
  let isPainting = false;
  return {
    paint: async (job, signal) => {
      const answered = once(worker, "message") as Promise<[WorkerAnswer]>;
      let stopping: NodeJS.Timeout | undefined;
      const stop = () => {
        stopping = setTimeout(() => giveUp("a compositor did not stop"), stopLimitMs);
      };
      signal.addEventListener("abort", stop, { once: true });
      isPainting = true;
      worker.postMessage(job);
      try {
        const [answer] = await Promise.race([answered, ended]);
        isPainting = false;
        return answer;
      } finally {
        clearTimeout(stopping);
        signal.removeEventListener("abort", stop);
      }
    },
    close: async () => {
      // Not waited for: a thread that hangs in a call of the system ends when that call does.
      if (isPainting) return void worker.terminate();
      worker.unref();
      idleThreads.keep(kind, thread);
    },
  };
}

async function startThread(workerData: WorkerStart): Promise<Thread> {
  // The drawing library looks at the process's own environment.
  const worker = new Worker(path.join(import.meta.dirname, "compositor-worker.ts"), { workerData, env: SHARE_ENV });
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  const thread: Thread = {
    ...{ worker, ended, isAlive: true },
    giveUp: (words) => {
      end(new Error(words));
      void worker.terminate();
    },
  };
  ended.catch(() => {
    thread.isAlive = false;
  });
  worker.once("error", end);
  worker.once("exit", (code) => end(new Error(`a compositor ended with ${code}`)));
  const starting = setTimeout(() => thread.giveUp("a compositor did not start"), startLimitMs);
  try {
    await Promise.race([once(worker, "online"), ended]);
  } catch (error) {
    void worker.terminate();
    throw error;
  } finally {
    clearTimeout(starting);
  }
  return thread;
}
