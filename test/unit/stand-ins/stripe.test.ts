/** The stand-in Stripe, driven by the real client: what it takes, what it refuses, and every event the product acts on. */
import { createServer } from "node:http";
import Stripe from "stripe";
import { afterEach, describe, expect, it } from "vitest";
import { bodies } from "../../stand-ins/stripe/bodies.ts";
import type { Delivery } from "../../stand-ins/stripe/mailbox.ts";
import { type ServedStripe, serve } from "../../stand-ins/stripe/serve.ts";
import { StandInStripe } from "../../stand-ins/stripe/stand-in-stripe.ts";
import { pathOf, type VerbName } from "../../stand-ins/stripe/verbs.ts";

const secretKey = "sk_test_of_the_tests";
const secrets = ["whsec_new", "whsec_old"];
const origin = "http://stripe.test";
const startMs = Date.UTC(2026, 10, 21, 9);
const [hourMs, dayMs] = [3_600_000, 86_400_000];

function newWorld(seed = 1) {
  const clock = { ms: startMs };
  const standIn = new StandInStripe({ now: () => clock.ms, secretKey, webhookSecrets: secrets, origin, seed });
  const fetchIt = (url: string | URL | Request, init?: RequestInit) => standIn.fetch(new Request(url, init));
  const stripe = new Stripe(secretKey, {
    httpClient: Stripe.createFetchHttpClient(fetchIt),
    maxNetworkRetries: 0,
    timeout: 500,
  });
  return { clock, standIn, stripe, fetchIt };
}

type World = ReturnType<typeof newWorld>;

const typesOf = (standIn: StandInStripe) => standIn.takeDeliveries().map(({ type }) => type);

async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`not refused: ${String(error)}`);
  const { statusCode: status, code, param, type, message } = error;
  return { status, code, param, type, message };
}

const backTo = { success_url: "https://shop.test/done?s={CHECKOUT_SESSION_ID}", cancel_url: "https://shop.test/cart" };

async function openPayment({ stripe }: World, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const customer = await stripe.customers.create({ email: "amina@example.com", name: "Amina" });
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    customer: customer.id,
    client_reference_id: "order_1",
    metadata: { order: "order_1" },
    payment_intent_data: { metadata: { order: "order_1" } },
    line_items: [
      { price_data: { currency: "usd", unit_amount: 999, product_data: { name: "50 credits" } }, quantity: 1 },
    ],
    ...backTo,
    ...more,
  });
  return { customer: customer.id, session: session.id };
}

async function pay(world: World) {
  const { customer, session } = await openPayment(world);
  const paid = world.standIn.paySession({ session });
  return { customer, session, paymentIntent: String(paid.payment_intent) };
}

async function plans({ stripe }: World) {
  const make = async (name: string, amount: number, interval: "month" | "year" = "month") => {
    const product = await stripe.products.create({ name });
    const recurring = { interval };
    return stripe.prices.create({
      currency: "usd",
      unit_amount: amount,
      product: product.id,
      recurring,
      lookup_key: name,
    });
  };
  return {
    pro: await make("pro", 1_000),
    premium: await make("premium", 3_000),
    yearly: await make("pro-year", 10_000, "year"),
  };
}

async function subscribe(world: World, data: Stripe.Checkout.SessionCreateParams.SubscriptionData = {}) {
  const { stripe, standIn } = world;
  const prices = await plans(world);
  const { id: customer } = await stripe.customers.create({ email: "amina@example.com" });
  const opened = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer,
    line_items: [{ price: prices.pro.id, quantity: 1 }],
    subscription_data: { metadata: { plan: "pro" }, ...data },
    ...backTo,
  });
  const session = standIn.paySession({ session: opened.id });
  return { ...prices, customer, session: session.id, subscription: String(session.subscription) };
}

describe("customers, products and prices", () => {
  it("are made, read, changed and listed", async () => {
    const { stripe } = newWorld();
    const one = await stripe.customers.create({ email: "a@example.com", name: "A", metadata: { tenant: "ten_1" } });
    await stripe.customers.create({ email: "b@example.com" });
    expect(one).toMatchObject({ object: "customer", livemode: false, created: startMs / 1000 });
    expect(one.id).toMatch(/^cus_\w{14}$/);
    expect(await stripe.customers.retrieve(one.id)).toMatchObject({ metadata: { tenant: "ten_1" } });
    expect((await stripe.customers.list({ email: "a@example.com" })).data.map(({ id }) => id)).toEqual([one.id]);
    expect((await stripe.customers.list({ email: "A@example.com" })).data).toEqual([]);
    const renamed = await stripe.customers.update(one.id, { name: "B", metadata: { tenant: "", plan: "pro" } });
    expect(renamed).toMatchObject({ name: "B", email: "a@example.com", metadata: { plan: "pro" } });
    expect(renamed.metadata).not.toHaveProperty("tenant");
  });

  it("prices are found by lookup key, and a key names one price at a time", async () => {
    const world = newWorld();
    const { stripe } = world;
    const { pro } = await plans(world);
    const found = await stripe.prices.list({ lookup_keys: ["pro"], active: true, expand: ["data.product"] });
    expect(found.data).toHaveLength(1);
    expect(found.data[0]).toMatchObject({ id: pro.id, product: { name: "pro" }, recurring: { interval: "month" } });
    expect(String(found.data[0]?.unit_amount_decimal)).toBe("1000");
    const again = { currency: "usd", unit_amount: 1_100, product_data: { name: "pro 2" }, lookup_key: "pro" };
    expect(await refusal(stripe.prices.create(again))).toMatchObject({ status: 400, param: "lookup_key" });
    const next = await stripe.prices.create({ ...again, transfer_lookup_key: true });
    expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data.map(({ id }) => id)).toEqual([next.id]);
    expect((await stripe.prices.update(pro.id, { active: false })).active).toBe(false);
  });

  it("lists are pages, newest first", async () => {
    const { stripe } = newWorld();
    for (let index = 0; index < 25; index += 1) await stripe.customers.create({ name: `${index}` });
    const names: (string | null | undefined)[] = [];
    for await (const { name } of stripe.customers.list({ limit: 10 })) names.push(name);
    expect(names).toEqual(Array.from({ length: 25 }, (_, index) => `${24 - index}`));
    const first = await stripe.customers.list({ limit: 3 });
    expect(first).toMatchObject({ object: "list", has_more: true, url: "/v1/customers" });
    expect((await stripe.customers.list({ ending_before: String(first.data[2]?.id) })).data).toHaveLength(2);
    expect((await stripe.customers.list({ created: { gt: startMs / 1000 } })).data).toEqual([]);
  });
});

describe("payment intents", () => {
  const direct = { amount: 999, currency: "usd", metadata: { order: "o" }, receipt_email: "a@example.com" };
  const never = { enabled: true, allow_redirects: "never" as const };

  it("are confirmed with a card that pays", async () => {
    const { stripe, standIn } = newWorld();
    const made = await stripe.paymentIntents.create({ ...direct, automatic_payment_methods: never });
    expect(made).toMatchObject({ status: "requires_payment_method", latest_charge: null, metadata: { order: "o" } });
    const paid = await stripe.paymentIntents.confirm(made.id, {
      payment_method: "pm_card_visa",
      expand: ["latest_charge"],
    });
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 999, payment_method_types: ["card"] });
    const charge = paid.latest_charge as Stripe.Charge;
    expect(charge).toMatchObject({ object: "charge", paid: true, amount_refunded: 0, payment_intent: made.id });
    expect(charge).not.toHaveProperty("refunds");
    expect(charge).not.toHaveProperty("invoice");
    expect(await stripe.charges.retrieve(charge.id, { expand: ["refunds", "balance_transaction"] })).toMatchObject({
      refunds: { object: "list", data: [] },
      balance_transaction: { amount: 999, fee: 59, net: 940 },
    });
    expect(typesOf(standIn)).toEqual(["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]);
    expect(await refusal(stripe.paymentIntents.confirm(made.id))).toMatchObject({
      status: 400,
      code: "payment_intent_unexpected_state",
    });
    expect(await refusal(stripe.paymentIntents.cancel(made.id))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
    expect((await stripe.charges.list({ payment_intent: made.id })).data).toHaveLength(1);
  });

  it.each([
    ["pm_card_chargeDeclined", "card_declined", "generic_decline"],
    ["pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
  ])("%s is a card error, and another card may be tried on the same intent", async (method, code, declineCode) => {
    const { stripe, standIn } = newWorld();
    const { id } = await stripe.paymentIntents.create({ ...direct, automatic_payment_methods: never });
    const error = await stripe.paymentIntents
      .confirm(id, { payment_method: method })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ statusCode: 402, code, decline_code: declineCode, payment_intent: { id } });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: "requires_payment_method",
      last_payment_error: { code, decline_code: declineCode },
    });
    expect((await stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" })).status).toBe("succeeded");
    expect((await stripe.charges.list({ payment_intent: id })).data.map(({ status }) => status)).toEqual([
      "succeeded",
      "failed",
    ]);
    expect(typesOf(standIn)).toEqual([
      "payment_intent.created",
      "charge.failed",
      "payment_intent.payment_failed",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  it("may need the bank's look first", async () => {
    const { stripe, standIn } = newWorld();
    const { id } = await stripe.paymentIntents.create(direct);
    const needs = { payment_method: "pm_card_authenticationRequired", return_url: "https://shop.test/back" };
    expect(await stripe.paymentIntents.confirm(id, needs)).toMatchObject({
      status: "requires_action",
      next_action: { type: "redirect_to_url", redirect_to_url: { return_url: "https://shop.test/back" } },
    });
    standIn.completeAction({ paymentIntent: id, isAuthenticated: false });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: "requires_payment_method" });
    await stripe.paymentIntents.confirm(id, needs);
    expect(standIn.completeAction({ paymentIntent: id }).status).toBe("succeeded");
  });

  it("must know the way back, unless they never lead away", async () => {
    const { stripe } = newWorld();
    const { id } = await stripe.paymentIntents.create(direct);
    expect(await refusal(stripe.paymentIntents.confirm(id, { payment_method: "pm_card_visa" }))).toMatchObject({
      status: 400,
      param: "return_url",
    });
    expect(await refusal(stripe.paymentIntents.confirm(id, { return_url: "https://shop.test" }))).toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });

  it("are slow, settle or fail, and are canceled", async () => {
    const { stripe, standIn } = newWorld();
    const { id } = await stripe.paymentIntents.create(direct);
    expect(standIn.processIntent({ paymentIntent: id }).status).toBe("processing");
    expect(() => standIn.payIntent({ paymentIntent: id })).toThrow(/status of processing/);
    expect(standIn.settleIntent({ paymentIntent: id, outcome: "failed" }).status).toBe("requires_payment_method");
    standIn.processIntent({ paymentIntent: id });
    expect(standIn.settleIntent({ paymentIntent: id }).status).toBe("succeeded");
    const { id: other } = await stripe.paymentIntents.create(direct);
    expect(await stripe.paymentIntents.cancel(other, { cancellation_reason: "abandoned" })).toMatchObject({
      status: "canceled",
      cancellation_reason: "abandoned",
      canceled_at: startMs / 1000,
    });
    expect(typesOf(standIn)).toEqual([
      "payment_intent.created",
      "charge.pending",
      "payment_intent.processing",
      "charge.failed",
      "payment_intent.payment_failed",
      "charge.pending",
      "payment_intent.processing",
      "charge.succeeded",
      "payment_intent.succeeded",
      "payment_intent.created",
      "payment_intent.canceled",
    ]);
  });

  it("are changed before they are paid, and listed by customer", async () => {
    const world = newWorld();
    const { stripe } = world;
    const { customer, paymentIntent } = await pay(world);
    expect((await stripe.paymentIntents.list({ customer })).data.map(({ id }) => id)).toEqual([paymentIntent]);
    expect(await refusal(stripe.paymentIntents.update(paymentIntent, { amount: 100 }))).toMatchObject({ status: 400 });
    const { id } = await stripe.paymentIntents.create(direct);
    expect(await stripe.paymentIntents.update(id, { amount: 500, metadata: { more: "1" } })).toMatchObject({
      amount: 500,
      metadata: { order: "o", more: "1" },
    });
  });
});

describe("refusals", () => {
  const intent = (stripe: Stripe, more: object) =>
    stripe.paymentIntents.create({ amount: 999, currency: "usd", ...more });
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, "v"]));

  it.each<[string, (stripe: Stripe) => Promise<unknown>, object]>([
    [
      "a thing that is not there",
      (stripe) => stripe.refunds.retrieve("re_x"),
      { status: 404, code: "resource_missing" },
    ],
    [
      "a parameter's thing that is not there",
      (stripe) => intent(stripe, { customer: "cus_x" }),
      { status: 400, code: "resource_missing", param: "customer" },
    ],
    [
      "an unknown parameter",
      (stripe) => intent(stripe, { colour: "red" }),
      { code: "parameter_unknown", param: "colour" },
    ],
    [
      "an unknown parameter further in",
      (stripe) => intent(stripe, { automatic_payment_methods: { enabled: true, sometimes: true } }),
      { code: "parameter_unknown", param: "automatic_payment_methods[sometimes]" },
    ],
    [
      "no amount",
      (stripe) => stripe.paymentIntents.create({ currency: "usd" } as never),
      { code: "parameter_missing", param: "amount" },
    ],
    [
      "half a cent",
      (stripe) => intent(stripe, { amount: 99.5 }),
      { code: "parameter_invalid_integer", param: "amount" },
    ],
    ["49 cents", (stripe) => intent(stripe, { amount: 49 }), { code: "amount_too_small", param: "amount" }],
    ["a million dollars", (stripe) => intent(stripe, { amount: 100_000_000 }), { code: "amount_too_large" }],
    ["a currency in capitals", (stripe) => intent(stripe, { currency: "USD" }), { status: 400, param: "currency" }],
    ["a currency nobody has", (stripe) => intent(stripe, { currency: "xxx" }), { status: 400, param: "currency" }],
    ["an empty text", (stripe) => intent(stripe, { description: "" }), { code: "parameter_invalid_empty" }],
    ["51 metadata keys", (stripe) => intent(stripe, { metadata: many }), { status: 400, param: "metadata" }],
    ["a long metadata key", (stripe) => intent(stripe, { metadata: { ["k".repeat(41)]: "v" } }), { param: "metadata" }],
    ["a long metadata value", (stripe) => intent(stripe, { metadata: { k: "v".repeat(501) } }), { param: "metadata" }],
    [
      "payment_method_types on an intent",
      (stripe) => intent(stripe, { payment_method_types: ["card"] }),
      { status: 400, code: "payment_method_types_no_longer_supported" },
    ],
    [
      "payment_method_types on a session",
      (stripe) => stripe.checkout.sessions.create({ payment_method_types: ["card"] } as never),
      { status: 400, code: "payment_method_types_no_longer_supported" },
    ],
    [
      "payment_method_types on a setup intent",
      (stripe) => stripe.setupIntents.create({ payment_method_types: ["card"] } as never),
      { status: 400, code: "payment_method_types_no_longer_supported" },
    ],
    ["an address Stripe has not", (stripe) => stripe.rawRequest("GET", "/v1/nothing"), { status: 404 }],
    [
      "an email that is none",
      (stripe) => stripe.customers.create({ email: "me" }),
      { code: "email_invalid", param: "email" },
    ],
    ["a limit of 0", (stripe) => stripe.refunds.list({ limit: 0 }), { status: 400, param: "limit" }],
    [
      "a path that cannot be expanded",
      (stripe) => stripe.customers.list({ expand: ["data.friends"] }),
      undefinedIfEmpty(),
    ],
  ])("%s", async (_, call, expected) => {
    const { stripe } = newWorld();
    await stripe.customers.create({});
    expect(await refusal(call(stripe))).toMatchObject(expected);
  });

  function undefinedIfEmpty() {
    return { status: 400, param: "expand" };
  }

  it("limits are kept to the last one allowed", async () => {
    const { stripe } = newWorld();
    const { k50: _, ...fifty } = many;
    const made = await intent(stripe, { amount: 50, metadata: { ...fifty, k0: "v".repeat(500) } });
    expect(Object.keys(made.metadata)).toHaveLength(50);
    await intent(stripe, { amount: 99_999_999, metadata: { ["k".repeat(40)]: "v" } });
  });

  it("a wrong key, another version and a body that is no form", async () => {
    const { standIn, fetchIt } = newWorld();
    const httpClient = Stripe.createFetchHttpClient(fetchIt);
    const stranger = new Stripe("sk_test_another", { httpClient, maxNetworkRetries: 0 });
    expect(await refusal(stranger.customers.create({}))).toMatchObject({ status: 401 });
    const send = (headers: Record<string, string>, body = "") =>
      standIn.fetch(new Request(`${origin}/v1/customers`, { method: "POST", headers, body }));
    expect((await send({})).status).toBe(401);
    const known = { Authorization: `Bearer ${secretKey}` };
    expect((await send({ ...known, "Stripe-Version": "2024-06-20" })).status).toBe(400);
    expect((await send({ ...known, "Content-Type": "application/json" }, "{}")).status).toBe(400);
    const basic = {
      Authorization: `Basic ${btoa(`${secretKey}:`)}`,
      "Content-Type": "application/x-www-form-urlencoded",
    };
    const fine = await send(basic, "email=a%40example.com");
    expect(fine.status).toBe(200);
    expect(fine.headers.get("Request-Id")).toMatch(/^req_\w{14}$/);
    expect(standIn.listRequests()).toHaveLength(5);
  });
});

describe("idempotency keys", () => {
  it("replay the first answer for a day, and refuse another request", async () => {
    const { stripe, standIn, clock } = newWorld();
    const under = (idempotencyKey: string, email: string) => stripe.customers.create({ email }, { idempotencyKey });
    const first = await under("order_1", "a@example.com");
    const again = await under("order_1", "a@example.com");
    expect(again.id).toBe(first.id);
    expect(new Headers(again.lastResponse.headers).get("Idempotent-Replayed")).toBe("true");
    expect(new Headers(first.lastResponse.headers).get("Idempotent-Replayed")).toBeNull();
    expect(await refusal(under("order_1", "b@example.com"))).toMatchObject({
      status: 400,
      type: "StripeIdempotencyError",
    });
    expect(standIn.listEvents({ types: ["customer.created"] })).toHaveLength(1);
    clock.ms += dayMs - 1;
    expect((await under("order_1", "a@example.com")).id).toBe(first.id);
    clock.ms += 1;
    expect((await under("order_1", "a@example.com")).id).not.toBe(first.id);
    expect(await refusal(under("k".repeat(256), "a@example.com"))).toMatchObject({ status: 400 });
  });

  it("replay refusals too, after the reason for them has gone", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { session } = await openPayment(world);
    const { id } = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    const refund = () => stripe.refunds.create({ payment_intent: id }, { idempotencyKey: "refund_1" });
    expect(await refusal(refund())).toMatchObject({ status: 400 });
    standIn.payIntent({ paymentIntent: id });
    expect(await refusal(refund())).toMatchObject({ status: 400 });
    expect((await stripe.refunds.create({ payment_intent: id }, { idempotencyKey: "refund_2" })).amount).toBe(500);
    expect(standIn.find({ id: session })).toMatchObject({ status: "open" });
  });

  it("make a call whose answer was lost safe to repeat", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { paymentIntent } = await pay(world);
    standIn.addFault({ pathPrefix: "/v1/refunds", kind: "answer_lost" });
    const refund = () => stripe.refunds.create({ payment_intent: paymentIntent, amount: 300 }, { idempotencyKey: "r" });
    expect((await refusal(refund())).type).toBe("StripeConnectionError");
    const done = await refund();
    expect((await stripe.refunds.list({ payment_intent: paymentIntent })).data.map(({ id }) => id)).toEqual([done.id]);
  });
});

describe("checkout sessions", () => {
  it("of a payment: open, paid, and what reaches where", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { customer, session } = await openPayment(world);
    const open = await stripe.checkout.sessions.retrieve(session, { expand: ["line_items"] });
    expect(open).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      amount_total: 999,
      currency: "usd",
      livemode: false,
      client_reference_id: "order_1",
      expires_at: (startMs + dayMs) / 1000,
      url: `${origin}/c/pay/${session}`,
      line_items: { data: [{ description: "50 credits", quantity: 1, amount_total: 999 }] },
    });
    expect(await stripe.checkout.sessions.retrieve(session)).not.toHaveProperty("line_items");
    standIn.takeDeliveries();
    standIn.paySession({ session });
    expect(typesOf(standIn)).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    const paid = await stripe.checkout.sessions.retrieve(session, { expand: ["payment_intent.latest_charge"] });
    expect(paid).toMatchObject({
      status: "complete",
      payment_status: "paid",
      url: null,
      customer,
      invoice: null,
      customer_details: { email: "amina@example.com" },
      payment_intent: { metadata: { order: "order_1" }, latest_charge: { status: "succeeded" } },
    });
    expect((await stripe.checkout.sessions.listLineItems(session)).data).toHaveLength(1);
    expect((await stripe.checkout.sessions.list({ customer, status: "complete" })).data).toHaveLength(1);
    expect(() => standIn.paySession({ session })).toThrow(/complete/);
    expect(await refusal(stripe.checkout.sessions.expire(session))).toMatchObject({ status: 400 });
  });

  it("sell no price that was taken out of sale", async () => {
    const world = newWorld();
    const { pro } = await plans(world);
    await world.stripe.prices.update(pro.id, { active: false });
    const lines = [{ price: pro.id, quantity: 1 }];
    const opened = world.stripe.checkout.sessions.create({ mode: "subscription", line_items: lines, ...backTo });
    expect(await refusal(opened)).toMatchObject({ status: 400, param: "line_items[0][price]" });
  });

  it("hand their metadata to the payment only if they are told to", async () => {
    const world = newWorld();
    const { session } = await openPayment(world, { payment_intent_data: {} });
    const paid = world.standIn.paySession({ session });
    expect((await world.stripe.paymentIntents.retrieve(String(paid.payment_intent))).metadata).toEqual({});
  });

  it("bear a declined card and another try", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { session } = await openPayment(world);
    standIn.declineSession({ session, code: "insufficient_funds" });
    const tried = await stripe.checkout.sessions.retrieve(session, { expand: ["payment_intent"] });
    expect(tried).toMatchObject({ status: "open", payment_intent: { status: "requires_payment_method" } });
    const { id } = tried.payment_intent as Stripe.PaymentIntent;
    expect((await refusal(stripe.paymentIntents.cancel(id))).message).toMatch(/Expire the Checkout Session/);
    standIn.requireActionOnSession({ session });
    standIn.completeAction({ paymentIntent: id });
    expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({
      payment_status: "paid",
      payment_intent: id,
    });
  });

  it("run out after a day, to the second", async () => {
    const world = newWorld();
    const { stripe, standIn, clock } = world;
    const { session } = await openPayment(world);
    standIn.declineSession({ session });
    standIn.takeDeliveries();
    clock.ms += dayMs - 1;
    expect((await stripe.checkout.sessions.retrieve(session)).status).toBe("open");
    clock.ms += 3 * hourMs;
    expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({ status: "expired", url: null });
    const [expired, canceled] = standIn.takeDeliveries();
    expect(JSON.parse(String(expired?.body))).toMatchObject({
      type: "checkout.session.expired",
      created: (startMs + dayMs) / 1000,
      request: { id: null },
    });
    expect(canceled?.type).toBe("payment_intent.canceled");
  });

  it("give promotion codes and tax, which change what is paid and not what is bought", async () => {
    const world = newWorld();
    const { session } = await openPayment(world, { allow_promotion_codes: true });
    const free = await openPayment(world, { allow_promotion_codes: true });
    const paid = world.standIn.paySession({ session, discountAmount: 200 });
    expect(paid).toMatchObject({ amount_subtotal: 999, amount_total: 799, total_details: { amount_discount: 200 } });
    expect(world.standIn.find({ id: String(paid.payment_intent) })).toMatchObject({ amount: 799 });
    expect(world.standIn.paySession({ session: free.session, discountAmount: 999 })).toMatchObject({
      amount_total: 0,
      payment_status: "no_payment_required",
      payment_intent: null,
    });
    world.standIn.configure({ taxPercent: 16 });
    const taxed = await openPayment(world, { automatic_tax: { enabled: true }, customer_update: { address: "auto" } });
    expect(world.standIn.paySession({ session: taxed.session })).toMatchObject({
      amount_total: 1_159,
      total_details: { amount_tax: 160 },
    });
  });

  it("write an invoice for a payment when they are told to, which is paid like any other", async () => {
    const world = newWorld();
    const { session, customer } = await openPayment(world, { invoice_creation: { enabled: true } });
    world.standIn.takeDeliveries();
    const { invoice, payment_intent: intent } = world.standIn.paySession({ session });
    expect(typesOf(world.standIn)).toEqual(expect.arrayContaining(["invoice.paid", "invoice_payment.paid"]));
    expect(await world.stripe.invoices.retrieve(String(invoice), { expand: ["payments"] })).toMatchObject({
      status: "paid",
      billing_reason: "manual",
      parent: null,
      customer,
      amount_paid: 999,
      payments: { data: [{ status: "paid", payment: { payment_intent: intent } }] },
    });
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string | RegExp]>([
    ["no way back", { success_url: undefined as never }, /success_url/],
    ["a way back that is no address", { success_url: "/done" }, /Not a valid URL/],
    ["nothing to buy", { line_items: [] }, /line_items/],
    ["an unknown price", { line_items: [{ price: "price_x", quantity: 1 }] }, /No such price/],
    [
      "too little",
      { line_items: [{ price_data: { currency: "usd", unit_amount: 49, product_data: { name: "x" } }, quantity: 1 }] },
      /at least \$0.50/,
    ],
    [
      "no quantity",
      { line_items: [{ price_data: { currency: "usd", unit_amount: 99, product_data: { name: "x" } } }] },
      /Quantity/,
    ],
    [
      "two currencies",
      {
        line_items: ["usd", "kes"].map((currency) => ({
          price_data: { currency, unit_amount: 9_900, product_data: { name: "x" } },
          quantity: 1,
        })),
      },
      /same currency/,
    ],
    [
      "a plan bought as a payment",
      {
        line_items: [
          {
            price_data: {
              currency: "usd",
              unit_amount: 990,
              product_data: { name: "x" },
              recurring: { interval: "month" },
            },
            quantity: 1,
          },
        ],
      },
      /recurring price/,
    ],
    [
      "a payment bought as a plan",
      { mode: "subscription", payment_intent_data: undefined as never },
      /at least one recurring/,
    ],
    ["a payment's data on a plan", { mode: "subscription" }, /payment_intent_data/],
    ["a plan's data on a payment", { subscription_data: { metadata: { a: "b" } } }, /subscription_data/],
    ["an end in a minute", { expires_at: startMs / 1000 + 60 }, /at least 30 minutes/],
    ["an end in two days", { expires_at: startMs / 1000 + 172_800 }, /less than 24 hours/],
    ["customer and email at once", { customer_email: "a@example.com" }, /only specify one/],
    ["tax for a customer who lives nowhere", { automatic_tax: { enabled: true } }, /valid address/],
    ["a reference of 201 letters", { client_reference_id: "r".repeat(201) }, /at most 200/],
    ["an old ui_mode", { ui_mode: "hosted" }, /ui_mode/],
  ])("refuse %s", async (_, more, message) => {
    const world = newWorld();
    expect((await refusal(openPayment(world, more))).message).toMatch(message);
  });
});

describe("refunds", () => {
  it("are partial, several, and never more than is left", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { paymentIntent } = await pay(world);
    const charge = String((await stripe.paymentIntents.retrieve(paymentIntent)).latest_charge);
    const refund = await stripe.refunds.create({ payment_intent: paymentIntent, amount: 400, reason: "duplicate" });
    expect(refund).toMatchObject({ object: "refund", amount: 400, status: "succeeded", charge });
    expect(refund.id).toMatch(/^re_/);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 400, refunded: false });
    expect(await refusal(stripe.refunds.create({ charge, amount: 600 }))).toMatchObject({
      status: 400,
      param: "amount",
    });
    await stripe.refunds.create({ charge, amount: 100 });
    expect(standIn.refund({ paymentIntent }).amount).toBe(499);
    expect(await stripe.charges.retrieve(charge, { expand: ["refunds"] })).toMatchObject({
      amount_refunded: 999,
      refunded: true,
      refunds: { data: [{ amount: 499 }, { amount: 100 }, { amount: 400 }] },
    });
    expect(await refusal(stripe.refunds.create({ charge }))).toMatchObject({ code: "charge_already_refunded" });
    expect((await stripe.refunds.list({ charge })).data).toHaveLength(3);
    expect((await refusal(stripe.refunds.create({ charge, payment_intent: paymentIntent }))).message).toMatch(
      /only specify one/,
    );
    expect((await refusal(stripe.refunds.create({}))).message).toMatch(/payment_intent or charge/);
  });

  it("are pending, succeed, fail after they had succeeded, or are canceled: what is refunded goes down again", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { paymentIntent } = await pay(world);
    const charge = String((await stripe.paymentIntents.retrieve(paymentIntent)).latest_charge);
    standIn.setRefundsPending({ isPending: true });
    const { id, status } = await stripe.refunds.create({ payment_intent: paymentIntent });
    expect(status).toBe("pending");
    standIn.takeDeliveries();
    standIn.succeedRefund({ refund: id });
    expect(typesOf(standIn)).toEqual(["refund.updated", "charge.refund.updated"]);
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 999, refunded: true });
    standIn.failRefund({ refund: id });
    expect(typesOf(standIn)).toEqual(["charge.updated", "refund.updated", "charge.refund.updated", "refund.failed"]);
    expect(await stripe.refunds.retrieve(id)).toMatchObject({
      status: "failed",
      failure_reason: "lost_or_stolen_card",
    });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(() => standIn.failRefund({ refund: id })).toThrow(/cannot fail/);
    const later = standIn.refund({ paymentIntent, amount: 300, status: "pending" });
    expect(standIn.cancelRefund({ refund: later.id }).status).toBe("canceled");
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0 });
  });
});

describe("disputes", () => {
  it("take the money, and a won one gives it back", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { paymentIntent } = await pay(world);
    standIn.takeDeliveries();
    const { id } = standIn.openDispute({ paymentIntent });
    expect(await stripe.disputes.retrieve(id)).toMatchObject({
      status: "needs_response",
      amount: 999,
      is_charge_refundable: false,
      payment_intent: paymentIntent,
      balance_transactions: [{ amount: -999, fee: 1_500 }],
    });
    expect(await refusal(stripe.refunds.create({ payment_intent: paymentIntent }))).toMatchObject({
      code: "charge_disputed",
    });
    standIn.updateDispute({ dispute: id, status: "under_review" });
    standIn.closeDispute({ dispute: id, status: "won" });
    expect(typesOf(standIn)).toEqual([
      "charge.updated",
      "charge.dispute.created",
      "charge.dispute.funds_withdrawn",
      "charge.dispute.updated",
      "charge.dispute.updated",
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
    ]);
    expect((await stripe.disputes.list({ payment_intent: paymentIntent })).data).toMatchObject([{ status: "won" }]);
    expect(() => standIn.closeDispute({ dispute: id, status: "lost" })).toThrow(/closed: won/);
    expect((await stripe.refunds.create({ payment_intent: paymentIntent, amount: 100 })).status).toBe("succeeded");
  });

  it("after a refund are about what is left; a lost one keeps it, and can be appealed", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { paymentIntent } = await pay(world);
    await stripe.refunds.create({ payment_intent: paymentIntent, amount: 400 });
    const { id, amount } = standIn.openDispute({ paymentIntent, withdraws: false });
    expect(amount).toBe(599);
    expect(standIn.find({ id })).toMatchObject({ balance_transactions: [] });
    standIn.withdrawDisputeFunds({ dispute: id });
    expect(() => standIn.withdrawDisputeFunds({ dispute: id })).toThrow(/withdrawn already/);
    standIn.closeDispute({ dispute: id, status: "lost" });
    expect(standIn.updateDispute({ dispute: id, status: "appeal_under_review" }).status).toBe("appeal_under_review");
    expect(standIn.closeDispute({ dispute: id, status: "won", reinstates: false }).balance_transactions).toHaveLength(
      1,
    );
    expect(standIn.reinstateDisputeFunds({ dispute: id }).balance_transactions).toHaveLength(2);
  });

  it("begin as inquiries, which a full refund ends and a chargeback may follow; or are prevented", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const first = await pay(world);
    const inquiry = { status: "warning_needs_response" } as const;
    const { id } = standIn.openDispute({ paymentIntent: first.paymentIntent, ...inquiry });
    expect(standIn.find({ id })).toMatchObject({ is_charge_refundable: true, balance_transactions: [] });
    expect(() => standIn.closeDispute({ dispute: id, status: "won" })).toThrow(/cannot end as won/);
    await stripe.refunds.create({ payment_intent: first.paymentIntent });
    expect(standIn.find({ id })).toMatchObject({ status: "warning_closed" });
    const answered = standIn.openDispute({ paymentIntent: (await pay(world)).paymentIntent, ...inquiry });
    expect(standIn.closeDispute({ dispute: answered.id, status: "warning_closed" })).toMatchObject({
      is_charge_refundable: true,
      balance_transactions: [],
    });
    const second = await pay(world);
    const other = standIn.openDispute({ paymentIntent: second.paymentIntent, ...inquiry });
    expect(standIn.updateDispute({ dispute: other.id, status: "needs_response" }).is_charge_refundable).toBe(false);
    expect(standIn.closeDispute({ dispute: other.id, status: "prevented" }).status).toBe("prevented");
    const warning = standIn.warnOfFraud({ paymentIntent: second.paymentIntent });
    const warnings = await stripe.radar.earlyFraudWarnings.list({ payment_intent: second.paymentIntent });
    expect(warnings.data.map((one) => one.id)).toEqual([warning.id]);
    expect(await stripe.radar.earlyFraudWarnings.retrieve(warning.id)).toMatchObject({
      fraud_type: "made_with_stolen_card",
      payment_intent: second.paymentIntent,
    });
  });
});

describe("subscriptions", () => {
  it("begin with a paid invoice; periods are on the items alone, and moved fields have moved", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription: id, customer, session, pro } = await subscribe(world);
    const subscription = await stripe.subscriptions.retrieve(id);
    expect(subscription).toMatchObject({
      status: "active",
      customer,
      metadata: { plan: "pro" },
      cancel_at_period_end: false,
    });
    expect(subscription).not.toHaveProperty("current_period_end");
    expect(subscription.items.data).toMatchObject([
      {
        current_period_start: startMs / 1000,
        current_period_end: Date.UTC(2026, 11, 21, 9) / 1000,
        price: { id: pro.id, lookup_key: "pro" },
      },
    ]);
    const done = await stripe.checkout.sessions.retrieve(session);
    expect(done).toMatchObject({ status: "complete", payment_status: "paid", subscription: id, payment_intent: null });
    const invoice = await stripe.invoices.retrieve(String(done.invoice), { expand: ["payments"] });
    expect(invoice).toMatchObject({
      status: "paid",
      billing_reason: "subscription_create",
      total: 1_000,
      parent: { subscription_details: { subscription: id, metadata: { plan: "pro" } } },
    });
    for (const gone of ["subscription", "payment_intent", "charge", "paid"]) expect(invoice).not.toHaveProperty(gone);
    expect(invoice.lines.data).toMatchObject([
      {
        amount: 1_000,
        period: { start: startMs / 1000, end: Date.UTC(2026, 11, 21, 9) / 1000 },
        pricing: { price_details: { price: pro.id } },
        parent: { subscription_item_details: { proration: false, subscription: id } },
      },
    ]);
    expect(await stripe.invoices.retrieve(invoice.id)).not.toHaveProperty("payments");
    const paidBy = String(invoice.payments?.data[0]?.payment.payment_intent);
    const payments = await stripe.invoicePayments.list({ payment: { type: "payment_intent", payment_intent: paidBy } });
    expect(payments.data).toMatchObject([
      { invoice: invoice.id, status: "paid", amount_paid: 1_000, is_default: true },
    ]);
    // The subscription's metadata reaches its invoice, and not the payment.
    const payment = await stripe.paymentIntents.retrieve(paidBy);
    expect(payment.customer).toBe(customer);
    expect(payment.metadata).toEqual({});
    expect((await stripe.subscriptions.list({ customer })).data.map((one) => one.id)).toEqual([id]);
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect(typesOf(standIn)).toEqual(
      expect.arrayContaining(["customer.subscription.created", "invoice.paid", "checkout.session.completed"]),
    );
  });

  it("renew when the clock passes the period's end: a draft for an hour, then paid", async () => {
    const world = newWorld();
    const { stripe, standIn, clock } = world;
    const { subscription: id } = await subscribe(world);
    standIn.takeDeliveries();
    clock.ms = Date.UTC(2026, 11, 14, 9);
    standIn.settleDue();
    expect(typesOf(standIn)).toEqual(["invoice.upcoming"]);
    clock.ms = Date.UTC(2026, 11, 21, 9, 30);
    const [draft] = (await stripe.invoices.list({ subscription: id })).data;
    expect(draft).toMatchObject({ status: "draft", billing_reason: "subscription_cycle", number: null });
    // The invoice's own period is the one that has ended; its line pays for the next.
    expect(draft?.period_end).toBe(Date.UTC(2026, 11, 21, 9) / 1000);
    expect(draft?.lines.data[0]?.period.end).toBe(Date.UTC(2027, 0, 21, 9) / 1000);
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_end).toBe(
      Date.UTC(2027, 0, 21, 9) / 1000,
    );
    clock.ms = Date.UTC(2026, 11, 21, 10);
    expect(await stripe.invoices.retrieve(String(draft?.id))).toMatchObject({ status: "paid", amount_paid: 1_000 });
    // A whole year at once: each month was billed in its turn.
    clock.ms = Date.UTC(2027, 10, 21, 12);
    expect((await stripe.invoices.list({ subscription: id, limit: 100 })).data).toHaveLength(13);
  });

  it("keep the day of the month they began on", async () => {
    const world = newWorld();
    world.clock.ms = Date.UTC(2027, 0, 31, 9);
    const { subscription } = await subscribe(world);
    const ends = [1, 2, 3].map(() => {
      world.standIn.renewSubscription({ subscription });
      return world.standIn.world.subscription(subscription).items.data[0]?.current_period_end;
    });
    expect(ends).toEqual(
      [Date.UTC(2027, 2, 31, 9), Date.UTC(2027, 3, 30, 9), Date.UTC(2027, 4, 31, 9)].map((ms) => ms / 1000),
    );
  });

  it.each(["canceled", "unpaid", "past_due"] as const)(
    "that cannot be paid are tried again, and end as %s",
    async (end) => {
      const world = newWorld();
      const { stripe, standIn } = world;
      standIn.configure({ afterRetries: end, retryDays: [3, 5] });
      const { subscription: id } = await subscribe(world);
      standIn.takeDeliveries();
      standIn.renewSubscription({ subscription: id, mood: "insufficient_funds" });
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("past_due");
      const [open] = (await stripe.invoices.list({ subscription: id, status: "open" })).data;
      expect(open).toMatchObject({ attempt_count: 1, attempted: true });
      expect(open?.next_payment_attempt).toBe(Number(open?.status_transitions.finalized_at) + 3 * 86_400);
      standIn.advance({ ms: 8 * dayMs });
      expect(await stripe.invoices.retrieve(String(open?.id))).toMatchObject({
        attempt_count: 3,
        next_payment_attempt: null,
      });
      expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: end });
      const types = typesOf(standIn);
      expect(types.filter((type) => type === "invoice.payment_failed")).toHaveLength(3);
      expect(types.includes("customer.subscription.deleted")).toBe(end === "canceled");
      if (end === "canceled") return;
      standIn.payInvoice({ invoice: String(open?.id) });
      expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    },
  );

  it("are saved by a card that pays at the second try", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription: id, customer } = await subscribe(world);
    standIn.renewSubscription({ subscription: id, mood: "card_declined" });
    standIn.setCard({ customer, mood: "pays" });
    standIn.advance({ ms: 3 * dayMs });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
    standIn.renewSubscription({ subscription: id, mood: "authentication_required" });
    const [open] = (await stripe.invoices.list({ subscription: id, status: "open" })).data;
    expect(await refusal(stripe.invoices.pay(String(open?.id)))).toMatchObject({
      status: 402,
      code: "invoice_payment_intent_requires_action",
    });
    standIn.setCard({ customer, mood: "pays" });
    expect((await stripe.invoices.pay(String(open?.id))).status).toBe("paid");
    expect(await refusal(stripe.invoices.pay(String(open?.id)))).toMatchObject({ code: "invoice_already_paid" });
  });

  it("begin with a trial, warned of three days before its end", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription: id, session } = await subscribe(world, { trial_period_days: 7 });
    expect(standIn.find({ id: session })).toMatchObject({ payment_status: "no_payment_required", amount_total: 0 });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: "trialing",
      trial_end: (startMs + 7 * dayMs) / 1000,
    });
    expect((await stripe.invoices.list({ subscription: id })).data).toMatchObject([{ total: 0, status: "paid" }]);
    standIn.takeDeliveries();
    standIn.advance({ ms: 4 * dayMs });
    expect(typesOf(standIn)).toEqual(["customer.subscription.trial_will_end"]);
    standIn.advance({ ms: 3 * dayMs + hourMs });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active" });
    expect((await stripe.invoices.list({ subscription: id })).data[0]).toMatchObject({ total: 1_000, status: "paid" });
  });

  it.each([
    ["pause", "paused", "customer.subscription.paused"],
    ["cancel", "canceled", "customer.subscription.deleted"],
  ] as const)("whose trial ends without a card %s", async (behavior, status, type) => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { pro } = await plans(world);
    const { id } = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer_email: "new@example.com",
      payment_method_collection: "if_required",
      line_items: [{ price: pro.id, quantity: 1 }],
      subscription_data: {
        trial_period_days: 3,
        trial_settings: { end_behavior: { missing_payment_method: behavior } },
      },
      ...backTo,
    });
    const { subscription, customer } = standIn.paySession({ session: id });
    expect(standIn.find({ id: String(customer) })).toMatchObject({ email: "new@example.com" });
    standIn.takeDeliveries();
    standIn.advance({ ms: 3 * dayMs });
    expect((await stripe.subscriptions.retrieve(String(subscription))).status).toBe(status);
    expect(typesOf(standIn)).toContain(type);
  });

  it("end at the period's end, or go on after all, or end now", async () => {
    const world = newWorld();
    const { stripe, standIn, clock } = world;
    const { subscription: id } = await subscribe(world);
    const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    expect(ending).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancel_at: ending.items.data[0]?.current_period_end,
    });
    expect(await stripe.subscriptions.update(id, { cancel_at_period_end: false })).toMatchObject({ cancel_at: null });
    standIn.cancelSubscription({ subscription: id, when: "period_end" });
    standIn.keepSubscription({ subscription: id });
    standIn.cancelSubscription({ subscription: id, when: "period_end" });
    standIn.takeDeliveries();
    clock.ms = Date.UTC(2026, 11, 21, 9);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "canceled", ended_at: clock.ms / 1000 });
    expect(typesOf(standIn)).toEqual(["customer.subscription.deleted"]);
    expect(await refusal(stripe.subscriptions.update(id, { cancel_at_period_end: true }))).toMatchObject({
      status: 400,
    });
  });

  it("are canceled at once over the API", async () => {
    const world = newWorld();
    const { subscription: id, customer } = await subscribe(world);
    expect(await world.stripe.subscriptions.cancel(id)).toMatchObject({
      status: "canceled",
      cancellation_details: { reason: "cancellation_requested" },
    });
    expect((await world.stripe.subscriptions.list({ customer })).data).toEqual([]);
    expect((await world.stripe.subscriptions.list({ customer, status: "all" })).data).toHaveLength(1);
  });

  it("pause and resume: within the paid period as they were, after it with a new one that is paid", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription: id } = await subscribe(world);
    standIn.takeDeliveries();
    expect(standIn.pauseSubscription({ subscription: id })).toMatchObject({
      status: "paused",
      status_details: { paused: { subscription: { type: "pause_requested" } } },
    });
    expect(standIn.resumeSubscription({ subscription: id }).status).toBe("active");
    expect(typesOf(standIn)).toEqual([
      "customer.subscription.updated",
      "customer.subscription.paused",
      "customer.subscription.updated",
      "customer.subscription.resumed",
    ]);
    expect((await stripe.subscriptions.pause(id)).status).toBe("paused");
    standIn.advance({ ms: 60 * dayMs });
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect((await stripe.subscriptions.resume(id)).status).toBe("active");
    expect((await stripe.invoices.list({ subscription: id })).data[0]).toMatchObject({ status: "paid", total: 1_000 });
  });

  it("first paid late are active while the money is under way, and past due when it does not come", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { pro } = await plans(world);
    const lines = { line_items: [{ price: pro.id, quantity: 1 }], ...backTo };
    const { id } = await stripe.checkout.sessions.create({
      mode: "subscription",
      customer_email: "a@example.com",
      ...lines,
    });
    const { subscription, invoice } = standIn.paySessionLater({ session: id });
    expect(standIn.find({ id: String(subscription) })).toMatchObject({ status: "active" });
    const open = await stripe.invoices.retrieve(String(invoice), { expand: ["payments"] });
    const paymentIntent = String(open.payments?.data[0]?.payment.payment_intent);
    standIn.settleIntent({ paymentIntent, outcome: "failed" });
    expect(standIn.find({ id: String(subscription) })).toMatchObject({ status: "past_due" });
    expect(typesOf(standIn)).toEqual(
      expect.arrayContaining(["checkout.session.async_payment_failed", "invoice.payment_failed"]),
    );
  });

  it("never paid are incomplete, and expire after 23 hours", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { pro } = await plans(world);
    const { id: customer } = await stripe.customers.create({});
    const lines = { customer, line_items: [{ price: pro.id, quantity: 1 }], ...backTo };
    const { id } = await stripe.checkout.sessions.create({ mode: "subscription", ...lines });
    standIn.declineSession({ session: id });
    expect((await stripe.subscriptions.list({ customer })).data).toMatchObject([{ status: "incomplete" }]);
    standIn.advance({ ms: 23 * hourMs });
    expect((await stripe.subscriptions.list({ customer, status: "all" })).data).toMatchObject([
      { status: "incomplete_expired" },
    ]);
    expect((await stripe.invoices.list({ customer })).data).toMatchObject([{ status: "void" }]);
    expect(standIn.paySession({ session: id }).payment_status).toBe("paid");
    expect((await stripe.subscriptions.list({ customer })).data).toMatchObject([{ status: "active" }]);
  });
});

describe("switching plans", () => {
  async function middle(world: World) {
    const made = await subscribe(world);
    // Half of the thirty days.
    world.standIn.advance({ ms: 15 * dayMs });
    world.standIn.takeDeliveries();
    const item = String(world.standIn.world.subscription(made.subscription).items.data[0]?.id);
    const to = (price: string, more: Stripe.SubscriptionUpdateParams = {}) =>
      world.stripe.subscriptions.update(made.subscription, { items: [{ id: item, price }], ...more });
    return { ...made, item, to };
  }

  const linesOf = (invoice: Stripe.Invoice | undefined) => invoice?.lines.data.map(({ amount }) => amount);

  it("invoiced at once: what is left of the old plan against what is left of the new", async () => {
    const world = newWorld();
    const { subscription, premium, item, to } = await middle(world);
    const before = await world.stripe.subscriptions.retrieve(subscription);
    const switched = await to(premium.id, { proration_behavior: "always_invoice" });
    expect(switched.items.data).toMatchObject([
      { id: item, price: { id: premium.id }, current_period_end: before.items.data[0]?.current_period_end },
    ]);
    const [invoice] = (await world.stripe.invoices.list({ subscription })).data;
    expect(invoice).toMatchObject({ billing_reason: "subscription_update", total: 1_000, status: "paid" });
    expect(linesOf(invoice)).toEqual([-500, 1_500]);
    expect(invoice?.lines.data.map(({ parent }) => parent?.subscription_item_details?.proration)).toEqual([true, true]);
  });

  it("by default waits for the next invoice; up and down again in one moment costs nothing", async () => {
    const world = newWorld();
    const { subscription, premium, pro, to } = await middle(world);
    await to(premium.id);
    expect((await world.stripe.invoices.list({ subscription })).data).toHaveLength(1);
    await to(pro.id);
    world.standIn.renewSubscription({ subscription });
    const [invoice] = (await world.stripe.invoices.list({ subscription })).data;
    expect(linesOf(invoice)).toEqual([-500, 1_500, -1_500, 500, 1_000]);
    expect(invoice).toMatchObject({ total: 1_000, billing_reason: "subscription_cycle" });
  });

  it("without prorations changes what the next period costs", async () => {
    const world = newWorld();
    const { subscription, premium, to } = await middle(world);
    await to(premium.id, { proration_behavior: "none" });
    world.standIn.renewSubscription({ subscription });
    expect((await world.stripe.invoices.list({ subscription })).data[0]).toMatchObject({ total: 3_000 });
  });

  it("down leaves a credit on the customer, which pays the next invoice first", async () => {
    const world = newWorld();
    const { subscription, customer, premium, pro, to } = await middle(world);
    await to(premium.id, { proration_behavior: "always_invoice" });
    await to(pro.id, { proration_behavior: "always_invoice" });
    const [credit] = (await world.stripe.invoices.list({ subscription })).data;
    expect(credit).toMatchObject({
      total: -1_000,
      amount_due: 0,
      amount_paid: 0,
      status: "paid",
      ending_balance: -1_000,
    });
    expect(await world.stripe.customers.retrieve(customer)).toMatchObject({ balance: -1_000 });
    world.standIn.renewSubscription({ subscription });
    expect((await world.stripe.invoices.list({ subscription })).data[0]).toMatchObject({
      total: 1_000,
      amount_due: 0,
      status: "paid",
      starting_balance: -1_000,
      ending_balance: 0,
    });
  });

  it("to another rhythm begins a new period at once", async () => {
    const world = newWorld();
    const { subscription, yearly, to } = await middle(world);
    const switched = await to(yearly.id);
    const now = world.standIn.nowMs() / 1000;
    expect(switched.items.data[0]).toMatchObject({ current_period_start: now, price: { id: yearly.id } });
    expect(switched.billing_cycle_anchor).toBe(now);
    expect(linesOf((await world.stripe.invoices.list({ subscription })).data[0])).toEqual([-500, 10_000]);
    world.standIn.renewSubscription({ subscription });
    expect((await world.stripe.invoices.list({ subscription })).data[0]).toMatchObject({ total: 10_000 });
  });

  it("to another rhythm, paid late, renews at the end of the new period; each period is announced once", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription, customer, yearly, premium, to } = await middle(world);
    await to(premium.id);
    standIn.renewSubscription({ subscription });
    expect(typesOf(standIn).filter((type) => type === "invoice.upcoming")).toHaveLength(1);
    standIn.setCard({ customer, mood: "card_declined" });
    const pending = await to(yearly.id, { payment_behavior: "pending_if_incomplete" });
    standIn.payInvoice({ invoice: String(pending.latest_invoice) });
    standIn.setCard({ customer, mood: "pays" });
    standIn.takeDeliveries();
    standIn.renewSubscription({ subscription });
    expect((await stripe.invoices.list({ subscription })).data[0]).toMatchObject({ total: 10_000, status: "paid" });
    expect(typesOf(standIn).filter((type) => type === "invoice.upcoming")).toHaveLength(1);
  });

  it("with a card that does not pay: past due, refused, or pending until it is paid", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription, customer, premium, pro, to } = await middle(world);
    standIn.setCard({ customer, mood: "card_declined" });
    const now = { proration_behavior: "always_invoice" } as const;
    const priceNow = async () => (await stripe.subscriptions.retrieve(subscription)).items.data[0]?.price.id;
    expect(await refusal(to(premium.id, { ...now, payment_behavior: "error_if_incomplete" }))).toMatchObject({
      status: 402,
    });
    expect(await priceNow()).toBe(pro.id);
    const pending = await to(premium.id, { ...now, payment_behavior: "pending_if_incomplete" });
    expect(pending).toMatchObject({
      status: "active",
      pending_update: { subscription_items: [{ price: { id: premium.id } }] },
    });
    expect(await priceNow()).toBe(pro.id);
    standIn.payInvoice({ invoice: String(pending.latest_invoice) });
    expect(await priceNow()).toBe(premium.id);
    await to(pro.id, { proration_behavior: "none" });
    await to(premium.id, { ...now, payment_behavior: "pending_if_incomplete" });
    standIn.takeDeliveries();
    standIn.advance({ ms: 23 * hourMs });
    expect(typesOf(standIn)).toEqual(
      expect.arrayContaining(["customer.subscription.pending_update_expired", "invoice.voided"]),
    );
    expect(await priceNow()).toBe(pro.id);
    expect(await to(premium.id, now)).toMatchObject({ status: "past_due" });
    expect(await priceNow()).toBe(premium.id);
    await refusal(to(pro.id, { payment_behavior: "pending_if_incomplete", metadata: { a: "b" } }));
  });

  it("refuses a price that is no plan, or of another currency, or a second item", async () => {
    const world = newWorld();
    const { subscription, premium, to } = await middle(world);
    const once = await world.stripe.prices.create({
      currency: "usd",
      unit_amount: 500,
      product_data: { name: "once" },
    });
    const monthly = { interval: "month" } as const;
    const shillings = await world.stripe.prices.create({
      currency: "kes",
      unit_amount: 50_000,
      product_data: { name: "kes" },
      recurring: monthly,
    });
    expect(await refusal(to(once.id))).toMatchObject({ param: "items[0][price]" });
    expect(await refusal(to(shillings.id))).toMatchObject({ param: "items[0][price]" });
    const second = world.stripe.subscriptions.update(subscription, { items: [{ price: premium.id }] });
    expect(await refusal(second)).toMatchObject({ param: "items[0][id]" });
  });
});

describe("invoices", () => {
  it("are voided, written off, overdue, and fail to be finalized", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription } = await subscribe(world);
    const next = async () => {
      standIn.renewSubscription({ subscription, mood: "card_declined" });
      return String((await stripe.subscriptions.retrieve(subscription)).latest_invoice);
    };
    const first = await next();
    standIn.markInvoiceOverdue({ invoice: first });
    expect((await stripe.invoices.voidInvoice(first)).status).toBe("void");
    expect((await stripe.subscriptions.retrieve(subscription)).status).toBe("active");
    expect(await refusal(stripe.invoices.pay(first))).toMatchObject({ status: 400 });
    const second = await next();
    expect(standIn.markInvoiceUncollectible({ invoice: second })).toMatchObject({
      status: "uncollectible",
      status_details: { uncollectible: { reason: "user_forgiven" } },
    });
    expect(standIn.payInvoice({ invoice: second }).status).toBe("paid");
    standIn.failNextFinalization({ subscription });
    const third = await next();
    expect(await stripe.invoices.retrieve(third)).toMatchObject({
      status: "draft",
      last_finalization_error: { code: "customer_tax_location_invalid" },
    });
    expect((await stripe.invoices.finalizeInvoice(third)).status).toBe("open");
    expect((await stripe.invoices.listLineItems(third)).data).toHaveLength(1);
    expect(standIn.announceUpcomingInvoice({ subscription })).toMatchObject({
      billing_reason: "upcoming",
      total: 1_000,
    });
  });

  it("of a paused collection are left as drafts, voided or written off", async () => {
    const world = newWorld();
    const { stripe, standIn } = world;
    const { subscription } = await subscribe(world);
    const statuses = [];
    for (const behavior of ["keep_as_draft", "void", "mark_uncollectible"] as const) {
      await stripe.subscriptions.update(subscription, { pause_collection: { behavior } });
      standIn.renewSubscription({ subscription });
      statuses.push((await stripe.invoices.list({ subscription })).data[0]?.status);
    }
    expect(statuses).toEqual(["draft", "void", "uncollectible"]);
    expect(await stripe.subscriptions.update(subscription, { pause_collection: "" })).toMatchObject({
      pause_collection: null,
    });
  });
});

describe("events: every row of what the product acts on", () => {
  const rows: [string, (world: World) => Promise<unknown>][] = [
    ["checkout.session.completed", pay],
    ["checkout.session.async_payment_succeeded", (world) => late(world, "succeeded")],
    ["checkout.session.async_payment_failed", (world) => late(world, "failed")],
    ["checkout.session.expired", async (world) => world.standIn.expireSession(await only(openPayment(world)))],
    ["payment_intent.succeeded", pay],
    ["payment_intent.payment_failed", async (world) => world.standIn.declineSession(await only(openPayment(world)))],
    ["payment_intent.canceled", async (world) => world.standIn.cancelIntent(await intent(world))],
    ["payment_intent.processing", async (world) => world.standIn.processIntent(await intent(world))],
    ["payment_intent.requires_action", async (world) => world.standIn.requireAction(await intent(world))],
    ["charge.refunded", refund],
    ["refund.created", refund],
    ["refund.updated", async (world) => world.standIn.failRefund({ refund: (await refund(world)).id })],
    ["refund.failed", async (world) => world.standIn.failRefund({ refund: (await refund(world)).id })],
    ["charge.dispute.created", dispute],
    ["charge.dispute.funds_withdrawn", dispute],
    ["charge.dispute.funds_reinstated", (world) => decided(world, "won")],
    ["charge.dispute.updated", async (world) => world.standIn.updateDispute({ dispute: (await dispute(world)).id })],
    ["charge.dispute.closed", (world) => decided(world, "lost")],
    [
      "radar.early_fraud_warning.created",
      async (world) => world.standIn.warnOfFraud({ paymentIntent: (await pay(world)).paymentIntent }),
    ],
    ["customer.subscription.created", subscribe],
    ["customer.subscription.updated", (world) => switched(world, {})],
    ["customer.subscription.deleted", async (world) => world.standIn.cancelSubscription(await plan(world))],
    ["customer.subscription.paused", async (world) => world.standIn.pauseSubscription(await plan(world))],
    [
      "customer.subscription.resumed",
      async (world) => {
        const one = await plan(world);
        world.standIn.pauseSubscription(one);
        world.standIn.resumeSubscription(one);
      },
    ],
    ["customer.subscription.trial_will_end", (world) => subscribe(world, { trial_period_days: 1 })],
    [
      "customer.subscription.pending_update_applied",
      async (world) => {
        const { latest_invoice: invoice } = await switched(world, { isPending: true });
        world.standIn.payInvoice({ invoice: String(invoice) });
      },
    ],
    [
      "customer.subscription.pending_update_expired",
      async (world) => {
        await switched(world, { isPending: true });
        world.standIn.advance({ ms: dayMs });
      },
    ],
    ["invoice.paid", subscribe],
    ["invoice.payment_failed", (world) => renewed(world, "card_declined")],
    ["invoice.payment_action_required", (world) => renewed(world, "authentication_required")],
    [
      "invoice.finalization_failed",
      async (world) => {
        const one = await plan(world);
        world.standIn.failNextFinalization(one);
        world.standIn.renewSubscription(one);
      },
    ],
    ["invoice.voided", async (world) => world.standIn.voidInvoice(await renewed(world, "card_declined"))],
    [
      "invoice.marked_uncollectible",
      async (world) => world.standIn.markInvoiceUncollectible(await renewed(world, "card_declined")),
    ],
    ["invoice.overdue", async (world) => world.standIn.markInvoiceOverdue(await renewed(world, "card_declined"))],
    ["invoice.upcoming", async (world) => world.standIn.announceUpcomingInvoice(await plan(world))],
    ["invoice_payment.paid", subscribe],
    ["customer.created", openPayment],
  ];

  async function only(opened: Promise<{ session: string }>) {
    return { session: (await opened).session };
  }
  async function late(world: World, outcome: "succeeded" | "failed") {
    const paid = world.standIn.paySessionLater(await only(openPayment(world)));
    expect(paid).toMatchObject({ status: "complete", payment_status: "unpaid" });
    world.standIn.settleIntent({ paymentIntent: String(paid.payment_intent), outcome });
    expect(world.standIn.find({ id: paid.id }).payment_status).toBe(outcome === "succeeded" ? "paid" : "unpaid");
  }
  async function intent({ stripe }: World) {
    return { paymentIntent: (await stripe.paymentIntents.create({ amount: 999, currency: "usd" })).id };
  }
  async function refund(world: World) {
    return world.stripe.refunds.create({ payment_intent: (await pay(world)).paymentIntent, amount: 100 });
  }
  async function dispute(world: World) {
    return world.standIn.openDispute({ paymentIntent: (await pay(world)).paymentIntent });
  }
  async function decided(world: World, status: "won" | "lost") {
    return world.standIn.closeDispute({ dispute: (await dispute(world)).id, status });
  }
  async function plan(world: World) {
    return { subscription: (await subscribe(world)).subscription };
  }
  async function renewed(world: World, mood: "card_declined" | "authentication_required") {
    const { latest_invoice: invoice } = world.standIn.renewSubscription({ ...(await plan(world)), mood });
    return { invoice: String(invoice) };
  }
  async function switched(world: World, { isPending = false }) {
    const { subscription, premium, customer } = await subscribe(world);
    if (isPending) world.standIn.setCard({ customer, mood: "card_declined" });
    const paymentBehavior = isPending ? "pending_if_incomplete" : "allow_incomplete";
    return world.standIn.switchPlan({
      subscription,
      price: premium.id,
      prorationBehavior: "always_invoice",
      paymentBehavior,
    });
  }

  it.each(rows)("%s", async (type, act) => {
    const world = newWorld();
    await act(world);
    const deliveries = world.standIn.takeDeliveries({ types: [type] });
    expect(deliveries.length).toBeGreaterThan(0);
    for (const delivery of deliveries) {
      const event = await verify(world, delivery);
      expect(event).toMatchObject({ object: "event", type, api_version: "2026-10-28.endive", livemode: false });
      expect(event.id).toMatch(/^evt_/);
      expect(event.data.object).toHaveProperty("object");
      expect(event).toHaveProperty("request.idempotency_key");
      expect(await world.stripe.events.retrieve(event.id)).toMatchObject({
        id: event.id,
        type,
        created: event.created,
      });
      expect(type.endsWith(".updated")).toBe("previous_attributes" in event.data);
      expect(delivery.customer === null).toBe((event.data.object as { customer?: unknown }).customer === null);
    }
    expect((await world.stripe.events.list({ type })).data).toHaveLength(deliveries.length);
  });

  it("hold the object as it was then, and name the call that caused them", async () => {
    const world = newWorld();
    const { paymentIntent } = await pay(world);
    world.standIn.takeDeliveries();
    await world.stripe.refunds.create({ payment_intent: paymentIntent, amount: 100 }, { idempotencyKey: "refund_1" });
    world.standIn.refund({ paymentIntent, amount: 200 });
    const events = world.standIn.takeDeliveries({ types: ["charge.refunded"] }).map(({ body }) => JSON.parse(body));
    expect(events.map(({ data }) => data.object.amount_refunded)).toEqual([100, 300]);
    const read = await world.stripe.events.retrieve(events[0].id);
    expect(read.data.object).toMatchObject({ amount_refunded: 100 });
    expect(events[0].request).toEqual({ id: expect.stringMatching(/^req_/), idempotency_key: "refund_1" });
    expect(events[1].request).toEqual({ id: null, idempotency_key: null });
  });
});

/** As the product does it: raw body, header, one of the secrets. */
function verify({ stripe, clock }: World, { body, headers }: Delivery, secret = "whsec_new", atMs = clock.ms) {
  return stripe.webhooks.constructEventAsync(body, headers["Stripe-Signature"] ?? "", secret, 300, undefined, atMs);
}

describe("webhook deliveries", () => {
  it("are signed under both secrets, and wait once, in order, until they are taken", async () => {
    const world = newWorld();
    const { standIn } = world;
    const first = await pay(world);
    await pay(world);
    const mine = standIn.pendingDeliveries({ customer: first.customer });
    expect(mine.map(({ type }) => type)).toEqual([
      "customer.created",
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
      "checkout.session.completed",
    ]);
    expect(standIn.takeDeliveries({ customer: first.customer }).map(({ eventId }) => eventId)).toEqual(
      mine.map(({ eventId }) => eventId),
    );
    expect(standIn.takeDeliveries({ customer: first.customer })).toEqual([]);
    const [one] = standIn.pendingDeliveries({ types: ["checkout.session.completed"] });
    if (one === undefined) throw new Error("nothing waits");
    for (const secret of secrets) expect((await verify(world, one, secret)).id).toBe(one.eventId);
    await expect(verify(world, one, "whsec_other")).rejects.toThrow(/No signatures found/);
    expect(standIn.dropDeliveries().dropped).toBeGreaterThan(0);
    expect(standIn.pendingDeliveries()).toEqual([]);
  });

  it("are sent again days later with a fresh signature and the same event", async () => {
    const world = newWorld();
    await pay(world);
    const [first] = world.standIn.takeDeliveries({ types: ["checkout.session.completed"] });
    if (first === undefined) throw new Error("nothing waits");
    world.clock.ms += 3 * dayMs;
    await expect(verify(world, first)).rejects.toThrow(/outside the tolerance/);
    const again = world.standIn.resend({ event: first.eventId });
    expect(again.body).toBe(first.body);
    expect(again.id).not.toBe(first.id);
    expect((await verify(world, again)).id).toBe(first.eventId);
  });

  it.each(["wrong_secret", "too_old", "altered_body", "no_signature", "garbled_signature"] as const)(
    "forged (%s) are refused by the real client",
    async (how) => {
      const world = newWorld();
      await pay(world);
      const [{ eventId = "" } = {}] = world.standIn.takeDeliveries();
      await expect(verify(world, world.standIn.forge({ event: eventId, how }))).rejects.toBeInstanceOf(
        Stripe.errors.StripeSignatureVerificationError,
      );
    },
  );

  it("from the future are right in all but their time, which the real client does not look at", async () => {
    const world = newWorld();
    await pay(world);
    const [{ eventId = "" } = {}] = world.standIn.takeDeliveries();
    const forged = world.standIn.forge({ event: eventId, how: "too_far_ahead" });
    expect((await verify(world, forged)).id).toBe(eventId);
    expect(Number(/t=(\d+)/.exec(forged.headers["Stripe-Signature"] ?? "")?.[1])).toBe(startMs / 1000 + 360);
  });

  it("do not come from the future when Stripe's own clock is moved", async () => {
    const world = newWorld();
    world.standIn.advance({ ms: 40 * dayMs });
    await pay(world);
    const [one] = world.standIn.takeDeliveries();
    if (one === undefined) throw new Error("nothing waits");
    expect((await verify(world, one)).created).toBe((startMs + 40 * dayMs) / 1000);
  });

  it("are only of the types that the endpoint wants", async () => {
    const world = newWorld();
    world.standIn.configure({ enabledEvents: ["checkout.session.completed"] });
    await pay(world);
    expect(typesOf(world.standIn)).toEqual(["checkout.session.completed"]);
    expect(world.standIn.listEvents().length).toBeGreaterThan(1);
  });
});

describe("faults", () => {
  it.each([
    ["error", "StripeAPIError", 500],
    ["error_kept", "StripeAPIError", 500],
    ["rate_limited", "StripeRateLimitError", 429],
    ["lock_timeout", "StripeRateLimitError", 429],
    ["key_in_use", "StripeAPIError", 409],
    ["never_answers", "StripeConnectionError", undefined],
    ["dropped", "StripeConnectionError", undefined],
    ["answer_lost", "StripeConnectionError", undefined],
    ["answer_cut", "StripeConnectionError", undefined],
  ] as const)("%s is a %s, as often as it was asked for", async (kind, type, status) => {
    const { stripe, standIn } = newWorld();
    standIn.addFault({ pathPrefix: "/v1/customers", method: "POST", match: "faulty", kind, times: 2 });
    const create = (name: string) => stripe.customers.create({ name });
    expect(await refusal(create("faulty"))).toMatchObject({ type, status });
    await create("well");
    expect((await stripe.customers.list()).data.length).toBe(kind.startsWith("answer_") ? 2 : 1);
    expect(await refusal(create("faulty"))).toMatchObject({ type });
    expect((await create("faulty")).name).toBe("faulty");
    standIn.clearFaults();
  });

  it("a kept error is the key's answer, any other leaves the key free", async () => {
    const { stripe, standIn } = newWorld();
    for (const [kind, isKept] of [
      ["error_kept", true],
      ["error", false],
    ] as const) {
      standIn.addFault({ kind });
      const create = () => stripe.customers.create({}, { idempotencyKey: kind });
      expect(await refusal(create())).toMatchObject({ status: 500 });
      const again = await create().catch((thrown: unknown) => thrown);
      expect(again instanceof Stripe.errors.StripeError).toBe(isKept);
    }
  });

  it("go when they are cleared, and calls that hang break off", async () => {
    const { fetchIt, standIn } = newWorld();
    standIn.addFault({ kind: "never_answers", times: 5 });
    const headers = { Authorization: `Bearer ${secretKey}` };
    const hung = fetchIt(`${origin}/v1/customers`, { headers });
    await Promise.resolve();
    await expect(Promise.race([hung, Promise.resolve("still waits")])).resolves.toBe("still waits");
    standIn.clearFaults();
    await expect(hung).rejects.toThrow(/broke the connection/);
    expect((await fetchIt(`${origin}/v1/customers`, { headers })).status).toBe(200);
  });
});

describe("the same seed", () => {
  it("gives the same ids, events and signatures; another gives others", async () => {
    const run = async (seed: number) => {
      const world = newWorld(seed);
      const { subscription } = await subscribe(world);
      world.standIn.renewSubscription({ subscription, mood: "card_declined" });
      await pay(world);
      return world.standIn.takeDeliveries();
    };
    const one = await run(7);
    // The client makes the idempotency keys of its own, by chance.
    const plain = (deliveries: Delivery[]) =>
      deliveries.map(({ body }) => body.replace(/"idempotency_key":"[^"]+"/, ""));
    expect(plain(await run(7))).toEqual(plain(one));
    expect(plain(await run(8))).not.toEqual(plain(one));
  });
});

describe("the driver over HTTP", () => {
  const ask = async ({ fetchIt }: World, path: string, body?: object) => {
    const answer = await fetchIt(`${origin}/stand-in/${path}`, {
      method: "POST",
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it("has every verb the methods have", async () => {
    const world = newWorld();
    for (const verb of Object.keys(bodies) as VerbName[]) {
      expect(world.standIn[verb], verb).toBeTypeOf("function");
      const { status } = await ask(world, pathOf(verb), { surprise: true });
      expect([verb, status]).toEqual([verb, 400]);
    }
  });

  it("does what the methods do, and says what it refuses", async () => {
    const world = newWorld();
    const { session, customer } = await openPayment(world);
    expect(await ask(world, "pay-session", { session })).toMatchObject({
      status: 200,
      body: { payment_status: "paid" },
    });
    expect(await ask(world, "pay-session", { session })).toMatchObject({
      status: 409,
      body: { error: { message: /complete/ } } as never,
    });
    const { body } = await ask(world, "take-deliveries", { customer, types: ["checkout.session.completed"] });
    const [delivery] = body as unknown as Delivery[];
    if (delivery === undefined) throw new Error("nothing waits");
    expect((await verify(world, delivery)).id).toBe(delivery.eventId);
    expect(await ask(world, "advance", { ms: 1_000 })).toEqual({ status: 200, body: { nowMs: startMs + 1_000 } });
    expect(await ask(world, "settle-due")).toMatchObject({ status: 200 });
    const unknown = await ask(world, "nothing");
    expect(unknown.status).toBe(404);
    expect(JSON.stringify(unknown.body)).toContain("POST /stand-in/pay-session");
    const calls = (await ask(world, "list-requests", { match: customer })).body as unknown as { path: string }[];
    expect(calls.map(({ path }) => path)).toEqual(["/v1/checkout/sessions"]);
  });
});

describe("pages", () => {
  const get = async ({ fetchIt }: World, path: string) => (await fetchIt(`${origin}${path}`)).text();
  const press = async ({ fetchIt }: World, path: string, fields: Record<string, string>) => {
    const answer = await fetchIt(`${origin}${path}`, { method: "POST", body: new URLSearchParams(fields) });
    return { status: answer.status, to: answer.headers.get("Location") ?? "" };
  };

  it("the hosted page shows what is bought, and each button leads where it must", async () => {
    const world = newWorld();
    const { session } = await openPayment(world);
    const path = `/c/pay/${session}`;
    expect(await get(world, path)).toMatch(/50 credits[\s\S]*9\.99 USD[\s\S]*Leave without paying/);
    expect(await press(world, path, { press: "leave" })).toEqual({ status: 303, to: "https://shop.test/cart" });
    const declined = await press(world, path, { press: "card_declined" });
    expect(await get(world, declined.to)).toContain("Nothing was charged");
    await press(world, path, { press: "action" });
    expect(await get(world, path)).toContain("Yes, it is me");
    expect((await press(world, path, { press: "deny" })).to).toContain(path);
    expect(await press(world, path, { press: "pay" })).toEqual({
      status: 303,
      to: `https://shop.test/done?s=${session}`,
    });
    expect(await get(world, path)).toContain("This session is complete");
    const slow = await openPayment(world);
    await press(world, `/c/pay/${slow.session}`, { press: "later" });
    expect(world.standIn.find({ id: slow.session })).toMatchObject({ status: "complete", payment_status: "unpaid" });
    expect(await get(world, "/c/pay/cs_test_x")).toContain("No such checkout.session");
  });

  it("the portal cancels, keeps and switches, and leads back", async () => {
    const world = newWorld();
    const { customer, subscription, premium } = await subscribe(world);
    const portal = await world.stripe.billingPortal.sessions.create({
      customer,
      return_url: "https://shop.test/account",
    });
    expect(portal.id).toMatch(/^bps_/);
    const path = new URL(portal.url).pathname;
    const page = await get(world, path);
    expect(page).toMatch(/Cancel at the period&#39;s end|Cancel at the period's end/);
    expect(page).toContain('href="https://shop.test/account"');
    expect(page).toContain("Switch to premium (30.00 USD)");
    await press(world, "/press/cancel-subscription", { subscription, when: "period_end", back: path });
    expect(await get(world, path)).toContain("Keep the plan");
    const switched = await press(world, "/press/switch-plan", {
      subscription,
      price: premium.id,
      prorationBehavior: "always_invoice",
      back: path,
    });
    expect(await get(world, switched.to)).toContain("Done: switch plan.");
    expect(world.standIn.world.subscription(subscription).items.data[0]?.price.id).toBe(premium.id);
    expect(await refusal(world.stripe.billingPortal.sessions.create({ customer: "cus_x" }))).toMatchObject({
      param: "customer",
    });
  });

  it("the dashboard shows everything, escaped, and its buttons say what they did", async () => {
    const world = newWorld();
    const { paymentIntent } = await pay(world);
    const { subscription } = await subscribe(world);
    const hostile = await openPayment(world, {
      line_items: [{ price_data: { currency: "usd", unit_amount: 99, product_data: { name: "<b>" } }, quantity: 1 }],
    });
    const refunded = await press(world, "/press/refund", { paymentIntent, amount: "250" });
    expect(await get(world, refunded.to)).toMatch(/Done: refund\.[\s\S]*2\.50 USD refunded/);
    const refused = await press(world, "/press/refund", { paymentIntent, amount: "9999" });
    expect(await get(world, refused.to)).toContain("greater than unrefunded amount");
    await press(world, "/press/open-dispute", { paymentIntent, status: "needs_response" });
    await press(world, "/press/renew-subscription", { subscription, mood: "card_declined" });
    const page = await get(world, "/");
    for (const text of [subscription, "past_due", "needs_response", "31 days on", "not taken yet"])
      expect(page).toContain(text);
    expect(await get(world, `/c/pay/${hostile.session}`)).toMatch(/&lt;b&gt;(?![\s\S]*<b>)/);
    expect(await get(world, "/?note=%3Cscript%3E")).not.toContain("<script>");
    const invoice = String(world.standIn.world.subscription(subscription).latest_invoice);
    await press(world, "/press/pay-invoice", { invoice, back: `/i/${invoice}` });
    expect(await get(world, `/i/${invoice}`)).toContain("paid");
    const charge = String(world.standIn.world.intent(paymentIntent).latest_charge);
    expect(await get(world, `/receipts/${charge}`)).toContain("9.99 USD");
    const { id } = await world.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
    world.standIn.requireAction({ paymentIntent: id });
    expect(await get(world, `/authenticate/${id}`)).toContain("Yes, it is me");
    expect(
      (
        await press(world, "/press/complete-action", {
          paymentIntent: id,
          isAuthenticated: "true",
          back: "https://shop.test/back",
        })
      ).to,
    ).toBe("https://shop.test/back");
    expect((await press(world, "/press/nothing", {})).status).toBe(404);
  });
});

describe("as a server", { timeout: 30_000 }, () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** A webhook that answers 500 as often as it is told to before it takes anything. */
  async function startWebhook(failures = 0) {
    const got: { id: string; type: string }[] = [];
    const stripe = new Stripe(secretKey);
    let failuresLeft = failures;
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const event = await stripe.webhooks.constructEventAsync(
        body,
        String(request.headers["stripe-signature"]),
        "whsec_old",
      );
      const isTaken = failuresLeft === 0;
      failuresLeft = Math.max(0, failuresLeft - 1);
      if (isTaken) got.push({ id: event.id, type: event.type });
      response.writeHead(isTaken ? 200 : 500).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    return { got, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/hook` };
  }

  async function start(webhookUrl: string, mode: "automatic" | "manual" = "automatic") {
    const served = await serve({
      port: 0,
      secretKey,
      webhookSecrets: secrets,
      webhookUrl,
      mode,
      retryDelaysMs: [20, 20],
    });
    closers.unshift(served.close);
    const { hostname: host, port } = new URL(served.origin);
    const stripe = new Stripe(secretKey, { host, port, protocol: "http", maxNetworkRetries: 0, timeout: 1_000 });
    return { ...served, stripe };
  }

  const setPolicy = (served: ServedStripe, policy: object) =>
    fetch(`${served.origin}/stand-in/policy`, { method: "POST", body: JSON.stringify(policy) });

  it("is called over a socket, hands out its pages, and delivers webhooks by itself, again if it must", async () => {
    const webhook = await startWebhook(2);
    const served = await start(webhook.url);
    const { stripe, standIn } = served;
    const { session } = await openPayment({ stripe } as World);
    const { url } = await stripe.checkout.sessions.retrieve(session);
    expect(await (await fetch(String(url))).text()).toContain("50 credits");
    const paid = await fetch(String(url), {
      method: "POST",
      body: new URLSearchParams({ press: "pay" }),
      redirect: "manual",
    });
    expect(paid.headers.get("Location")).toBe(`https://shop.test/done?s=${session}`);
    const emitted = standIn.listEvents().length;
    await expect.poll(() => webhook.got.length, { timeout: 5_000 }).toBe(emitted);
    expect(new Set(webhook.got.map(({ id }) => id)).size).toBe(emitted);
    // Whether it is the second try or the third depends on what else went out meanwhile.
    await expect.poll(async () => (await fetch(served.origin)).text(), { timeout: 5_000 }).toMatch(/try [23]: 200/);
  });

  it("repeats, drops, delays and reorders as it is told", async () => {
    const webhook = await startWebhook();
    const served = await start(webhook.url);
    expect((await setPolicy(served, { drop: 2 })).status).toBe(400);
    expect(await (await setPolicy(served, { repeat: 2, reorder: true, delayMs: 30 })).json()).toEqual({
      drop: 0,
      repeat: 2,
      delayMs: 30,
      reorder: true,
    });
    const { session } = await openPayment(served as unknown as World);
    served.standIn.paySession({ session });
    const emitted = served.standIn.listEvents().length;
    await expect.poll(() => webhook.got.length, { timeout: 5_000 }).toBe(3 * emitted);
    expect(new Set(webhook.got.map(({ id }) => id)).size).toBe(emitted);
    expect(webhook.got.map(({ id }) => id)).not.toEqual(served.standIn.listEvents().flatMap(({ id }) => [id, id, id]));
    await setPolicy(served, { drop: 1 });
    await pay(served as unknown as World);
    await expect.poll(() => served.standIn.pendingDeliveries().length, { timeout: 5_000 }).toBe(0);
    expect(webhook.got).toHaveLength(3 * emitted);
  });

  it("breaks connections, cuts answers off, and hangs until it closes", async () => {
    const served = await start("http://127.0.0.1:1/nobody", "manual");
    const { stripe, standIn } = served;
    for (const kind of ["dropped", "answer_lost", "answer_cut", "never_answers"] as const) {
      // The client tries a broken connection a second time, whatever it was told about retries.
      standIn.addFault({ kind, times: 2, match: kind });
      expect(await refusal(stripe.customers.create({ name: kind })), kind).toMatchObject({
        type: "StripeConnectionError",
      });
    }
    expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(["answer_cut", "answer_lost"]);
    expect(standIn.pendingDeliveries()).toHaveLength(2);
  });
});
