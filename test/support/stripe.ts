import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { checkoutAnswer } from "../../src/contract/checkout.ts";
import { type IntentAnswer, intentAnswer, type PaymentAnswer, paymentEnvelope } from "../../src/contract/payments.ts";
import { newClient, read, type Send, signUp, type Tenant } from "./api-client.ts";
import { type HeldQueue, holdQueue } from "./held-queue.ts";
import { paymentVariables, stripeKeys } from "./payment-settings.ts";

export type Delivery = {
  eventId: string;
  type: string;
  object: string | null;
  body: string;
  headers: Record<string, string>;
};
export type StripeEvent = { id: string; type: string };

/** One stand-in for Stripe, the Worker before it, and a queue that delivers when it is told to. */
export type StripeWorld = {
  queue: HeldQueue;
  send: Send;
  /** Has people, banks and time do something at Stripe: `act("pay-intent", {paymentIntent})`. */
  act<Answer = Record<string, unknown>>(verb: string, given?: object): Promise<Answer>;
  /** A call of Stripe's API, as somebody else with the same account makes it. */
  call(path: string, parameters: Record<string, string>): Promise<{ id: string }>;
  /** The webhooks that wait for a customer, taken out of Stripe's hands. */
  take(filter: { customer: string; types?: string[]; object?: string }): Promise<Delivery[]>;
  /** Posts one, as Stripe does. */
  post(delivery: Delivery, path?: string): ReturnType<ReturnType<typeof newClient>["call"]>;
  /** Takes all webhooks of a customer, posts them, and lets the consumer work on them. */
  deliver(tenant: Buyer): Promise<Delivery[]>;
  /** Sets the time here and at Stripe. */
  setTime(nowMs: number): Promise<void>;
  buyer(): Promise<Buyer>;
};

/** A tenant who is a customer at Stripe. */
export type Buyer = Tenant & { tenantId: string; customer: string };

export function connectStripe(
  name: string,
  variables: Record<string, string> = {},
  holdsAccounts = false,
): StripeWorld {
  const base = `http://stripe-${name}.test`;
  const queue = holdQueue({ ...paymentVariables(base, `http://daraja-${name}.test`), ...variables }, holdsAccounts);
  const post = async (path: string, body: object) => {
    const response = await fetch(`${base}${path}`, { method: "POST", body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`the stand-in refused ${path} ${JSON.stringify(body)}: ${text}`);
    return text;
  };
  const world: StripeWorld = {
    queue,
    send: queue.send,
    async act(verb, given = {}) {
      return JSON.parse(await post(`/stand-in/${verb}`, given));
    },
    async call(path, parameters) {
      const headers = { Authorization: `Bearer ${stripeKeys.secretKey}` };
      const response = await fetch(`${base}${path}`, {
        method: "POST",
        headers,
        body: new URLSearchParams(parameters),
      });
      return (await response.json()) as { id: string };
    },
    take: (filter) => world.act<Delivery[]>("take-deliveries", filter),
    post(delivery, path = "/api/payments/webhook") {
      return newClient({ send: queue.send }).call("POST", path, { body: delivery.body, headers: delivery.headers });
    },
    async deliver(tenant) {
      const deliveries = await world.take({ customer: tenant.customer });
      for (const delivery of deliveries) expect((await world.post(delivery)).status).toBe(200);
      await queue.deliverAll();
      return deliveries;
    },
    async setTime(nowMs) {
      vi.useFakeTimers({ toFake: ["Date"], now: nowMs });
      await post("/clock", { now_ms: nowMs });
    },
    async buyer() {
      const tenant = await signUp({ send: queue.send });
      const row = await env.DB.prepare("SELECT tenant_id FROM memberships WHERE user_id = ?")
        .bind(tenant.session.user.id)
        .first<{ tenant_id: string }>();
      const buyer = { ...tenant, tenantId: row?.tenant_id ?? "", customer: "" };
      // The first order makes the customer; it is never paid.
      await createIntent(buyer, { package_id: "starter" });
      const customer = await env.DB.prepare("SELECT customer_id FROM stripe_customers WHERE tenant_id = ?")
        .bind(buyer.tenantId)
        .first<{ customer_id: string }>();
      await world.take({ customer: customer?.customer_id ?? "" });
      return { ...buyer, customer: customer?.customer_id ?? "" };
    },
  };
  return world;
}

export async function createIntent(
  tenant: Tenant,
  body: object = { package_id: "starter" },
  key?: string,
): Promise<IntentAnswer> {
  const headers = key === undefined ? {} : { "Idempotency-Key": key };
  return read(await tenant.post("/api/payments/create-intent", body, headers), 201, intentAnswer);
}

export async function confirm(tenant: Tenant, paymentIntent: string): Promise<PaymentAnswer> {
  const reply = await tenant.post("/api/payments/confirm", { payment_intent_id: paymentIntent });
  return read(reply, 200, paymentEnvelope).payment;
}

export async function checkOut(tenant: Tenant, body: object): Promise<string> {
  return read(await tenant.post("/api/billing/checkout", body), 200, checkoutAnswer).session_id;
}

/** A starter package that is paid, and the webhooks of it delivered. */
export async function paid(world: StripeWorld, tenant: Buyer, body: object = { package_id: "starter" }) {
  const intent = await createIntent(tenant, body);
  await world.act("pay-intent", { paymentIntent: intent.payment_intent_id });
  await world.deliver(tenant);
  return intent;
}

export function ledgerOf(tenantId: string) {
  return env.CREDIT_LEDGER.get(env.CREDIT_LEDGER.idFromName(tenantId));
}

/** What the ledger says, without using up the tenant's requests. */
export async function moneyOf({ tenantId }: { tenantId: string }) {
  return ledgerOf(tenantId).readBalance();
}

export type StoredPayment = {
  id: string;
  state: string;
  failure_code: string | null;
  attention: string | null;
  payment_intent_id: string | null;
  checkout_session_id: string | null;
  refunded_amount: number;
  dispute_state: string;
  next_check_at_ms: number | null;
  receipt: string | null;
  plan: string | null;
  amount: number;
};

export async function storedPayment(id: string): Promise<StoredPayment> {
  const row = await env.DB.prepare("SELECT * FROM payments WHERE id = ?").bind(id).first<StoredPayment>();
  if (row === null) throw new Error(`there is no payment ${id}`);
  return row;
}

export async function storedEvents(ids: string[]): Promise<Record<string, string | null>> {
  const marks = ids.map(() => "?").join(", ");
  const { results } = await env.DB.prepare(`SELECT id, outcome FROM provider_events WHERE id IN (${marks})`)
    .bind(...ids)
    .all<{ id: string; outcome: string | null }>();
  return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
}

/** Subscribes by checkout, and lets the webhooks of it come; returns Stripe's id of the subscription. */
export async function subscribed(world: StripeWorld, tenant: Buyer, plan: "pro" | "premium" = "pro"): Promise<string> {
  const session = await checkOut(tenant, { plan });
  const { subscription } = await world.act<{ subscription: string }>("pay-session", { session });
  await world.deliver(tenant);
  return subscription;
}

/** The plan that counts for a tenant now, and the rows it follows from. */
export async function planOf({ tenantId }: { tenantId: string }) {
  const [period] = (
    await env.DB.prepare("SELECT * FROM plan_periods WHERE tenant_id = ?")
      .bind(tenantId)
      .all<{ plan: string; paid_until_ms: number; access_until_ms: number; starts_at_ms: number }>()
  ).results;
  const nowMs = Date.now();
  const isOn = period !== undefined && period.starts_at_ms <= nowMs && nowMs < period.access_until_ms;
  return {
    plan: isOn ? period.plan : "free",
    paidUntilMs: period?.paid_until_ms,
    accessUntilMs: period?.access_until_ms,
  };
}
