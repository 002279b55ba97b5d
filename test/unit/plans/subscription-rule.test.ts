import { describe, expect, it } from "vitest";
import type { SubscriptionFacts } from "../../../src/core/payments/cards/card-payments.ts";
import { accessOf } from "../../../src/core/plans/subscription-rule.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const end = Date.UTC(2026, 11, 1);
const now = start + 10 * day;

const facts = (more: Partial<SubscriptionFacts>): SubscriptionFacts => ({
  id: "sub_1",
  status: "active",
  customerId: "cus_1",
  isLive: false,
  plan: "pro",
  itemId: "si_1",
  currentPeriodStartMs: start,
  currentPeriodEndMs: end,
  isCancelledAtPeriodEnd: false,
  begunAtMs: start,
  endedAtMs: null,
  latestInvoiceId: null,
  ...more,
});
const on = (paidUntilMs: number, accessUntilMs: number) => ({
  is: "on",
  startsAtMs: start,
  paidUntilMs,
  accessUntilMs,
});

describe("what a subscription's state gives", () => {
  it.each<[string, Partial<SubscriptionFacts>, object]>([
    ["active", {}, on(end, end + 3 * day)],
    ["trialing", { status: "trialing" }, on(end, end + 3 * day)],
    ["cancelled, and paid until its end", { isCancelledAtPeriodEnd: true }, on(end, end)],
    ["late with its money", { status: "past_due" }, on(start, start + 3 * day)],
    ["ended", { status: "canceled", endedAtMs: start + 5 * day }, { is: "ended", atMs: start + 5 * day }],
    ["ended, without a word of when", { status: "canceled" }, { is: "ended", atMs: now }],
    ["not paid after all tries", { status: "unpaid" }, { is: "ended", atMs: now }],
    ["paused", { status: "paused" }, { is: "ended", atMs: now }],
    ["never paid", { status: "incomplete" }, { is: "ended", atMs: now }],
    ["never paid, and over", { status: "incomplete_expired" }, { is: "ended", atMs: now }],
    ["in a state that is new", { status: "hibernating" }, { is: "ended", atMs: now }],
  ])("%s", (_name, more, expected) => {
    expect(accessOf(facts(more), now)).toEqual(expected);
  });

  it("begins at once where Stripe's clock is ahead of ours", () => {
    expect(accessOf(facts({}), start - 2_000)).toMatchObject({ startsAtMs: start - 2_000 });
  });
});
