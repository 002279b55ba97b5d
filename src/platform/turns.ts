import { OutsideError } from "../core/deps.ts";

/** More would wait than anybody should be kept waiting by. */
export class TooManyWaiting extends OutsideError {
  constructor() {
    super("too many wait for their turn", true);
    this.name = "TooManyWaiting";
  }
}

/** Who is first in line looks so often whether it is their turn; who stands further back, less often. */
const lookEveryMs = 25;
/** In this time what others have asked for is read and answered; more would only keep those in line. */
const restMaxMs = 100;
/** Who has not looked for so long, or holds a turn for so long, was cut off: a client that has hung up takes its request along. */
const goneAfterMs = 5_000;

/**
 * Turns for work that holds the isolate's one thread: one at a time, in the order of asking, and while others wait each turn
 * is followed by a rest as long as itself, up to 100 ms, in which all other requests get on. Nobody waits for another
 * request's promise, but each by its own clock, so that a request that is cut off does not take those behind it along. From
 * `waitingMax` in line on, who comes is refused.
 */
export function createTurns({ waitingMax }: { waitingMax: number }) {
  /** When each was last seen, the first to come first. */
  const line = new Map<symbol, number>();
  let freeAtMs = 0;

  function countAhead(ticket: symbol, nowMs: number): number {
    let ahead = 0;
    for (const [other, seenAtMs] of line) {
      if (other === ticket) break;
      if (nowMs - seenAtMs > goneAfterMs) line.delete(other);
      else ahead += 1;
    }
    return ahead;
  }

  /** Takes the turn, and tells since when: nothing may come between seeing that it is free and taking it. */
  async function takeTurn(): Promise<number> {
    const ticket = Symbol("ticket");
    let nowMs = performance.now();
    if (countAhead(ticket, nowMs) >= waitingMax) throw new TooManyWaiting();
    line.set(ticket, nowMs);
    // Not at once, even where nobody is seen: the platform begins requests that come together one after another, without
    // answering any in between, and each would find the line empty.
    await pause(0);
    for (;;) {
      nowMs = performance.now();
      line.set(ticket, nowMs);
      const ahead = countAhead(ticket, nowMs);
      if (ahead === 0 && nowMs >= freeAtMs) break;
      await pause(lookEveryMs * (1 + ahead));
    }
    line.delete(ticket);
    freeAtMs = nowMs + goneAfterMs;
    return nowMs;
  }

  async function rest(sinceMs: number): Promise<void> {
    if (line.size === 0) return;
    // On the platform the clock stands still while the thread is held.
    await pause(0);
    await pause(Math.min(performance.now() - sinceMs, restMaxMs));
  }

  return async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const startedMs = await takeTurn();
    try {
      return await work();
    } finally {
      await rest(startedMs);
      freeAtMs = 0;
    }
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
