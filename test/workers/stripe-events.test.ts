import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Buyer,
  checkOut,
  connectStripe,
  createIntent,
  moneyOf,
  paid,
  planOf,
  storedEvents,
  storedPayment,
  subscribed,
} from "../support/stripe.ts";

/** Each kind of event that Stripe tells of, by itself: all others are lost, so that what happens is by this one alone. */
const world = connectStripe("events");

type Happening = { buyer: Buyer; object?: string; check?: () => Promise<void> };
type Row = { outcome: string; make: () => Promise<Happening> };

const balance = async (buyer: Buyer, expected: number) =>
  expect(await moneyOf(buyer)).toMatchObject({ balance: expected });

async function ordered() {
  const buyer = await world.buyer();
  const intent = await createIntent(buyer);
  const state = (expected: object) => async () =>
    expect(await storedPayment(intent.payment_id)).toMatchObject(expected);
  return { buyer, paymentIntent: intent.payment_intent_id, state };
}

async function checkedOut() {
  const buyer = await world.buyer();
  const session = await checkOut(buyer, { package_id: "starter" });
  return { buyer, session, credited: () => balance(buyer, 60), nothing: () => balance(buyer, 10) };
}

async function bought() {
  const buyer = await world.buyer();
  const intent = await paid(world, buyer);
  const paymentIntent = intent.payment_intent_id;
  const state = (expected: object) => async () =>
    expect(await storedPayment(intent.payment_id)).toMatchObject(expected);
  return { buyer, paymentIntent, state };
}

async function refunded() {
  const one = await bought();
  const { id: refund } = await world.act<{ id: string }>("refund", {
    paymentIntent: one.paymentIntent,
    status: "pending",
  });
  return { ...one, refund };
}

async function disputed(given: object = {}) {
  const one = await bought();
  const { id: dispute } = await world.act<{ id: string }>("open-dispute", {
    paymentIntent: one.paymentIntent,
    ...given,
  });
  return { ...one, dispute };
}

async function onPlan(plan: "pro" | "premium" = "pro") {
  const buyer = await world.buyer();
  const subscription = await subscribed(world, buyer, plan);
  const has = (expected: string) => async () => expect(await planOf(buyer)).toMatchObject({ plan: expected });
  return { buyer, subscription, has };
}

/** A subscription whose next invoice is not paid. */
async function late(mood: string) {
  const one = await onPlan();
  const { latest_invoice: invoice } = await world.act<{ latest_invoice: string }>("renew-subscription", {
    subscription: one.subscription,
    mood,
  });
  return { ...one, invoice };
}

async function changing() {
  const one = await onPlan();
  await world.act("set-card", { customer: one.buyer.customer, mood: "card_declined" });
  await one.buyer.post("/api/billing/change", { plan: "premium" });
  const { latest_invoice: invoice } = await world.act<{ latest_invoice: string }>("find", { id: one.subscription });
  return { ...one, invoice };
}

const rows: Record<string, Row> = {
  "checkout.session.completed": {
    outcome: "paid",
    make: async () => {
      const { buyer, session, credited } = await checkedOut();
      await world.act("pay-session", { session });
      return { buyer, check: credited };
    },
  },
  "checkout.session.async_payment_succeeded": {
    outcome: "paid",
    make: async () => {
      const { buyer, session, credited } = await checkedOut();
      const { payment_intent: paymentIntent } = await world.act("pay-session-later", { session });
      await world.act("settle-intent", { paymentIntent });
      return { buyer, check: credited };
    },
  },
  "checkout.session.async_payment_failed": {
    outcome: "failed",
    make: async () => {
      const { buyer, session, nothing } = await checkedOut();
      const { payment_intent: paymentIntent } = await world.act("pay-session-later", { session });
      await world.act("settle-intent", { paymentIntent, outcome: "failed" });
      return { buyer, check: nothing };
    },
  },
  "checkout.session.expired": {
    outcome: "expired",
    make: async () => {
      const { buyer, session, nothing } = await checkedOut();
      await world.act("expire-session", { session });
      return { buyer, check: nothing };
    },
  },

  "payment_intent.succeeded": {
    outcome: "paid",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("pay-intent", { paymentIntent });
      return { buyer, check: state({ state: "paid" }) };
    },
  },
  "payment_intent.payment_failed": {
    outcome: "failed",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("decline-intent", { paymentIntent, code: "insufficient_funds" });
      return { buyer, check: state({ state: "failed", failure_code: "insufficient_funds" }) };
    },
  },
  "payment_intent.canceled": {
    outcome: "expired",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("cancel-intent", { paymentIntent });
      return { buyer, check: state({ state: "expired", next_check_at_ms: null }) };
    },
  },
  "payment_intent.processing": {
    outcome: "waiting",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("process-intent", { paymentIntent });
      return { buyer, check: state({ state: "pending" }) };
    },
  },
  "payment_intent.requires_action": {
    outcome: "waiting",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("require-action", { paymentIntent });
      return { buyer, check: state({ state: "pending" }) };
    },
  },

  "charge.refunded": {
    outcome: "paid",
    make: async () => {
      const { buyer, paymentIntent, state } = await bought();
      await world.act("refund", { paymentIntent });
      return { buyer, check: state({ refunded_amount: 9_99 }) };
    },
  },
  "refund.created": {
    outcome: "paid",
    make: async () => {
      const { buyer, paymentIntent } = await bought();
      await world.act("refund", { paymentIntent, amount: 5_00 });
      // floor(50 × 500 ÷ 999) = 25 credits of the 60.
      return { buyer, check: () => balance(buyer, 35) };
    },
  },
  "refund.updated": {
    outcome: "paid",
    make: async () => {
      const { buyer, refund, state } = await refunded();
      await world.act("succeed-refund", { refund });
      return { buyer, check: state({ refunded_amount: 9_99 }) };
    },
  },
  "charge.refund.updated": {
    outcome: "paid",
    make: async () => {
      const { buyer, refund } = await refunded();
      await world.act("cancel-refund", { refund });
      return { buyer, check: () => balance(buyer, 60) };
    },
  },
  "refund.failed": {
    outcome: "paid",
    make: async () => {
      const { buyer, refund, state } = await refunded();
      await world.deliver(buyer);
      await balance(buyer, 10);
      await world.act("fail-refund", { refund });
      return {
        buyer,
        check: async () => {
          await balance(buyer, 60);
          await state({ refunded_amount: 0 })();
        },
      };
    },
  },

  "charge.dispute.created": {
    outcome: "paid",
    make: async () => {
      const { buyer } = await disputed({ withdraws: false });
      return { buyer, check: async () => expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: true }) };
    },
  },
  "charge.dispute.funds_withdrawn": {
    outcome: "paid",
    make: async () => {
      const { buyer, state } = await disputed();
      return {
        buyer,
        check: async () => {
          expect(await moneyOf(buyer)).toMatchObject({ balance: 10, isFrozen: false, owed: 0 });
          await state({ dispute_state: "open" })();
        },
      };
    },
  },
  "charge.dispute.funds_reinstated": {
    outcome: "paid",
    make: async () => {
      const { buyer, dispute, state } = await disputed();
      await world.deliver(buyer);
      await balance(buyer, 10);
      await world.act("close-dispute", { dispute, status: "won" });
      return {
        buyer,
        check: async () => {
          await balance(buyer, 60);
          await state({ dispute_state: "none" })();
        },
      };
    },
  },
  "charge.dispute.updated": {
    outcome: "paid",
    make: async () => {
      const { buyer, dispute, state } = await disputed({ status: "warning_needs_response" });
      await world.act("update-dispute", { dispute, status: "warning_under_review" });
      // An inquiry takes nothing and stops nothing; it is told.
      return {
        buyer,
        check: async () => {
          expect(await moneyOf(buyer)).toMatchObject({ balance: 60, isFrozen: false });
          await state({ dispute_state: "open" })();
        },
      };
    },
  },
  "charge.dispute.closed": {
    outcome: "paid",
    make: async () => {
      const { buyer, dispute, state } = await disputed();
      await world.deliver(buyer);
      await world.act("close-dispute", { dispute, status: "lost" });
      return { buyer, check: state({ dispute_state: "lost" }) };
    },
  },
  "radar.early_fraud_warning.created": {
    outcome: "warned",
    make: async () => {
      const { buyer, paymentIntent, state } = await bought();
      await world.act("warn-of-fraud", { paymentIntent });
      return { buyer, check: state({ attention: expect.stringContaining("fraud") }) };
    },
  },

  "customer.subscription.created": {
    outcome: "active",
    make: async () => {
      const buyer = await world.buyer();
      await world.act("pay-session", { session: await checkOut(buyer, { plan: "premium" }) });
      return { buyer, check: async () => expect(await planOf(buyer)).toMatchObject({ plan: "premium" }) };
    },
  },
  "customer.subscription.updated": {
    outcome: "active",
    make: async () => {
      const { buyer, subscription, has } = await onPlan();
      await world.act("cancel-subscription", { subscription, when: "period_end" });
      return { buyer, check: has("pro") };
    },
  },
  "customer.subscription.deleted": {
    outcome: "canceled",
    make: async () => {
      const { buyer, subscription, has } = await onPlan();
      await world.act("cancel-subscription", { subscription });
      return { buyer, check: has("free") };
    },
  },
  "customer.subscription.paused": {
    outcome: "paused",
    make: async () => {
      const { buyer, subscription, has } = await onPlan();
      await world.act("pause-subscription", { subscription });
      return { buyer, check: has("free") };
    },
  },
  "customer.subscription.resumed": {
    outcome: "active",
    make: async () => {
      const { buyer, subscription, has } = await onPlan();
      await world.act("pause-subscription", { subscription });
      await world.deliver(buyer);
      await has("free")();
      await world.act("resume-subscription", { subscription });
      return { buyer, check: has("pro") };
    },
  },
  "customer.subscription.trial_will_end": {
    outcome: "trialing",
    make: async () => {
      const { buyer, subscription } = await onPlan();
      const { items } = await world.act<{ items: { data: [{ price: { id: string } }] } }>("find", { id: subscription });
      const other = await world.buyer();
      // Our checkouts have no trials; somebody may sell one at the dashboard all the same.
      const { id: session } = await world.call("/v1/checkout/sessions", {
        mode: "subscription",
        customer: other.customer,
        "line_items[0][price]": items.data[0].price.id,
        "line_items[0][quantity]": "1",
        "subscription_data[trial_period_days]": "2",
        success_url: "https://studio.test/",
      });
      await world.act("pay-session", { session });
      await world.take({ customer: buyer.customer });
      return { buyer: other, check: async () => expect(await planOf(other)).toMatchObject({ plan: "pro" }) };
    },
  },
  "customer.subscription.pending_update_applied": {
    outcome: "active",
    make: async () => {
      const { buyer, invoice, has } = await changing();
      await has("pro")();
      await world.act("pay-invoice", { invoice });
      return { buyer, check: has("premium") };
    },
  },
  "customer.subscription.pending_update_expired": {
    outcome: "active",
    make: async () => {
      const { buyer, has } = await changing();
      await world.act("advance", { ms: 24 * 3_600_000 });
      return { buyer, check: has("pro") };
    },
  },

  "invoice.paid": {
    outcome: "paid",
    make: async () => {
      const buyer = await world.buyer();
      await world.act("pay-session", { session: await checkOut(buyer, { plan: "pro" }) });
      return {
        buyer,
        check: async () => {
          expect(await planOf(buyer)).toMatchObject({ plan: "pro" });
          const { data } = JSON.parse((await buyer.get("/api/payments/history")).text);
          const receipt = expect.stringMatching(/^ch_/);
          const payment = { purpose: "plan", plan: "pro", status: "paid", amount: 7_99, credits: 0, receipt };
          expect(data).toContainEqual(expect.objectContaining(payment));
        },
      };
    },
  },
  "invoice_payment.paid": {
    outcome: "paid",
    make: async () => {
      const buyer = await world.buyer();
      await world.act("pay-session", { session: await checkOut(buyer, { plan: "pro" }) });
      return { buyer, check: async () => expect(await planOf(buyer)).toMatchObject({ plan: "pro" }) };
    },
  },
  "invoice.payment_failed": {
    outcome: "not_paid",
    make: async () => {
      const { buyer } = await late("card_declined");
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("past_due") };
    },
  },
  "invoice.payment_action_required": {
    outcome: "not_paid",
    make: async () => {
      const { buyer } = await late("authentication_required");
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("past_due") };
    },
  },
  "invoice.finalization_failed": {
    outcome: "not_paid",
    make: async () => {
      const { buyer, subscription } = await onPlan();
      await world.act("fail-next-finalization", { subscription });
      await world.act("renew-subscription", { subscription });
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("active") };
    },
  },
  "invoice.voided": {
    outcome: "not_paid",
    make: async () => {
      const { buyer, invoice } = await late("card_declined");
      await world.act("void-invoice", { invoice });
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("active") };
    },
  },
  "invoice.marked_uncollectible": {
    outcome: "not_paid",
    make: async () => {
      const { buyer, invoice } = await late("card_declined");
      await world.act("mark-invoice-uncollectible", { invoice });
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("active") };
    },
  },
  "invoice.overdue": {
    outcome: "not_paid",
    make: async () => {
      const { buyer, invoice } = await late("card_declined");
      await world.act("mark-invoice-overdue", { invoice });
      return { buyer, check: async () => expect(await statusOf(buyer)).toBe("past_due") };
    },
  },
  "invoice.upcoming": {
    outcome: "noted",
    make: async () => {
      const { buyer, subscription, has } = await onPlan();
      await world.act("announce-upcoming-invoice", { subscription });
      return { buyer, check: has("pro") };
    },
  },

  "payment_intent.created": {
    outcome: "ignored",
    make: async () => {
      const { buyer, state } = await ordered();
      return { buyer, check: state({ state: "pending" }) };
    },
  },
  "charge.succeeded": {
    outcome: "ignored",
    make: async () => {
      const { buyer, paymentIntent, state } = await ordered();
      await world.act("pay-intent", { paymentIntent });
      return { buyer, check: state({ state: "pending" }) };
    },
  },
};

async function statusOf(buyer: Buyer): Promise<string> {
  return JSON.parse((await buyer.get("/api/billing/subscription")).text).status;
}

describe("each event of Stripe's, alone", () => {
  it.each(Object.entries(rows))("%s", async (type, { outcome, make }) => {
    const { buyer, check } = await make();
    const taken = await world.take({ customer: buyer.customer });
    const delivery = taken.filter((one) => one.type === type).at(-1);
    if (delivery === undefined) throw new Error(`Stripe told of ${taken.map((one) => one.type).join(", ")}`);
    const reply = await world.post(delivery);
    expect([reply.status, reply.text]).toEqual([200, '{"received":true}']);
    await world.queue.deliverAll();
    expect(await storedEvents([delivery.eventId])).toEqual({ [delivery.eventId]: outcome });
    await check?.();
    // A repeat is the same event, and changes nothing.
    expect((await world.post(delivery, "/api/stripe/webhook")).status).toBe(200);
    expect(await world.queue.deliverAll()).toBe(0);
    await check?.();
  });
});

describe("objects of another system at the same account", () => {
  let customer = "";
  beforeAll(async () => {
    customer = (await world.call("/v1/customers", { email: "else@example.com" })).id;
  });

  it("are none of ours, whatever their metadata says", async () => {
    const buyer = await world.buyer();
    const order = await createIntent(buyer);
    const { id: paymentIntent } = await world.call("/v1/payment_intents", {
      amount: "999",
      currency: "usd",
      customer,
      "automatic_payment_methods[enabled]": "true",
    });
    await world.act("pay-intent", { paymentIntent });
    const [delivery] = await world.take({ customer, types: ["payment_intent.succeeded"] });
    if (delivery === undefined) throw new Error("nothing was told");
    await world.post(delivery);
    await world.queue.deliverAll();
    expect(await storedEvents([delivery.eventId])).toEqual({ [delivery.eventId]: "not_ours" });
    expect(await storedPayment(order.payment_id)).toMatchObject({ state: "pending" });
    await balance(buyer, 10);
  });

  it.each(["before our own PaymentIntent is known", "beside our own PaymentIntent"])(
    "that name an order of ours, %s, are shown to a person, and credit nothing",
    async (when) => {
      const buyer = await world.buyer();
      const order = await createIntent(buyer);
      if (when.startsWith("before")) {
        const unknown = "UPDATE payments SET state = 'created', payment_intent_id = NULL WHERE id = ?";
        await env.DB.prepare(unknown).bind(order.payment_id).run();
      }
      const { id: paymentIntent } = await world.call("/v1/payment_intents", {
        amount: "999",
        currency: "usd",
        customer,
        "automatic_payment_methods[enabled]": "true",
        "metadata[payment_id]": order.payment_id,
      });
      await world.act("pay-intent", { paymentIntent });
      for (const delivery of await world.take({ customer, types: ["payment_intent.succeeded"] }))
        await world.post(delivery);
      await world.queue.deliverAll();
      const stored = await storedPayment(order.payment_id);
      expect(stored.attention).toContain(`paid by the customer ${customer}`);
      await balance(buyer, 10);
    },
  );
});
