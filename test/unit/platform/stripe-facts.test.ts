import type { Stripe } from "stripe";
import { describe, expect, it } from "vitest";
import {
  idOf,
  toDisputeFacts,
  toIntentFacts,
  toRefundFacts,
  toSubscriptionFacts,
} from "../../../src/platform/stripe/facts.ts";

const item = (id: string, price: string, start: number, end: number) => ({
  id,
  price: { id: price },
  current_period_start: start,
  current_period_end: end,
});

function subscription(more: object): Stripe.Subscription {
  const plain = {
    id: "sub_1",
    status: "active",
    customer: "cus_1",
    livemode: false,
    start_date: 50,
    cancel_at_period_end: false,
    cancel_at: null,
    ended_at: null,
    items: { data: [item("si_1", "price_of_seats", 100, 200), item("si_2", "price_pro", 300, 400)] },
  };
  // As much of Stripe's object as is read.
  return { ...plain, ...more } as unknown as Stripe.Subscription;
}
const planOf = (price: Stripe.Price) => (price.id === "price_pro" ? "pro" : null);
const facts = (more: object = {}) => toSubscriptionFacts(subscription(more), planOf);

describe("a subscription", () => {
  it("has the plan, the period and the item that carries a plan's price, whatever stands before it", () => {
    expect(facts()).toMatchObject({
      plan: "pro",
      itemId: "si_2",
      currentPeriodStartMs: 300_000,
      currentPeriodEndMs: 400_000,
    });
  });

  it("without a price of ours has no plan, and without items is read all the same", () => {
    expect(facts({ items: { data: [item("si_1", "price_of_seats", 100, 200)] } })).toMatchObject({
      plan: null,
      itemId: "si_1",
      currentPeriodEndMs: 200_000,
    });
    expect(facts({ items: { data: [] } })).toMatchObject({ plan: null, itemId: "", currentPeriodStartMs: 50_000 });
  });

  it.each([
    [{}, false],
    [{ cancel_at_period_end: true, cancel_at: 400 }, true],
    [{ cancel_at: 400 }, true],
    [{ cancel_at: 350 }, true],
    [{ cancel_at: 401 }, false],
  ])("with %j is to end with its period: %s", (more, expected) => {
    expect(facts(more).isCancelledAtPeriodEnd).toBe(expected);
  });

  it("names its customer, expanded or deleted", () => {
    expect(facts({ customer: { id: "cus_2", deleted: true } }).customerId).toBe("cus_2");
    expect([idOf(null), idOf(undefined), idOf("ch_1"), idOf({ id: "ch_2" })]).toEqual([null, null, "ch_1", "ch_2"]);
  });
});

describe("a dispute", () => {
  const moved = (...amounts: number[]) => {
    const dispute = { id: "du_1", status: "won", amount: 999, payment_intent: "pi_1" };
    const moves = amounts.map((amount) => ({ amount }));
    const { isWithdrawn, isReinstated } = toDisputeFacts({
      ...dispute,
      balance_transactions: moves,
    } as unknown as Stripe.Dispute);
    return [isWithdrawn, isReinstated];
  };

  it("has its money where its balance transactions say", () => {
    expect(moved()).toEqual([false, false]);
    expect(moved(-999)).toEqual([true, false]);
    expect(moved(-999, 999)).toEqual([true, true]);
    expect(moved(-999, 999, -999)).toEqual([true, false]);
    expect(moved(-999, 500)).toEqual([true, false]);
  });
});

describe("a payment and its refund", () => {
  const intent = (error: object | null) =>
    toIntentFacts({
      metadata: {},
      last_payment_error: error,
      latest_charge: { id: "ch_1" },
    } as unknown as Stripe.PaymentIntent);

  it("fail by the code that says most", () => {
    expect(intent(null)).toMatchObject({ failureCode: null, chargeId: "ch_1", paymentId: null });
    expect(intent({ type: "card_error" }).failureCode).toBe("card_error");
    expect(intent({ type: "card_error", code: "card_declined" }).failureCode).toBe("card_declined");
    expect(intent({ type: "card_error", code: "card_declined", decline_code: "lost_card" }).failureCode).toBe(
      "lost_card",
    );
  });

  it("are read where Stripe leaves fields out", () => {
    const refund = { id: "re_1", amount: 5, status: null, metadata: null } as unknown as Stripe.Refund;
    expect(toRefundFacts(refund)).toEqual({
      id: "re_1",
      amount: 5,
      status: "pending",
      paymentIntentId: null,
      claimId: null,
    });
  });
});
