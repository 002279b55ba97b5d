/** When M-Pesa is asked what has become of a prompt of which it has not told us (facts of the field: a prompt lives a minute). */
import type { PaymentRow } from "../tables.ts";

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** After the prompt. The last two are for payments that have ended here and were never decided there. */
const rungsMs = [75 * secondMs, 2 * minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs];
/** From then on nobody waits for it any more; a later success still counts. */
export const ladderMs = hourMs;
/** A push that was never answered waits so long for its callback; then its phone is free again. */
export const unansweredMs = 5 * minuteMs;
/** Daraja refuses bursts: payments of one moment are not asked for in one moment. */
const jitterShare = 0.1;

/** Somebody says it is paid, and M-Pesa has not confirmed it yet. */
const firstConfirmMs = 5 * secondMs;
const secondConfirmMs = 15 * secondMs;

/** `chance` from 0 to 1. null: it is not asked again. */
export function nextRung(createdAtMs: number, nowMs: number, chance: number): number | null {
  const rungMs = rungsMs.find((ms) => createdAtMs + ms > nowMs);
  return rungMs === undefined ? null : createdAtMs + Math.ceil(rungMs * (1 + jitterShare * chance));
}

export function isClaimedPaid({ state, claimedReceipt }: Pick<PaymentRow, "state" | "claimedReceipt">): boolean {
  return state === "confirming" || (state !== "paid" && claimedReceipt !== null);
}

/** When the next question is due, as this one begins. `isFresh`: the claim that it is paid has just come. */
export function nextCheckAt(
  payment: Pick<PaymentRow, "createdAtMs" | "checkedAtMs" | "state" | "claimedReceipt">,
  nowMs: number,
  { chance, isFresh }: { chance: number; isFresh: boolean },
): number | null {
  if (isFresh) return nowMs + firstConfirmMs;
  const sinceLastMs = nowMs - (payment.checkedAtMs ?? 0);
  if (isClaimedPaid(payment) && sinceLastMs < secondConfirmMs) return nowMs + secondConfirmMs;
  return nextRung(payment.createdAtMs, nowMs, chance);
}

/** A person who watches may have it asked sooner than the ladder would: not before most have paid, and not all the time. */
const firstPollMs = 25 * secondMs;
const pollEveryMs = 15 * secondMs;

export function mayBePolled(
  { createdAtMs, checkedAtMs }: Pick<PaymentRow, "createdAtMs" | "checkedAtMs">,
  nowMs: number,
): boolean {
  return nowMs - createdAtMs >= firstPollMs && nowMs - (checkedAtMs ?? 0) >= pollEveryMs;
}
