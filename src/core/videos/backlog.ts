import type { DrizzleD1Database } from "drizzle-orm/d1";
import type { Backlog, Clock } from "../deps.ts";
import { countQueued } from "./store.ts";

/** More than this waiting, over all tenants, and new ones are refused rather than made to wait without end. */
export const backlogLimit = 2_000;
/** The limit protects the queue, not the books: a second late is early enough, and a count for each submit is not needed. */
const freshMs = 1_000;

export function createBacklog(db: DrizzleD1Database, clock: Clock): Backlog {
  let wasFull = false;
  let countedAtMs = Number.NEGATIVE_INFINITY;
  return {
    async isFull() {
      const nowMs = clock.now();
      if (nowMs - countedAtMs < freshMs) return wasFull;
      // Set before the count: those who come meanwhile go by the last one. A promise of another request cannot be awaited here.
      countedAtMs = nowMs;
      wasFull = (await countQueued(db)) >= backlogLimit;
      return wasFull;
    },
  };
}
