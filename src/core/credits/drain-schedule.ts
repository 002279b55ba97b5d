/** When the ledger's entries are next copied to D1. */

/** Long enough to copy a burst at once; lists do not wait for it, since they drain first. */
const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

export type DrainSchedule = {
  /** When the alarm was last set for; null: it has run since. */
  armedForMs: number | null;
  /** Drains that failed since the last one that worked. */
  failures: number;
};

/**
 * The moment to set the alarm to, or null when the one that is set will do. An alarm that is overdue may have been lost
 * (the platform gives up after six tries), and is set again; for now and no later, so that steady writes cannot push it
 * ahead of themselves.
 */
export function nextDrainAtMs(schedule: DrainSchedule, nowMs: number): number | null {
  const { armedForMs, failures } = schedule;
  if (armedForMs === null) return nowMs + drainDelayMs(failures);
  if (armedForMs <= nowMs) return nowMs;
  return armedForMs > nowMs + longestDelayMs ? nowMs + longestDelayMs : null;
}

function drainDelayMs(failures: number): number {
  return Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
}
