import { describe, expect, it } from "vitest";
import { bankCheckAt, firstCheckAt, stepAt } from "../../../src/core/payments/cards/card-ladder.ts";
import type { PaymentIntentFacts } from "../../../src/core/payments/cards/card-payments.ts";
import { judgeIntent } from "../../../src/core/payments/cards/card-verdict.ts";
import { declineOf } from "../../../src/core/payments/cards/decline-codes.ts";
import { disputeState, refundState } from "../../../src/core/payments/cards/sync-card-claims.ts";

const order = { amount: 9_99, currency: "USD", paymentIntentId: "pi_1" } as const;
const ours = { customerId: "cus_1", isLive: false };
const intent = (more: Partial<PaymentIntentFacts> = {}): PaymentIntentFacts => ({
  id: "pi_1",
  status: "succeeded",
  amount: 9_99,
  amountReceived: 9_99,
  currency: "usd",
  customerId: "cus_1",
  isLive: false,
  paymentId: "pay_1",
  failureCode: null,
  chargeId: "ch_1",
  clientSecret: "secret",
  ...more,
});

describe("what a PaymentIntent means for its order", () => {
  it.each<[string, Partial<PaymentIntentFacts>, string]>([
    ["all of it received", {}, "paid"],
    ["a cent less", { amountReceived: 9_98 }, "doubtful"],
    ["a cent more", { amountReceived: 10_00 }, "doubtful"],
    ["as much in shillings", { currency: "kes" }, "doubtful"],
    ["by another customer", { customerId: "cus_2" }, "doubtful"],
    ["by nobody", { customerId: null }, "doubtful"],
    ["in live money", { isLive: true }, "doubtful"],
    ["by another PaymentIntent", { id: "pi_2" }, "doubtful"],
    ["canceled", { status: "canceled", amountReceived: 0 }, "expired"],
    ["another one canceled", { id: "pi_2", status: "canceled" }, "waiting"],
    ["another customer's canceled", { customerId: "cus_2", status: "canceled" }, "waiting"],
    ["not tried yet", { status: "requires_payment_method", amountReceived: 0 }, "waiting"],
    ["declined", { status: "requires_payment_method", failureCode: "card_declined" }, "failed"],
    ["being confirmed after a decline", { status: "requires_confirmation", failureCode: "card_declined" }, "waiting"],
    ["at the bank", { status: "processing" }, "waiting"],
    ["at the bank's page", { status: "requires_action" }, "waiting"],
    ["authorised alone", { status: "requires_capture", amountReceived: 0 }, "waiting"],
    ["in a state that is new", { status: "meditating" }, "waiting"],
  ])("%s", (_name, more, expected) => {
    expect(judgeIntent(order, intent(more), ours).state).toBe(expected);
  });

  it("says all that differs", () => {
    const verdict = judgeIntent(order, intent({ amountReceived: 5_00, customerId: null, isLive: true }), ours);
    expect(verdict).toEqual({
      state: "doubtful",
      why: "Stripe has received 500 USD, the order is over 999 USD; it was paid by the customer nobody, the order is of cus_1; it moved live money, and this service works with test money",
    });
  });

  it("without a customer of ours nothing is paid", () => {
    expect(judgeIntent(order, intent(), { customerId: null, isLive: false }).state).toBe("doubtful");
  });
});

describe("what a refund or dispute takes", () => {
  it.each([
    ["pending", "taken"],
    ["requires_action", "taken"],
    ["succeeded", "taken"],
    ["failed", "returned"],
    ["canceled", "returned"],
    ["something new", "taken"],
  ])("a refund that is %s: %s", (status, expected) => {
    expect(refundState(status)).toBe(expected);
  });

  it.each<[string, boolean, boolean, string]>([
    ["needs_response", false, false, "frozen"],
    ["needs_response", true, false, "taken"],
    ["under_review", false, false, "frozen"],
    ["under_review", true, false, "taken"],
    ["appeal_under_review", true, false, "taken"],
    ["appeal_needs_response", false, false, "frozen"],
    ["won", false, false, "returned"],
    ["won", true, false, "taken"],
    ["won", true, true, "returned"],
    ["lost", true, false, "taken"],
    ["lost", false, false, "taken"],
    ["prevented", false, false, "returned"],
    ["prevented", true, false, "taken"],
    ["warning_needs_response", false, false, "noted"],
    ["warning_under_review", false, false, "noted"],
    ["warning_closed", false, false, "returned"],
    ["needs_response", true, true, "returned"],
    ["something new", false, false, "frozen"],
    ["something new", true, false, "taken"],
  ])("a dispute that is %s, withdrawn %s, reinstated %s: %s", (status, isWithdrawn, isReinstated, expected) => {
    const facts = { id: "du_1", amount: 1, paymentIntentId: "pi_1", status, isWithdrawn, isReinstated };
    expect(disputeState(facts)).toBe(expected);
  });
});

describe("when Stripe is asked of our own accord", () => {
  const minute = 60_000;
  const hour = 60 * minute;
  const at = 1_800_000_000_000;
  const step = (ageMs: number, hasName = true) => {
    const { step: name, nextCheckAtMs } = stepAt({ createdAtMs: at, hasName }, at + ageMs);
    return [name, (nextCheckAtMs - at) / minute];
  };

  it("is after 2 and 10 minutes, 1, 6 and 24 hours", () => {
    expect(firstCheckAt(at) - at).toBe(2 * minute);
    expect(step(2 * minute)).toEqual(["look", 10]);
    expect(step(10 * minute - 1)).toEqual(["look", 10]);
    expect(step(10 * minute)).toEqual(["look", 60]);
    expect(step(hour)).toEqual(["look", 360]);
    expect(step(6 * hour)).toEqual(["look", 1440]);
    expect(step(24 * hour - 1)).toEqual(["look", 1440]);
    expect(step(24 * hour)).toEqual(["close", 1450]);
  });

  it("and what nobody has a name of is over after an hour", () => {
    expect(step(hour - 1, false)).toEqual(["look", 60]);
    expect(step(hour, false)).toEqual(["close", 70]);
  });

  it("while a bank works on it, every day for a month", () => {
    expect(bankCheckAt({ createdAtMs: at }, at + 25 * hour)).toBe(at + 49 * hour);
    expect(bankCheckAt({ createdAtMs: at }, at + 30 * 24 * hour - 1)).not.toBeNull();
    expect(bankCheckAt({ createdAtMs: at }, at + 30 * 24 * hour)).toBeNull();
  });
});

describe("why a card was declined", () => {
  it("is told in words that say what it cost and what to do", () => {
    for (const code of ["insufficient_funds", "expired_card", "lost_card", "processing_error", "a code that is new"])
      expect(declineOf(code).message).toMatch(/^[A-Z].*Nothing was charged.*\.$/);
  });

  it("tells whoever holds a stolen card no more than anybody", () => {
    for (const code of ["stolen_card", "lost_card", "fraudulent", "pickup_card"])
      expect(declineOf(code)).toEqual(declineOf("generic_decline"));
  });

  it("takes no inherited name for a code", () => {
    expect(declineOf("constructor").message).toContain("Nothing was charged");
  });
});
