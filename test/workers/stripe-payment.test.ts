import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { intentAnswer } from "../../src/contract/payments.ts";
import { newClient, read, readPointers, readProblem } from "../support/api-client.ts";
import { confirm, connectStripe, createIntent, moneyOf, storedPayment } from "../support/stripe.ts";

const world = connectStripe("payment");

describe("a payment by card", () => {
  it("is ordered, paid, told by webhook and credited, with what it bought", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina, { package_id: "pro" });
    expect(intent).toMatchObject({ amount: 24_99, currency: "USD", credits: 160 });
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 170, totalPurchased: 150 });
    const payment = JSON.parse((await amina.get(`/api/payments/${intent.payment_id}`)).text);
    expect(payment).toMatchObject({ status: "paid", amount: 24_99, credits: 160, package_id: "pro" });
    expect(payment.receipt).toMatch(/^ch_/);
    const query = "SELECT action, actor FROM audit_log WHERE target = ? ORDER BY created_at_ms, action DESC";
    const { results } = await env.DB.prepare(query).bind(intent.payment_id).all();
    expect(results).toEqual([
      { action: "payment.start", actor: amina.session.user.id },
      { action: "payment.paid", actor: "system" },
    ]);
  });

  it("is credited by the confirm call alone when no webhook comes", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina, { amount: 60 });
    expect(await confirm(amina, intent.payment_intent_id)).toMatchObject({ status: "pending" });
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    expect(await confirm(amina, intent.payment_intent_id)).toMatchObject({ status: "paid", credits: 3 });
    expect(await moneyOf(amina)).toMatchObject({ balance: 13 });
  });

  it("that was declined says so kindly, and is paid by another card all the same", async () => {
    const amina = await world.buyer();
    const { payment_intent_id: paymentIntent } = await createIntent(amina);
    await world.act("decline-intent", { paymentIntent, code: "expired_card" });
    const declined = await confirm(amina, paymentIntent);
    expect(declined).toMatchObject({ status: "failed", failure: { code: "expired_card", retryable: true } });
    expect(declined.failure?.message).toMatch(/expired.*Nothing was charged/);
    await world.act("pay-intent", { paymentIntent });
    expect(await confirm(amina, paymentIntent)).toMatchObject({ status: "paid" });
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("of another tenant is not there: not to confirm, not to read, not in the list", async () => {
    const [amina, juma] = [await world.buyer(), await world.buyer()];
    const intent = await createIntent(amina);
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    const body = { payment_intent_id: intent.payment_intent_id };
    readProblem(await juma.post("/api/payments/confirm", body), "not_found");
    readProblem(await juma.post("/stripe/confirm", body), "not_found");
    readProblem(await juma.get(`/api/payments/${intent.payment_id}`), "not_found");
    expect((await juma.get("/api/payments/history")).text).not.toContain(intent.payment_id);
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "pending" });
    expect(await moneyOf(juma)).toMatchObject({ balance: 10 });
  });

  it.each<[string, object, string[]]>([
    ["no package and no amount", {}, ["/package_id"]],
    ["both", { package_id: "pro", amount: 100 }, ["/package_id"]],
    ["an amount that buys no whole credits", { amount: 30 }, ["/amount"]],
    ["more than 10,000 credits", { amount: 200_020 }, ["/amount"]],
    ["a package that is none", { package_id: "huge" }, ["/package_id"]],
    ["a price of one's own", { package_id: "pro", price: 1 }, ["/price"]],
  ])("of %s is refused, and asks Stripe for nothing", async (_name, body, pointers) => {
    const amina = await world.buyer();
    expect(readPointers(await amina.post("/api/payments/create-intent", body))).toEqual(pointers);
    expect(await world.act("take-deliveries", { customer: amina.customer })).toEqual([]);
  });

  it("of less than Stripe takes is refused in words, though our price list knows it", async () => {
    const amina = await world.buyer();
    const reply = await amina.post("/api/payments/create-intent", { amount: 40 });
    expect(readProblem(reply, "validation_failed").detail).toContain("USD 0.50");
  });
});

describe("the same order again", () => {
  it("with its key is the same PaymentIntent, whatever became of the answer", async () => {
    const amina = await world.buyer();
    await world.act("add-fault", { pathPrefix: "/v1/payment_intents", method: "POST", kind: "answer_lost", times: 2 });
    const body = { package_id: "starter" };
    readProblem(
      await amina.post("/api/payments/create-intent", body, { "Idempotency-Key": "lost-answer" }),
      "service_unavailable",
    );
    const intent = await createIntent(amina, body, "lost-answer");
    const made = await world.take({ customer: amina.customer, types: ["payment_intent.created"] });
    expect(made.map(({ object }) => object)).toEqual([intent.payment_intent_id]);
    expect(await createIntent(amina, body, "lost-answer")).toEqual(intent);
  });

  it("is found by a webhook that is faster than our own answer, and credited once", async () => {
    const amina = await world.buyer();
    await world.act("add-fault", { pathPrefix: "/v1/payment_intents", method: "POST", kind: "answer_lost", times: 2 });
    readProblem(
      await amina.post("/api/payments/create-intent", { package_id: "starter" }, { "Idempotency-Key": "overtaken" }),
      "service_unavailable",
    );
    const [made] = await world.take({ customer: amina.customer, types: ["payment_intent.created"] });
    await world.act("pay-intent", { paymentIntent: made?.object });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
    const intent = await createIntent(amina, { package_id: "starter" }, "overtaken");
    expect(intent.payment_intent_id).toBe(made?.object);
    expect(await confirm(amina, intent.payment_intent_id)).toMatchObject({ status: "paid" });
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("is one order when two ask at once, and the row was written by neither", async () => {
    const amina = await world.buyer();
    const ask = () => amina.post("/api/payments/create-intent", { amount: 100 }, { "Idempotency-Key": "twice" });
    const replies = await Promise.all([ask(), ask(), ask()]);
    const ids = replies
      .filter(({ status }) => status === 201)
      .map((reply) => read(reply, 201, intentAnswer).payment_intent_id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(1);
  });

  it("is refused once its time is over, and for another order", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina, { package_id: "starter" }, "over");
    await world.act("cancel-intent", { paymentIntent: intent.payment_intent_id });
    await world.deliver(amina);
    // As after a crash: the answer to the key was never kept.
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'over'").run();
    const again = (body: object) => amina.post("/api/payments/create-intent", body, { "Idempotency-Key": "over" });
    expect(readProblem(await again({ package_id: "starter" }), "idempotency_key_reused").detail).toContain("over");
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'over'").run();
    expect(readProblem(await again({ package_id: "pro" }), "idempotency_key_reused").detail).toContain("another order");
  });
});

describe("money that did not move as it was ordered", () => {
  it("is credited to nobody, told to a person once, and to the payer in words", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    // The order's price is ours: whoever changes what Stripe is to collect changes nothing of it.
    await world.call(`/v1/payment_intents/${intent.payment_intent_id}`, { amount: "100" });
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
    const payment = await confirm(amina, intent.payment_intent_id);
    expect(payment).toMatchObject({ status: "failed", failure: { code: "under_review", retryable: false } });
    const stored = await storedPayment(intent.payment_id);
    expect(stored.attention).toContain("100 USD, the order is over 999 USD");
    expect(stored.next_check_at_ms).toBeNull();
  });

  it("in another currency is no more than that", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina, { amount: 10_000 });
    await world.call(`/v1/payment_intents/${intent.payment_intent_id}`, { currency: "kes" });
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
    expect(await storedPayment(intent.payment_id)).toMatchObject({ state: "failed", failure_code: "under_review" });
  });
});

describe("100 webhooks of one payment, and its confirm calls, all at once", () => {
  it("credit once", async () => {
    const amina = await world.buyer();
    const intent = await createIntent(amina);
    await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
    const deliveries = await world.take({ customer: amina.customer });
    const succeeded = deliveries.find(({ type }) => type === "payment_intent.succeeded");
    if (succeeded === undefined) throw new Error("nothing was told");
    // As many messages as deliveries: the queue may hand over each of them more than once.
    const message = { type: "provider_event", eventId: succeeded.eventId };
    await world.post(succeeded);
    const repeats = Array.from({ length: 100 }, () => ({
      queue: "shujaa-payments",
      body: message,
      attempts: 1,
      delaySeconds: 0,
    }));
    await Promise.all([
      ...repeats.map((one) => world.queue.deliver(one)),
      ...Array.from({ length: 100 }, () => world.post(succeeded)),
      ...Array.from({ length: 3 }, () => confirm(amina, intent.payment_intent_id)),
    ]);
    await world.queue.deliverAll();
    expect(await moneyOf(amina)).toMatchObject({ balance: 60, totalPurchased: 50 });
    const query = "SELECT count(*) AS rows FROM audit_log WHERE target = ? AND action = 'payment.paid'";
    expect(await env.DB.prepare(query).bind(intent.payment_id).first("rows")).toBe(1);
  });
});

describe("Astella", () => {
  it("buys for whole dollars, and asks what became of it", async () => {
    const amina = await world.buyer();
    const reply = await amina.post("/purchase-credits", { amount: 10, payment_method: "stripe" });
    expect(reply.status).toBe(200);
    const { payment_id: id, payment_intent_id: paymentIntent, ...rest } = JSON.parse(reply.text);
    expect(rest).toEqual({ client_secret: expect.stringContaining("_secret_") });
    expect(await storedPayment(id)).toMatchObject({ amount: 10_00 });
    const ask = async () =>
      JSON.parse((await amina.post("/stripe/confirm", { payment_intent_id: paymentIntent })).text);
    expect(await ask()).toEqual({ status: "pending", credits_remaining: 10 });
    await world.act("decline-intent", { paymentIntent });
    expect(await ask()).toEqual({ status: "failed", credits_remaining: 10 });
    await world.act("pay-intent", { paymentIntent });
    expect(await ask()).toEqual({ status: "paid", credits_remaining: 60 });
  });
});

describe("a service without a Stripe key", () => {
  it("says so, and does the rest", async () => {
    const bare = connectStripe("none", { STRIPE_SECRET_KEY: "" });
    const amina = await world.buyer();
    const client = newClient({ send: bare.send, token: amina.token });
    const calls: [string, object?][] = [
      ["/api/payments/create-intent", { package_id: "pro" }],
      ["/api/payments/confirm", { payment_intent_id: "pi_1" }],
      ["/api/billing/checkout", { plan: "pro" }],
      ["/api/billing/checkout", { package_id: "pro" }],
      ["/api/billing/portal"],
      ["/api/billing/cancel"],
      ["/api/billing/change", { plan: "pro" }],
      ["/api/payments/webhook", {}],
      ["/purchase-credits", { amount: 10, payment_method: "stripe" }],
    ];
    for (const [path, body] of calls) readProblem(await client.post(path, body), "provider_not_configured");
    expect((await client.get("/api/payments/history")).status).toBe(200);
    expect((await client.get("/api/billing/subscription")).status).toBe(200);
    await bare.queue.runCron();
  });
});
