import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { checkoutAnswer, portalAnswer } from "../../src/contract/checkout.ts";
import { paymentAnswer } from "../../src/contract/payments.ts";
import { newClient, read, readPointers, readProblem } from "../support/api-client.ts";
import { checkOut, connectStripe, moneyOf, storedPayment, subscribed } from "../support/stripe.ts";

const world = connectStripe("checkout");
const visitor = newClient({ send: world.send });

afterEach(async () => {
  vi.useRealTimers();
  await world.setTime(Date.now());
  vi.useRealTimers();
});

const orderOf = async (session: string) =>
  storedPayment(
    (await env.DB.prepare("SELECT id FROM payments WHERE checkout_session_id = ?").bind(session).first<string>("id")) ??
      "",
  );

describe("a package by checkout", () => {
  it("is paid on Stripe's page, whose return page credits it at once and says so", async () => {
    const amina = await world.buyer();
    const answer = read(await amina.post("/api/billing/checkout", { package_id: 2 }), 200, checkoutAnswer);
    const payment = async () => read(await amina.get(`/api/payments/${answer.payment_id}`), 200, paymentAnswer);
    expect(await payment()).toMatchObject({ provider: "stripe", status: "pending", package_id: "pro" });
    expect(answer.checkout_url).toBe(`http://stripe-checkout.test/c/pay/${answer.session_id}`);
    const session = await world.act<{ success_url: string; cancel_url: string; amount_total: number }>("pay-session", {
      session: answer.session_id,
    });
    expect(session.amount_total).toBe(24_99);
    expect(session.success_url).toBe("https://studio.test/billing/return?session_id={CHECKOUT_SESSION_ID}");
    const page = await visitor.get(`/billing/return?session_id=${answer.session_id}`);
    expect(page.text).toContain("160 credits are in your account");
    expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(await moneyOf(amina)).toMatchObject({ balance: 170 });
    // The webhooks come all the same, and so does a curious one who opens the page again.
    await world.deliver(amina);
    await visitor.get(`/billing/return?session_id=${answer.session_id}`);
    expect(await moneyOf(amina)).toMatchObject({ balance: 170 });
    expect(await orderOf(answer.session_id)).toMatchObject({ state: "paid", receipt: expect.stringMatching(/^ch_/) });
    expect(await payment()).toMatchObject({ status: "paid", credits: 160 });
  });

  it("may be an amount of one's own, at USD 0.20 a credit", async () => {
    const amina = await world.buyer();
    const ask = (amount: number, key: string) =>
      amina.post("/api/billing/checkout", { amount }, { "Idempotency-Key": key });
    const answer = read(await ask(7_40, "own"), 200, checkoutAnswer);
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'own'").run();
    expect(read(await ask(7_40, "own"), 200, checkoutAnswer)).toEqual(answer);
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'own'").run();
    readProblem(await ask(7_60, "own"), "idempotency_key_reused");
    const session = await world.act<{ amount_total: number }>("pay-session", { session: answer.session_id });
    expect(session.amount_total).toBe(7_40);
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 47 });
    expect(read(await amina.get(`/api/payments/${answer.payment_id}`), 200, paymentAnswer)).toMatchObject({
      purpose: "amount",
      status: "paid",
      amount: 7_40,
      currency: "USD",
      credits: 37,
    });
  });

  it.each([
    ["not a whole number of credits", 7_41],
    ["more than is sold at a time", 2_000_20],
    ["less than Stripe takes by card", 40],
  ])("is no amount that is %s", async (_name, amount) => {
    const amina = await world.buyer();
    expect(readPointers(await amina.post("/api/billing/checkout", { amount }))).toEqual(["/amount"]);
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
  });

  it("with the same key is the same page, also after a lost answer", async () => {
    const amina = await world.buyer();
    await world.act("add-fault", {
      pathPrefix: "/v1/checkout/sessions",
      method: "POST",
      kind: "answer_lost",
      times: 2,
    });
    const ask = () => amina.post("/api/stripe/checkout", { package_id: "starter" }, { "Idempotency-Key": "again" });
    readProblem(await ask(), "service_unavailable");
    const first = read(await ask(), 200, checkoutAnswer);
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'again'").run();
    expect(read(await ask(), 200, checkoutAnswer)).toEqual(first);
    await world.act("pay-session", { session: first.session_id });
    await env.DB.prepare("DELETE FROM idempotency_keys WHERE key = 'again'").run();
    readProblem(await ask(), "idempotency_key_reused");
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("by a slow way waits for the bank, and is credited when that says yes", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { package_id: "starter" });
    const { payment_intent: paymentIntent } = await world.act("pay-session-later", { session });
    const page = await visitor.get(`/billing/return?session_id=${session}`);
    expect(page.text).toContain("bank");
    expect(page.headers.get("Refresh")).toBe("5");
    await world.deliver(amina);
    expect(await orderOf(session)).toMatchObject({ state: "pending" });
    // Two days later: later than an order waits that nobody pays.
    await world.setTime(Date.now() + 2 * 86_400_000);
    await world.queue.runCron();
    expect(await orderOf(session)).toMatchObject({ state: "pending" });
    await world.act("settle-intent", { paymentIntent });
    await world.deliver(amina);
    expect(await orderOf(session)).toMatchObject({ state: "paid" });
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("that the bank refuses in the end has failed, and nothing asks for it any more", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { package_id: "starter" });
    const { payment_intent: paymentIntent } = await world.act("pay-session-later", { session });
    await world.act("settle-intent", { paymentIntent, outcome: "failed" });
    await world.deliver(amina);
    expect(await orderOf(session)).toMatchObject({ state: "failed" });
    expect((await visitor.get(`/billing/return?session_id=${session}`)).text).toContain("Nothing was charged");
    await world.setTime(Date.now() + 2 * 86_400_000);
    await world.queue.runCron();
    expect(await orderOf(session)).toMatchObject({ state: "failed", next_check_at_ms: null });
  });

  it("that was declined once is paid by another card on the same page", async () => {
    const amina = await world.buyer();
    const session = await checkOut(amina, { package_id: "starter" });
    await world.act("decline-session", { session });
    await world.deliver(amina);
    expect(await orderOf(session)).toMatchObject({ state: "failed" });
    await world.act("pay-session", { session });
    await world.deliver(amina);
    expect(await moneyOf(amina)).toMatchObject({ balance: 60 });
  });

  it("of another tenant's order is nothing of that order, whatever it calls itself", async () => {
    const [amina, juma] = [await world.buyer(), await world.buyer()];
    const order = await orderOf(await checkOut(amina, { package_id: "starter" }));
    await env.DB.prepare("UPDATE payments SET checkout_session_id = NULL WHERE id = ?").bind(order.id).run();
    const { id: session } = await world.call("/v1/checkout/sessions", {
      mode: "payment",
      customer: juma.customer,
      client_reference_id: order.id,
      "line_items[0][price_data][currency]": "usd",
      "line_items[0][price_data][unit_amount]": "999",
      "line_items[0][price_data][product_data][name]": "50 credits",
      "line_items[0][quantity]": "1",
      success_url: "https://studio.test/",
    });
    await world.act("pay-session", { session });
    await world.deliver(juma);
    expect(await storedPayment(order.id)).toMatchObject({
      state: "pending",
      attention: null,
      checkout_session_id: null,
    });
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
    expect(await moneyOf(juma)).toMatchObject({ balance: 10 });
  });

  it("of someone at another system of the same Stripe account is nothing here", async () => {
    const { id: customer } = await world.call("/v1/customers", { email: "else@example.com" });
    const amina = await world.buyer();
    const order = await checkOut(amina, { package_id: "starter" });
    const { id: session } = await world.call("/v1/checkout/sessions", {
      mode: "payment",
      customer,
      client_reference_id: (await orderOf(order)).id,
      "line_items[0][price_data][currency]": "usd",
      "line_items[0][price_data][unit_amount]": "999",
      "line_items[0][price_data][product_data][name]": "50 credits",
      "line_items[0][quantity]": "1",
      success_url: "https://studio.test/",
    });
    await world.act("pay-session", { session });
    expect((await visitor.get(`/billing/return?session_id=${session}`)).text).toContain("no such checkout");
    expect((await visitor.get("/billing/return?session_id=cs_test_nothing")).text).toContain("no such checkout");
    expect(await orderOf(order)).toMatchObject({ state: "pending" });
    expect(await moneyOf(amina)).toMatchObject({ balance: 10 });
  });
});

describe("the pages of checkout", () => {
  it.each<[object, string[]]>([
    [{}, ["/plan"]],
    [{ plan: "pro", package_id: "pro" }, ["/plan"]],
    [{ plan: "enterprise" }, ["/plan"]],
    [{ plan: "free" }, ["/plan"]],
    [{ package_id: 5 }, ["/package_id"]],
    [{ package_id: 1, amount: 7_40 }, ["/plan"]],
    [{ amount: 0 }, ["/amount"]],
  ])("are not for %j", async (body, pointers) => {
    const amina = await world.buyer();
    expect(readPointers(await amina.post("/api/billing/checkout", body))).toEqual(pointers);
  });

  it("come back to a page that knows who left", async () => {
    expect((await visitor.get("/billing/return?left=1")).text).toContain("Nothing was charged");
    expect((await visitor.get("/billing/return?portal=1")).text).toContain("Welcome back");
  });

  it("and the portal open for whoever has an account", async () => {
    const amina = await world.buyer();
    const { portal_url: url } = read(await amina.post("/api/billing/portal"), 200, portalAnswer);
    expect(url).toMatch(/^http:\/\/stripe-checkout\.test\/p\/session\//);
  });

  it("lead to PUBLIC_URL where one is set", async () => {
    const other = connectStripe("checkout", { PUBLIC_URL: "https://shujaa.example/" });
    const amina = await other.buyer();
    const session = await world.act<{ success_url: string }>("find", { id: await checkOut(amina, { package_id: 1 }) });
    expect(session.success_url).toBe("https://shujaa.example/billing/return?session_id={CHECKOUT_SESSION_ID}");
  });

  it("never name the ways to pay, which Stripe refuses since 2026", async () => {
    const amina = await world.buyer();
    await checkOut(amina, { package_id: "starter" });
    await subscribed(world, amina);
    const calls = await world.act<{ body: string }[]>("list-requests", { match: amina.customer });
    expect(calls.length).toBeGreaterThan(2);
    for (const { body } of calls) expect(body).not.toContain("payment_method_types");
  });
});
