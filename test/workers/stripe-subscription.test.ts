import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { subscriptionAnswer } from "../../src/contract/plans.ts";
import type { CardPayments } from "../../src/core/payments/cards/card-payments.ts";
import { syncSubscription } from "../../src/core/plans/sync-subscription.ts";
import { type Bindings, readEnv } from "../../src/env.ts";
import { systemContext } from "../../src/wiring.ts";
import { read, readPointers, readProblem } from "../support/api-client.ts";
import { paymentVariables } from "../support/payment-settings.ts";
import { type Buyer, checkOut, connectStripe, type Delivery, planOf, subscribed } from "../support/stripe.ts";

const world = connectStripe("subscription");
const day = 86_400_000;

afterEach(async () => {
  vi.useRealTimers();
  await world.setTime(Date.now());
  vi.useRealTimers();
});

const read200 = async (buyer: Buyer) => read(await buyer.get("/api/billing/subscription"), 200, subscriptionAnswer);
const periodEnd = async (subscription: string) =>
  (await world.act<{ items: { data: [{ current_period_end: number }] } }>("find", { id: subscription })).items.data[0]
    .current_period_end * 1000;

async function pass(ms: number): Promise<void> {
  await world.setTime(Date.now() + ms);
}

/** The rows of a tenant's payments for plans, oldest first. */
async function invoicesOf({ tenantId }: Buyer) {
  const query =
    "SELECT id, plan, state, amount, refunded_amount, attention FROM payments WHERE tenant_id = ? AND purpose = 'plan' ORDER BY created_at_ms, amount";
  return (
    await env.DB.prepare(query)
      .bind(tenantId)
      .all<{ id: string; plan: string; amount: number; refunded_amount: number; attention: string | null }>()
  ).results;
}

describe("a subscription", () => {
  it("by checkout gives the plan at once, and is told of as it is", async () => {
    const amina = await world.buyer();
    expect(await read200(amina)).toMatchObject({
      plan: "free",
      status: "active",
      provider: null,
      current_period_end: null,
    });
    const subscription = await subscribed(world, amina, "premium");
    const end = await periodEnd(subscription);
    expect(await read200(amina)).toEqual({
      plan: "premium",
      status: "active",
      current_period_end: new Date(end).toISOString(),
      customer_id: amina.customer,
      cancel_at_period_end: false,
      provider: "stripe",
      next: null,
    });
    expect(JSON.parse((await amina.get("/api/auth/me")).text).tenant.plan).toBe("premium");
    expect(await planOf(amina)).toMatchObject({ paidUntilMs: end, accessUntilMs: end + 3 * day });
    expect(await invoicesOf(amina)).toMatchObject([{ plan: "premium", amount: 19_99 }]);
  });

  it("is given by the return page alone when no webhook comes", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { plan: "pro" });
    await world.act("pay-session", { session });
    expect((await amina.get(`/billing/return?session_id=${session}`)).text).toContain("Your plan is on");
    expect(await planOf(amina)).toMatchObject({ plan: "pro" });
  });

  it("sells each plan at one price, made once, whoever asks first", async () => {
    const fresh = connectStripe("subscription-prices");
    const [amina, juma] = [await fresh.buyer(), await fresh.buyer()];
    await Promise.all([checkOut(amina, { plan: "pro" }), checkOut(juma, { plan: "pro" })]);
    await checkOut(amina, { plan: "pro" });
    const made = await fresh.act<{ body: string }[]>("list-requests", {
      pathPrefix: "/v1/prices",
      match: "lookup_key=",
    });
    const ids = await fresh.act<{ type: string }[]>("list-events", { types: ["price.created"] });
    expect(made.length).toBeGreaterThan(0);
    expect(ids).toHaveLength(1);
  });

  it("takes the price that was set up, and knows the plan by it", async () => {
    const { id: product } = await world.call("/v1/products", { name: "Pro, by hand" });
    const { id: price } = await world.call("/v1/prices", {
      currency: "usd",
      unit_amount: "999",
      product,
      "recurring[interval]": "month",
    });
    const other = connectStripe("subscription", { STRIPE_PRICE_PRO: price });
    const amina = await other.buyer();
    await subscribed(other, amina);
    expect(await planOf(amina)).toMatchObject({ plan: "pro" });
    expect(await invoicesOf(amina)).toMatchObject([{ plan: "pro", amount: 9_99 }]);
  });

  it("of a price that is no plan's gives no plan, and stands in no history", async () => {
    const { id: product } = await world.call("/v1/products", { name: "Coffee" });
    const { id: price } = await world.call("/v1/prices", {
      currency: "usd",
      unit_amount: "999",
      product,
      "recurring[interval]": "month",
    });
    const amina = await world.buyer();
    const { id: session } = await world.call("/v1/checkout/sessions", {
      mode: "subscription",
      customer: amina.customer,
      "line_items[0][price]": price,
      "line_items[0][quantity]": "1",
      success_url: "https://studio.test/",
    });
    await world.act("pay-session", { session });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    expect(await invoicesOf(amina)).toEqual([]);
  });
});

describe("a second subscription", () => {
  it("is refused, also while the news of the first is on its way", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { plan: "pro" });
    await world.act("pay-session", { session });
    // No webhook was delivered: the subscription is known to Stripe alone.
    const reply = await amina.post("/api/billing/checkout", { plan: "premium" });
    expect(readProblem(reply, "subscription_active").detail).toMatch(/pro plan.*Nothing was charged.*change/);
    expect(await planOf(amina)).toMatchObject({ plan: "pro" });
  });

  const lettersWritten = () =>
    env.DB.prepare("SELECT count(*) AS n FROM mails WHERE template = 'second_subscription'").first<number>("n");
  const statusesOf = async ({ tenantId }: Buyer) => {
    const query = "SELECT plan, status FROM subscriptions WHERE tenant_id = ? ORDER BY status, plan";
    return (await env.DB.prepare(query).bind(tenantId).all()).results;
  };
  const payBoth = async (one: "pro" | "premium", two: "pro" | "premium") => {
    const amina = await world.buyer();
    const pages = [await checkOut(amina, { plan: one }), await checkOut(amina, { plan: two })];
    for (const session of pages) await world.act("pay-session", { session });
    return amina;
  };
  const refundsOf = async (buyer: Buyer) =>
    (await invoicesOf(buyer)).map(({ plan, amount, refunded_amount: returned }) => [plan, returned === amount]).sort();

  it.each([
    ["of the same plan the first stays", "pro", "pro", "pro"],
    ["of two plans the higher one stays", "premium", "pro", "premium"],
    ["of two plans the higher one stays, if it was the second, too", "pro", "premium", "premium"],
  ] as const)("of two pages that were open at once is ended and refunded: %s", async (_, one, two, kept) => {
    const letters = (await lettersWritten()) ?? 0;
    const amina = await payBoth(one, two);
    const deliveries = await world.deliver(amina);
    expect((await read200(amina)).plan).toBe(kept);
    const ended = kept === one ? two : one;
    const told = async () => [await refundsOf(amina), await statusesOf(amina), await lettersWritten()];
    const right = [
      [
        [ended, true],
        [kept, false],
      ].sort(),
      [
        { plan: kept, status: "active" },
        { plan: ended, status: "canceled" },
      ],
      letters + 1,
    ];
    expect(await told()).toEqual(right);
    for (const delivery of deliveries) await world.post(delivery);
    await world.deliver(amina);
    expect(await told()).toEqual(right);
    expect((await invoicesOf(amina)).map(({ attention }) => attention)).toEqual([null, null]);
  });

  it("that is paid by the second page is the same one whichever invoice is heard of first, and both at once", async () => {
    const amina = await payBoth("pro", "pro");
    const deliveries = (await world.take({ customer: amina.customer })).reverse();
    await Promise.all(deliveries.map((delivery) => world.post(delivery)));
    await world.queue.deliverAll();
    await world.deliver(amina);
    expect(await refundsOf(amina)).toEqual([
      ["pro", false],
      ["pro", true],
    ]);
    expect((await statusesOf(amina)).map(({ status }) => status)).toEqual(["active", "canceled"]);
  });

  it("whose money went back already by another way is a person's to end", async () => {
    const amina = await payBoth("pro", "pro");
    const deliveries = await world.take({ customer: amina.customer });
    const paymentIntent = deliveries.findLast(({ type }) => type === "payment_intent.succeeded")?.object;
    await world.act("refund", { paymentIntent });
    for (const delivery of deliveries) await world.post(delivery);
    await world.queue.deliverAll();
    expect((await statusesOf(amina)).map(({ status }) => status)).toEqual(["active", "active"]);
    const told = (await invoicesOf(amina)).flatMap(({ attention }) => (attention === null ? [] : [attention]));
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toContain("two subscriptions");
  });

  it("can be had once the first has ended", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    await world.act("cancel-subscription", { subscription });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    await checkOut(amina, { plan: "pro" });
  });
});

describe("time", () => {
  it("renews: each invoice stands in the history once, and the plan goes on", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    const first = await periodEnd(subscription);
    await pass(first - Date.now() + 2 * 3_600_000);
    await world.act("settle-due");
    const second = await periodEnd(subscription);
    expect(second).toBeGreaterThan(first);
    const deliveries = await world.deliver(amina);
    for (const delivery of deliveries.toReversed()) await world.post(delivery);
    await world.queue.deliverAll();
    expect(await planOf(amina)).toMatchObject({ plan: "pro", paidUntilMs: second });
    expect(await invoicesOf(amina)).toHaveLength(2);
  });

  it("is not lost when all webhooks of a renewal are: the cron reads what was to renew", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    await pass((await periodEnd(subscription)) - Date.now() + 2 * 3_600_000);
    await world.act("settle-due");
    await world.take({ customer: amina.customer });
    await world.queue.runCron();
    expect(await planOf(amina)).toMatchObject({ plan: "pro", paidUntilMs: await periodEnd(subscription) });
  });

  it("that is not paid ends in three days of grace, and paying brings the plan back", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    const end = await periodEnd(subscription);
    await world.act("set-card", { customer: amina.customer, mood: "card_declined" });
    await pass(end - Date.now() + 2 * 3_600_000);
    await world.act("settle-due");
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "pro", paidUntilMs: end, accessUntilMs: end + 3 * day });
    await pass(3 * day);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    const { latest_invoice: invoice } = await world.act<{ latest_invoice: string }>("find", { id: subscription });
    await world.act("pay-invoice", { invoice });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "pro" });
  });

  it("that was given up ends the plan for good", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    await world.act("set-card", { customer: amina.customer, mood: "insufficient_funds" });
    await pass(70 * day);
    await world.act("settle-due");
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    const { status } = await world.act<{ status: string }>("find", { id: subscription });
    expect(status).toBe("canceled");
  });

  it("brings no plan back by news that are old: what is read is what counts", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    await world.act("cancel-subscription", { subscription });
    const events = await world.act<{ id: string }[]>("list-events", { customer: amina.customer, object: subscription });
    await world.deliver(amina);
    await env.DB.prepare("DELETE FROM provider_events").run();
    for (const { id } of events) await world.post(await world.act("resend", { event: id }));
    await world.queue.deliverAll();
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
  });
});

describe("a reading of a subscription", () => {
  it("that began before another was written does not undo it: it reads again", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    const context = systemContext(
      readEnv({ ...(env as Bindings), ...paymentVariables("http://stripe-subscription.test", "http://daraja.test") }),
      "a test",
    );
    const { cards } = context.deps;
    if (cards === null) throw new Error("cards are set up");
    const gate = Promise.withResolvers<void>();
    const hasRead = Promise.withResolvers<void>();
    const reads: string[] = [];
    const plans: string[] = [];
    const slowCards: CardPayments = {
      ...cards,
      async readSubscription(id) {
        plans.push((await planOf(amina)).plan);
        const facts = await cards.readSubscription(id);
        reads.push(facts?.status ?? "gone");
        hasRead.resolve();
        await gate.promise;
        return facts;
      },
    };
    const slow = syncSubscription({ ...context, deps: { ...context.deps, cards: slowCards } }, subscription);
    await hasRead.promise;
    await world.act("cancel-subscription", { subscription });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    gate.resolve();
    expect(await slow).toBe("canceled");
    expect(reads).toEqual(["active", "canceled"]);
    // Not even between its two readings was the plan what the first had seen.
    expect(plans).toEqual(["pro", "free"]);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    expect((await read200(amina)).plan).toBe("free");
  });

  it("at once with many others is written as the last of them has it", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    const events = await world.act<{ id: string }[]>("list-events", { object: subscription });
    await env.DB.prepare("DELETE FROM provider_events").run();
    for (const { id } of events) await world.post(await world.act("resend", { event: id }));
    const working = Promise.all([...world.queue.waiting].map((message) => world.queue.deliver(message)));
    await world.act("cancel-subscription", { subscription });
    await working;
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
  });
});

describe("a change of plan", () => {
  it("up is charged at once for what is left of the month, and gives the plan", async () => {
    const amina = await world.buyer();
    await subscribed(world, amina);
    const answer = read(await amina.post("/api/billing/change", { plan: "premium" }), 200, subscriptionAnswer);
    expect(answer).toMatchObject({ plan: "premium", status: "active", provider: "stripe" });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "premium" });
    const [first, second] = await invoicesOf(amina);
    expect(first).toMatchObject({ plan: "pro", amount: 7_99 });
    expect(second).toMatchObject({ plan: "premium" });
    expect(second?.amount).toBeGreaterThan(11_00);
    expect(second?.amount).toBeLessThanOrEqual(12_00);
  });

  it("down is credited for the months to come, and up and down again mints nothing", async () => {
    const amina = await world.buyer();
    await subscribed(world, amina, "premium");
    const balance = async () => JSON.parse((await amina.get("/api/credits/balance")).text).balance;
    const before = await balance();
    for (const plan of ["pro", "premium", "pro"]) {
      expect((await amina.post("/api/billing/change", { plan })).status).toBe(200);
      await world.deliver(amina);
      expect((await read200(amina)).plan).toBe(plan);
    }
    expect(await balance()).toBe(before);
  });

  it("that the card does not pay changes nothing", async () => {
    const amina = await world.buyer();
    await subscribed(world, amina);
    await world.act("set-card", { customer: amina.customer, mood: "card_declined" });
    const answer = read(await amina.post("/api/billing/change", { plan: "premium" }), 200, subscriptionAnswer);
    expect(answer).toMatchObject({ plan: "pro", status: "active" });
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "pro" });
    expect(await invoicesOf(amina)).toHaveLength(1);
  });

  it("is refused without a subscription, to the same plan, and to what is not for sale", async () => {
    const amina = await world.buyer();
    readProblem(await amina.post("/api/billing/change", { plan: "pro" }), "no_subscription");
    readProblem(await amina.post("/api/billing/cancel"), "no_subscription");
    await subscribed(world, amina);
    readProblem(await amina.post("/api/billing/change", { plan: "pro" }), "subscription_active");
    expect(readPointers(await amina.post("/api/billing/change", { plan: "enterprise" }))).toEqual(["/plan"]);
  });
});

describe("a cancellation", () => {
  it("keeps the plan until its end, without grace, and is told", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    const end = await periodEnd(subscription);
    const answer = read(await amina.post("/api/billing/cancel"), 200, subscriptionAnswer);
    expect(answer).toMatchObject({ plan: "pro", status: "active", cancel_at_period_end: true });
    // Again changes nothing more.
    expect(read(await amina.post("/api/billing/cancel"), 200, subscriptionAnswer)).toEqual(answer);
    expect(await planOf(amina)).toMatchObject({ plan: "pro", accessUntilMs: end });
    await pass(end - Date.now() + 1_000);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
    await world.act("settle-due");
    await world.deliver(amina);
    expect(await planOf(amina)).toMatchObject({ plan: "free" });
  });

  it("that is taken back in the portal is taken back here", async () => {
    const amina = await world.buyer();
    const subscription = await subscribed(world, amina);
    await amina.post("/api/billing/cancel");
    await world.act("keep-subscription", { subscription });
    await world.deliver(amina);
    expect(await read200(amina)).toMatchObject({ plan: "pro", cancel_at_period_end: false });
  });
});

describe("the money of an invoice", () => {
  it("that went back before the invoice was told of is not forgotten", async () => {
    const amina = await world.buyer();
    await world.act("pay-session", { session: await checkOut(amina, { plan: "pro" }) });
    const [succeeded] = await world.act<{ data: { object: { id: string } } }[]>("list-events", {
      customer: amina.customer,
      types: ["payment_intent.succeeded"],
    });
    await world.act("refund", { paymentIntent: succeeded?.data.object.id });
    const deliveries = await world.take({ customer: amina.customer });
    const isOf = (type: string) => (delivery: Delivery) => delivery.type === type;
    // Nobody knows the payment yet when its refund is told; of the rest nothing comes but the invoice.
    for (const delivery of [...deliveries.filter(isOf("refund.created")), ...deliveries.filter(isOf("invoice.paid"))]) {
      await world.post(delivery);
      await world.queue.deliverAll();
    }
    const { data } = JSON.parse((await amina.get("/api/payments/history")).text);
    expect(data).toContainEqual(
      expect.objectContaining({ purpose: "plan", plan: "pro", status: "refunded", refunded_amount: 7_99 }),
    );
  });
});
