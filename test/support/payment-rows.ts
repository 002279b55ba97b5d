/** Payments written as if a provider had been asked, for tests of what comes after; and who operates the service under test. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { intentAnswer, paymentEnvelope } from "../../src/contract/payments.ts";
import { type Context, makeId, type SystemActor } from "../../src/core/context.ts";
import { markPaid } from "../../src/core/payments/mark-paid.ts";
import { findPayment, insertPayment } from "../../src/core/payments/store.ts";
import type { PaymentRow, payments } from "../../src/core/payments/tables.ts";
import { readEnv } from "../../src/env.ts";
import { systemContext } from "../../src/wiring.ts";
import { newEmail, read, signUp, type Tenant } from "./api-client.ts";
import { holdQueue } from "./held-queue.ts";

export function newContext(): Context<SystemActor> {
  return systemContext(readEnv({ ...env }), "a test");
}

/** An order of the starter package by card, or whatever else it is said to be. */
export async function writePayment(
  tenant: Tenant,
  fields: Partial<typeof payments.$inferInsert> = {},
): Promise<PaymentRow> {
  const context = newContext();
  const id = makeId(context, "payment");
  await insertPayment(context.deps, {
    id,
    tenantId: await tenantOf(tenant.session.user.id),
    userId: tenant.session.user.id,
    provider: "stripe",
    purpose: "package",
    packageId: "starter",
    plan: null,
    credits: 50,
    bonus: 0,
    amount: 9_99,
    currency: "USD",
    state: "pending",
    createdAtMs: context.deps.clock.now(),
    ...fields,
  });
  return requirePaymentRow(fields.id ?? id);
}

/** Without asking the API, whose sessions end when a test moves the clock. */
async function tenantOf(userId: string): Promise<string> {
  const query = env.DB.prepare("SELECT tenant_id FROM memberships WHERE user_id = ?").bind(userId);
  return (await query.first<string>("tenant_id")) ?? "";
}

/** The same, paid, and what it bought given. */
export async function payFor(tenant: Tenant, fields: Partial<typeof payments.$inferInsert> = {}): Promise<PaymentRow> {
  const payment = await writePayment(tenant, fields);
  await markPaid(newContext(), payment);
  return requirePaymentRow(payment.id);
}

/** The starter package, paid with a card at the stand-in. */
export async function payByCard(tenant: Tenant): Promise<string> {
  const order = { package_id: "starter" };
  const { payment_id: id, payment_intent_id: intent } = read(
    await tenant.post("/api/payments/create-intent", order),
    201,
    intentAnswer,
  );
  const body = JSON.stringify({ paymentIntent: intent });
  const paid = await fetch("http://stripe.test/stand-in/pay-intent", { method: "POST", body });
  expect(paid.status, await paid.text()).toBe(200);
  const confirmed = await tenant.post("/api/payments/confirm", { payment_intent_id: intent });
  expect(read(confirmed, 200, paymentEnvelope).payment).toMatchObject({ id, status: "paid" });
  return id;
}

export const starterByPhone = {
  provider: "mpesa",
  amount: 1250_00,
  currency: "KES",
  phone: "254712345678",
} as const;

/** The same money, received by M-Pesa and explained by nothing. */
export async function writeStray(paidAtMs: number): Promise<string> {
  const receipt = `S${crypto.randomUUID().replaceAll("-", "").slice(0, 9)}`.toUpperCase();
  const insert = env.DB.prepare("INSERT INTO stray_receipts VALUES (?, ?, NULL, ?, ?, NULL)");
  await insert.bind(receipt, starterByPhone.amount, paidAtMs, paidAtMs).run();
  return receipt;
}

export async function requirePaymentRow(id: string): Promise<PaymentRow> {
  const row = await findPayment(newContext().deps, id);
  if (row === null) throw new Error(`no payment ${id}`);
  return row;
}

/** Somebody who operates the service, by the variables of the Worker they talk to. */
export function signUpOperator(): Promise<Tenant> {
  const email = newEmail();
  return signUp({ email, send: holdQueue({ ADMIN_EMAILS: `somebody@example.com, ${email.toUpperCase()}` }).send });
}
