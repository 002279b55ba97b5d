import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readProblem } from "../support/api-client.ts";
import { watchDatabase } from "../support/broken-database.ts";
import { connectStripe, createIntent, type Delivery, moneyOf, storedEvents, storedPayment } from "../support/stripe.ts";

const world = connectStripe("webhooks");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function told() {
  const buyer = await world.buyer();
  const intent = await createIntent(buyer);
  await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
  const deliveries = await world.take({ customer: buyer.customer, types: ["payment_intent.succeeded"] });
  const [delivery] = deliveries;
  if (delivery === undefined) throw new Error("nothing was told");
  return { buyer, intent, delivery };
}

const forged = (event: string, how: string) => world.act<Delivery>("forge", { event, how });

describe("the signature", () => {
  it.each(["wrong_secret", "too_old", "too_far_ahead", "altered_body", "no_signature", "garbled_signature"])(
    "%s is refused, and nothing is stored",
    async (how) => {
      const { buyer, delivery } = await told();
      readProblem(await world.post(await forged(delivery.eventId, how)), "bad_signature");
      expect(await storedEvents([delivery.eventId])).toEqual({});
      expect(await world.queue.deliverAll()).toBe(0);
      expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    },
  );

  it("holds for five minutes of age and of hurry by our own clock, and not longer", async () => {
    const { delivery } = await told();
    const nowMs = Date.now();
    const at = async (offsetSeconds: number) => {
      vi.useFakeTimers({ toFake: ["Date"], now: nowMs + offsetSeconds * 1000 });
      return (await world.post(delivery)).status;
    };
    expect(await at(310)).toBe(400);
    expect(await at(-310)).toBe(400);
    expect(await at(295)).toBe(200);
    expect(await at(-295)).toBe(200);
  });

  it("may be of either of two secrets while one is being changed", async () => {
    const { buyer, delivery } = await told();
    const changing = connectStripe("webhooks", { STRIPE_WEBHOOK_SECRET: "whsec_new, whsec_stand_in" });
    expect((await changing.post(delivery)).status).toBe(200);
    await changing.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    const changed = connectStripe("webhooks", { STRIPE_WEBHOOK_SECRET: "whsec_new" });
    readProblem(await changed.post(delivery), "bad_signature");
  });

  it("of test money at a service of live money is answered, and nothing is done", async () => {
    const { buyer, delivery } = await told();
    const live = connectStripe("webhooks", { STRIPE_SECRET_KEY: "sk_live_stand_in" });
    expect((await live.post(delivery)).status).toBe(200);
    expect(await storedEvents([delivery.eventId])).toEqual({});
    expect(await live.queue.deliverAll()).toBe(0);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
  });
});

describe("an event", () => {
  it("that was stored before a crash is handled later, once: its dedupe is no part of the crash", async () => {
    const { buyer, delivery } = await told();
    await world.post(delivery);
    const database = watchDatabase();
    // Dies at every place of the way, one after the other; nothing of it is lost, and nothing comes twice.
    let call = 0;
    for (let isDone = false; !isDone; ) {
      call += 1;
      database.breakAt(call);
      await world.queue.deliver({
        queue: "shujaa-payments",
        body: { type: "provider_event", eventId: delivery.eventId },
        attempts: 1,
        delaySeconds: 0,
      });
      database.mend();
      isDone = (await storedEvents([delivery.eventId]))[delivery.eventId] === "paid";
      expect(call).toBeLessThan(40);
    }
    expect(call).toBeGreaterThan(5);
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, totalPurchased: 50 });
    await world.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60, totalPurchased: 50 });
  });

  it("is not lost when the queue takes no message", async () => {
    const { buyer, delivery } = await told();
    world.queue.breakDown();
    expect((await world.post(delivery)).status).toBe(200);
    world.queue.mend();
    await world.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    await world.queue.runCron();
    await world.queue.deliverAll();
    expect(await storedEvents([delivery.eventId])).toEqual({ [delivery.eventId]: "paid" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
  });

  it("that could not be stored is not answered with a yes, so that Stripe comes again", async () => {
    const { buyer, delivery } = await told();
    const database = watchDatabase();
    database.breakAt(1);
    expect((await world.post(delivery)).status).toBeGreaterThanOrEqual(500);
    database.mend();
    await world.post(delivery);
    await world.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
  });

  it("is tried again while Stripe does not answer", async () => {
    const { buyer, delivery } = await told();
    await world.post(delivery);
    await world.act("add-fault", { method: "GET", kind: "error", times: 2 });
    await world.queue.deliver();
    expect(await storedEvents([delivery.eventId])).toEqual({ [delivery.eventId]: null });
    await world.queue.deliverAll();
    expect(await storedEvents([delivery.eventId])).toEqual({ [delivery.eventId]: "paid" });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
  });

  it("is a hint: what it says is not believed, what Stripe has is", async () => {
    const buyer = await world.buyer();
    const intent = await createIntent(buyer);
    await world.act("decline-intent", { paymentIntent: intent.payment_intent_id });
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    const deliveries = await world.take({ customer: buyer.customer });
    const failed = deliveries.find(({ type }) => type === "payment_intent.payment_failed");
    const succeeded = deliveries.find(({ type }) => type === "payment_intent.succeeded");
    if (failed === undefined || succeeded === undefined) throw new Error("nothing was told");
    // The older one comes last, and days late.
    await world.post(succeeded);
    await world.queue.deliverAll();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 86_400_000 });
    await world.setTime(Date.now());
    await world.post(await world.act<Delivery>("resend", { event: failed.eventId }));
    await world.queue.deliverAll();
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "paid", failure_code: null });
    expect(await moneyOf(buyer)).toMatchObject({ balance: 60 });
    vi.useRealTimers();
    await world.setTime(Date.now());
  });

  it("of a success that comes after its refund credits what is left of it, and no more", async () => {
    const { buyer, intent, delivery } = await told();
    await world.act("refund", { paymentIntent: intent.payment_intent_id });
    const refunds = await world.take({ customer: buyer.customer });
    for (const one of refunds) await world.post(one);
    await world.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10, owed: 0 });
    await world.post(delivery);
    await world.queue.deliverAll();
    expect(await moneyOf(buyer)).toMatchObject({ balance: 10, owed: 0 });
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "paid", refunded_amount: 9_99 });
  });

  it("leaves its body to nobody's log", async () => {
    const { delivery } = await told();
    const lines: string[] = [];
    for (const level of ["log", "info", "warn", "error"] as const)
      vi.spyOn(console, level).mockImplementation((...words: unknown[]) => lines.push(words.map(String).join(" ")));
    await world.post(delivery);
    await world.queue.deliverAll();
    vi.restoreAllMocks();
    expect(lines.join("\n")).toContain("stripe_event");
    expect(lines.join("\n")).not.toContain("client_secret");
  });

  it("is kept as it came, for people to look into", async () => {
    const { delivery } = await told();
    await world.post(delivery);
    const body = await env.DB.prepare("SELECT body FROM provider_events WHERE id = ?")
      .bind(delivery.eventId)
      .first("body");
    expect(body).toBe(delivery.body);
  });
});
