import type { SubscriptionFacts } from "../payments/cards/card-payments.ts";
import { graceMs } from "./schedule.ts";

/**
 * What a subscription's state at Stripe gives. `on`: the plan is had until `accessUntilMs`. `ended`: no longer than until
 * `atMs`, and no longer than it was had before.
 */
export type SubscriptionAccess =
  | { is: "on"; startsAtMs: number; paidUntilMs: number; accessUntilMs: number }
  | { is: "ended"; atMs: number };

/**
 * - active, trialing: until the period's end, and three days more, since the news of a renewal may be late. One that was
 *   cancelled does not renew, so there is no news to wait for.
 * - past_due: the period that began is not paid, and three days of it are grace.
 * - canceled: until it ended, as Stripe says.
 * - unpaid, paused, incomplete, incomplete_expired, and words that are new: not any more.
 */
export function accessOf(facts: SubscriptionFacts, nowMs: number): SubscriptionAccess {
  const { status, currentPeriodStartMs, currentPeriodEndMs, isCancelledAtPeriodEnd, endedAtMs } = facts;
  // Clocks differ by seconds: a plan that was just bought is not to wait for ours.
  const startsAtMs = Math.min(currentPeriodStartMs, nowMs);
  switch (status) {
    case "active":
    case "trialing":
      return {
        is: "on",
        startsAtMs,
        paidUntilMs: currentPeriodEndMs,
        accessUntilMs: currentPeriodEndMs + (isCancelledAtPeriodEnd ? 0 : graceMs),
      };
    case "past_due":
      return {
        is: "on",
        startsAtMs,
        paidUntilMs: currentPeriodStartMs,
        accessUntilMs: currentPeriodStartMs + graceMs,
      };
    case "canceled":
      return { is: "ended", atMs: endedAtMs ?? nowMs };
    default:
      return { is: "ended", atMs: nowMs };
  }
}
