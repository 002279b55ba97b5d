import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newClient, readProblem } from "../support/api-client.ts";
import { watchDatabase } from "../support/broken-database.ts";
import { type Buyer, checkOut, connectStripe, createIntent, moneyOf, storedPayment } from "../support/stripe.ts";

/** Every webhook of these is lost: what heals them is the cron, and whoever asks. */
const world = connectStripe("heal");
const minute = 60_000;
const hour = 60 * minute;

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await world.setTime(Date.now());
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  await world.setTime(Date.now() + ms);
  await world.queue.runCron();
}

const statusAtStripe = async (id: string) => (await world.act<{ status: string }>("find", { id })).status;

/** Until Stripe has been called there, and lets the caller wait. */
async function untilAsked(pathPrefix: string): Promise<void> {
  await vi.waitFor(async () => expect(await world.act("list-requests", { pathPrefix })).not.toEqual([]), 5_000);
}

/** The order that a key of the buyer's names, which no answer has told of. */
const orderOf = async ({ tenantId }: Buyer) => {
  const query = "SELECT id FROM payments WHERE tenant_id = ? ORDER BY created_at_ms DESC, id DESC LIMIT 1";
  return storedPayment((await env.DB.prepare(query).bind(tenantId).first<string>("id")) ?? "");
};

describe("a payment whose webhooks are all lost", () => {
  it("is found paid at the first check", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    await pass(1 * minute);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "pending" });
    await pass(1 * minute);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "paid", next_check_at_ms: null });
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("by checkout, too", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { package_id: "starter" });
    await world.act("pay-session", { session });
    await pass(2 * minute);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("is found by whoever looks at it, not more than every 15 seconds", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    const look = async () => JSON.parse((await amina.get(`/api/payments/${intent.payment_id}`)).text).status;
    expect(await look()).toBe("pending");
    await world.setTime(Date.now() + 15_000);
    await world.act("add-fault", {
      pathPrefix: `/v1/payment_intents/${intent.payment_intent_id}`,
      kind: "error",
      times: 2,
    });
    // Stripe does not answer: what we know is told.
    expect(await look()).toBe("pending");
    expect(await look()).toBe("pending");
    await world.setTime(Date.now() + 15_000);
    expect(await look()).toBe("paid");
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("that nobody pays is ended at Stripe after a day, and then here", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    const session = await checkOut(amina, { package_id: "starter" });
    for (const ms of [2 * minute, 8 * minute, 50 * minute, 5 * hour]) await pass(ms);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "pending" });
    expect(await statusAtStripe(intent.payment_intent_id)).toBe("requires_payment_method");
    await pass(18 * hour);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "expired", next_check_at_ms: null });
    expect(await statusAtStripe(intent.payment_intent_id)).toBe("canceled");
    expect(await statusAtStripe(session)).toBe("expired");
    expect(await orderOf(amina)).toMatchObject({ checkout_session_id: session, state: "expired" });
  });

  it("that was declined is ended too, so that nobody pays it a year later", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    await world.act("decline-intent", { paymentIntent: intent.payment_intent_id });
    await pass(25 * hour);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "failed", next_check_at_ms: null });
    expect(await statusAtStripe(intent.payment_intent_id)).toBe("canceled");
  });

  it("that is paid at the very moment of its end is paid: what Stripe does not cancel is read again", async () => {
    const amina = await world.buyer();
    const { payment_id: id, payment_intent_id: paymentIntent } = await createIntent(amina);
    await world.setTime(Date.now() + 25 * hour);
    await world.act("add-fault", { pathPrefix: `/v1/payment_intents/${paymentIntent}/cancel`, kind: "never_answers" });
    const cron = world.queue.runCron();
    await untilAsked(`/v1/payment_intents/${paymentIntent}/cancel`);
    await world.act("pay-intent", { paymentIntent });
    await world.act("clear-faults");
    await cron;
    expect(await storedPayment(id)).toMatchObject({ state: "paid" });
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("whose end Stripe does not answer for is ended later, and is no less open until then", async () => {
    const amina = await world.buyer();
    const { payment_id: id, payment_intent_id: paymentIntent } = await createIntent(amina);
    await world.act("add-fault", {
      pathPrefix: `/v1/payment_intents/${paymentIntent}/cancel`,
      kind: "error",
      times: 2,
    });
    await pass(25 * hour);
    expect(await storedPayment(id)).toMatchObject({ state: "pending" });
    await pass(10 * minute);
    expect(await storedPayment(id)).toMatchObject({ state: "expired", next_check_at_ms: null });
  });

  it("that a bank works on is asked about every day, for a month, and then by a person", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    await world.act("process-intent", { paymentIntent: intent.payment_intent_id });
    await pass(25 * hour);
    const { next_check_at_ms: next } = await storedPayment(intent.payment_id);
    expect(next).toBe(Date.now() + 24 * hour);
    await pass(29 * 24 * hour);
    expect(await storedPayment(intent.payment_id)).toMatchObject({
      state: "failed",
      next_check_at_ms: null,
      attention: expect.stringContaining("a month"),
    });
    await world.act("settle-intent", { paymentIntent: intent.payment_intent_id });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("keeps nobody else from being healed when it cannot be", async () => {
    const [amina, juma] = [await world.buyer(), await world.buyer()];
    const [one, other] = [await createIntent(amina), await createIntent(juma)];
    for (const { payment_intent_id: paymentIntent } of [one, other]) await world.act("pay-intent", { paymentIntent });
    await world.act("add-fault", {
      pathPrefix: `/v1/payment_intents/${one.payment_intent_id}`,
      kind: "error",
      times: 2,
    });
    await pass(2 * minute);
    expect(await moneyOf(juma)).toMatchObject({ balance: 60 });
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
    await pass(8 * minute);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });
});

describe("an order that dies on its way", () => {
  it("at any call of the database is the same order for its repeat, and one PaymentIntent", async () => {
    const amina = await world.buyer();
    const headers = { "Idempotency-Key": "every-step" };
    const ask = () => amina.post("/api/payments/create-intent", { package_id: "starter" }, headers);
    const database = watchDatabase();
    let call = 0;
    for (let status = 0; status !== 201; ) {
      call += 1;
      expect(call).toBeLessThan(40);
      database.breakAt(call);
      status = (await ask()).status;
      database.mend();
      // Who claimed the key and died holds it for a while.
      await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'every-step' AND status IS NULL").run();
    }
    expect(call).toBeGreaterThan(6);
    const made = await world.take({ customer: amina.customer, types: ["payment_intent.created"] });
    expect(made).toHaveLength(1);
    const rows = await env.DB.prepare("SELECT count(*) AS rows FROM payments WHERE tenant_id = ?")
      .bind(amina.tenantId)
      .first("rows");
    // The order that made the customer, and this one.
    expect(rows).toBe(2);
  });

  it.each(["error", "error_kept", "rate_limited", "dropped"])(
    "at Stripe (%s) says that nothing was charged, and is over after an hour",
    async (kind) => {
      const amina = await world.buyer();
      const match = amina.customer;
      await world.act("add-fault", { pathPrefix: "/v1/payment_intents", method: "POST", kind, times: 2, match });
      const reply = await amina.post("/api/payments/create-intent", { package_id: "starter" });
      expect(readProblem(reply, "service_unavailable").detail).toContain("Nothing was charged");
      expect(await orderOf(amina)).toMatchObject({ state: "created", payment_intent_id: null });
      await pass(2 * minute);
      expect(await orderOf(amina)).toMatchObject({ state: "created" });
      await pass(58 * minute);
      expect(await orderOf(amina)).toMatchObject({ state: "expired", next_check_at_ms: null });
    },
  );

  it("because the key is not right is our fault, and said so", async () => {
    const amina = await world.buyer();
    const wrong = connectStripe("heal", { STRIPE_SECRET_KEY: "sk_test_of_somebody_else" });
    const client = newClient({ send: wrong.send, token: amina.token });
    readProblem(await client.post("/api/payments/create-intent", { amount: 100 }), "service_unavailable");
  });
});
