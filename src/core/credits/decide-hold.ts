import { windowsAt } from "../plans/plans.ts";
import type { HoldRequest, HoldResult } from "./ledger.ts";
import { type Counts, dailyStateAt, findPassedLimit } from "./limits.ts";

export type HoldDecision = Exclude<HoldResult, { code: "id_reused" }>;

export type HoldState = { available: number; owed: number; isFrozen: boolean; counts: Counts };

/**
 * What a hold is answered with, for the first time: an account on hold spends nothing, not even nothing; then the day's
 * limit decides before the month's, and both before credits.
 */
export function decideHold(request: HoldRequest, state: HoldState, nowMs: number): HoldDecision {
  const { owed, isFrozen } = state;
  if (isFrozen || owed > 0) {
    return { ok: false, code: "account_on_hold", owed, reason: isFrozen ? "dispute" : "owed" };
  }
  const passed = findPassedLimit(request, state.counts, nowMs);
  if (passed !== null) return passed;
  const { available, counts } = state;
  if (request.credits > available) {
    return { ok: false, code: "insufficient_credits", needed: request.credits, available };
  }
  const daily = dailyStateAt(request.plan, counts.videosToday + placesOf(request), nowMs);
  return { ok: true, balance: available - request.credits, daily, isRepeat: false };
}

/** The row of an accepted hold: what it holds, and the UTC windows it is counted in, for as long as it lives. */
export function heldBy(request: HoldRequest, nowMs: number) {
  const { day, month } = windowsAt(nowMs);
  const { id, credits, usage } = request;
  return { id, credits, usage, videos: placesOf(request), day, month };
}

/** Places in the day. */
function placesOf(request: Pick<HoldRequest, "isVideo">): 0 | 1 {
  return request.isVideo === false ? 0 : 1;
}
