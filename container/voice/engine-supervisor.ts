import { RenderFault } from "../failure.ts";
import { createShelf } from "../shelf.ts";
import { type EngineAnswer, type EngineProcess, startEngineProcess } from "./engine-process.ts";
import type { SpeakRequest } from "./frames.ts";

export type EngineSupervisor = {
  /** Answers requests in the order they were made. */
  ask(request: SpeakRequest): Promise<EngineAnswer>;
  close(): void;
};

/** Of every step that calls a provider (product rule). */
const utteranceLimitMs = 60_000;

/** One is enough: it reads every language, and each text as a new one would. */
const idleEngines = createShelf<EngineProcess>(1, {
  works: (engine) => engine.isAlive(),
  end: (engine) => engine.kill(closedVoice()),
});
const anyEngine = "espeak-ng";

function closedVoice(): RenderFault {
  return new RenderFault("voice_failed", "The voice was closed.", { isRetryable: false });
}

/**
 * Keeps one engine process for a render: ends it on abort, when it is closed in the middle of an answer and when an answer
 * takes longer than 60 s, and else leaves it to the next render; a process that dies in the middle is replaced once for each
 * request. Rejects with RenderFault `voice_failed`, or with the signal's reason.
 */
export async function superviseEngine(signal: AbortSignal): Promise<EngineSupervisor> {
  let engine: EngineProcess | undefined;
  let asked = 0;
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
  engine = idleEngines.take(anyEngine);
  engine?.setIdle(false);
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
      asked += 1;
      const turn = last
        .then(() => ask(request))
        .finally(() => {
          asked -= 1;
        });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: () => {
      signal.removeEventListener("abort", onAbort);
      if (closed) return;
      if (asked > 0 || !engine?.isAlive()) return stop(closedVoice());
      closed = closedVoice();
      engine.setIdle(true);
      idleEngines.keep(anyEngine, engine);
    },
  };
}
