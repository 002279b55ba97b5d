import { RenderFault } from "../failure.ts";
import { type EngineAnswer, type EngineProcess, startEngineProcess } from "./engine-process.ts";
import type { SpeakRequest } from "./frames.ts";

export type EngineSupervisor = {
  /** Answers requests in the order they were made. */
  ask(request: SpeakRequest): Promise<EngineAnswer>;
  close(): void;
};

/** Of every step that calls a provider (product rule). */
const utteranceLimitMs = 60_000;

/**
 * Keeps one engine process for a render: ends it on abort, on close and when an answer takes longer than 60 s; a process
 * that dies in the middle is replaced once for each request. Rejects with RenderFault `voice_failed`, or with the
 * signal's reason.
 */
export async function superviseEngine(signal: AbortSignal): Promise<EngineSupervisor> {
  let engine: EngineProcess | undefined;
  let closed: Error | undefined;
  const stop = (reason: Error) => {
    closed ??= reason;
    engine?.kill(closed);
  };
  const onAbort = () => stop(signal.reason);
  const liveEngine = async (): Promise<EngineProcess> => {
    if (closed) throw closed;
    if (engine?.isAlive()) return engine;
    return startEngineProcess((started) => {
      engine = started;
    });
  };
  const ask = async (request: SpeakRequest): Promise<EngineAnswer> => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      engine?.kill(new RenderFault("voice_failed", "The voice took longer than 60 seconds.", { isRetryable: true }));
    }, utteranceLimitMs);
    try {
      return await (await liveEngine()).ask(request);
    } catch (error) {
      if (closed || isLate) throw error;
      return await (await liveEngine()).ask(request);
    } finally {
      clearTimeout(timer);
    }
  };

  signal.throwIfAborted();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await liveEngine();
  } catch (error) {
    signal.removeEventListener("abort", onAbort);
    throw closed ?? error;
  }

  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: (request) => {
      const turn = last.then(() => ask(request));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: () => {
      signal.removeEventListener("abort", onAbort);
      stop(new RenderFault("voice_failed", "The voice was closed.", { isRetryable: false }));
    },
  };
}
