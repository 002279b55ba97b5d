import { setTimeout as pause } from "node:timers/promises";
import { RenderFault } from "./failure.ts";

/** Runs all at once. When one fails the others are aborted; the call rejects with that failure once every one has ended. */
export async function together(signal: AbortSignal, works: ((signal: AbortSignal) => Promise<void>)[]): Promise<void> {
  const failing = new AbortController();
  const shared = AbortSignal.any([signal, failing.signal]);
  await Promise.all(works.map((work) => work(shared).catch((error: unknown) => failing.abort(error))));
  signal.throwIfAborted();
  failing.signal.throwIfAborted();
}

/** Works through `items` in order, `lanes` at a time, and ends as `together` does. */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async (laneSignal: AbortSignal) => {
    for (const item of waiting) {
      laneSignal.throwIfAborted();
      await work(item, laneSignal);
    }
  };
  await together(
    signal,
    Array.from({ length: lanes }, () => lane),
  );
}

/** Works that take turns: at most so many at a time, in the order they came. Throws what `full` answers when too many wait. */
export function createTurns(
  atATime: number,
  limit?: { waitingMax: number; full: () => Error },
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let free = atATime;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) {
      free -= 1;
    } else {
      if (limit && waiting.length >= limit.waitingMax) throw limit.full();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** What was promised, or at once the signal's reason; what was promised goes on without us. */
export async function orAborted<Result>(signal: AbortSignal, promise: Promise<Result>): Promise<Result> {
  // Whoever waits no more does not hear of its failure either.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const end = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

/** Rejects with `late()` after `limitMs`, and at once with the signal's reason; the work is told by its own signal. */
export async function withinTime<Result>(
  limits: { signal: AbortSignal; limitMs: number; late: () => RenderFault },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController();
  const end = () => ending.abort(limits.signal.reason);
  limits.signal.throwIfAborted();
  limits.signal.addEventListener("abort", end, { once: true });
  const timer = setTimeout(() => ending.abort(limits.late()), limits.limitMs);
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener("abort", () => reject(ending.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(ending.signal), ended]);
  } finally {
    clearTimeout(timer);
    limits.signal.removeEventListener("abort", end);
  }
}

const retriesMax = 2;
const firstBackoffMs = 200;

/** Tries up to three times while what it throws is a RenderFault that may be retried, with full jitter in between. */
export async function retried<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work();
    } catch (error) {
      const isWorthIt = error instanceof RenderFault && error.isRetryable && error.code !== "disk_full";
      if (!isWorthIt || retry >= retriesMax || signal.aborted) throw error;
      await pause(Math.random() * firstBackoffMs * 4 ** retry, undefined, { signal });
    }
  }
}
