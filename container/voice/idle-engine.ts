import type { EngineProcess } from "./engine-process.ts";

/** As long as renders come one after the other; its 60 MB are given back soon after. */
const patienceMs = 30_000;

let idle: { engine: EngineProcess; timer: NodeJS.Timeout } | undefined;

/** The engine that the render before has left, if it is still there: starting one takes longer than reading a scene aloud. */
export function takeIdleEngine(): EngineProcess | undefined {
  const taken = idle;
  idle = undefined;
  clearTimeout(taken?.timer);
  if (!taken?.engine.isAlive()) return undefined;
  taken.engine.setIdle(false);
  return taken.engine;
}

/** Keeps an engine that answers nobody for the next render; one is enough. Each text is read as by a new one. */
export function keepIdleEngine(engine: EngineProcess): void {
  if (idle?.engine.isAlive()) {
    engine.kill(new Error("another voice is waiting already"));
    return;
  }
  clearTimeout(idle?.timer);
  engine.setIdle(true);
  const timer = setTimeout(() => engine.kill(new Error("nobody needs a voice")), patienceMs).unref();
  idle = { engine, timer };
}
