import { currencies } from "../../../contract/payments.ts";
import { findOwner } from "../../accounts/find-owner.ts";
import type { Context } from "../../context.ts";
import { invariant } from "../../fail.ts";
import { idFromDigest } from "../../ids.ts";
import { findOtherLive } from "../../plans/find-other-live.ts";
import { syncSubscription } from "../../plans/sync-subscription.ts";
import { fulfilPayment } from "../fulfil-payment.ts";
import { findPayment } from "../store.ts";
import type { InvoiceFacts } from "./card-payments.ts";
import { insertCardPayment, noteAttention } from "./card-store.ts";
import { requireCards } from "./require-cards.ts";
import { tenantOfCustomer } from "./require-customer.ts";
import { syncCardClaims } from "./sync-card-claims.ts";

export type InvoiceOutcome = "paid" | "not_paid" | "not_ours" | "not_understood";

/**
 * A subscription's invoice: once it is paid it stands among the tenant's payments, once, with what was refunded or disputed
 * of it. The plan it pays for is the subscription's to say, and is read from there, whatever the invoice has become.
 */
export async function syncInvoice(context: Context, invoiceId: string): Promise<InvoiceOutcome> {
  const { deps } = context;
  const cards = requireCards(deps);
  const invoice = await cards.readInvoice(invoiceId);
  const tenantId = await tenantOfCustomer(deps, invoice?.customerId ?? null);
  if (invoice === null || tenantId === null || invoice.isLive !== cards.isLive) return "not_ours";
  const { subscriptionId } = invoice;
  // An invoice that somebody wrote at the dashboard is for something else than a plan.
  if (subscriptionId === null) return "not_ours";
  const paymentId = invoice.status === "paid" ? await recordInvoice(context, tenantId, invoice) : null;
  await syncSubscription(context, subscriptionId);
  if (invoice.status !== "paid") return "not_paid";
  if (paymentId === null) return "not_understood";
  await tellOfTwo(context, { tenantId, subscriptionId, paymentId });
  return "paid";
}

/** null: it is for no plan of ours, or in no currency of ours. */
async function recordInvoice(context: Context, tenantId: string, invoice: InvoiceFacts): Promise<string | null> {
  const { deps } = context;
  const currency = currencies.find((one) => one === invoice.currency);
  if (invoice.plan === null || currency === undefined) {
    const { id, plan, currency: told } = invoice;
    deps.log.write("error", "invoice_not_understood", { invoiceId: id, plan, currency: told });
    return null;
  }
  const id = idFromDigest("payment", await deps.digests.sha256(`invoice:${invoice.id}`));
  const { userId } = await findOwner(deps, tenantId);
  await insertCardPayment(
    context,
    {
      id,
      tenantId,
      userId,
      provider: "stripe",
      purpose: "plan",
      plan: invoice.plan,
      credits: 0,
      bonus: 0,
      amount: invoice.amountPaid,
      currency,
      state: "paid",
      invoiceId: invoice.id,
      paymentIntentId: invoice.paymentIntentId,
      receipt: invoice.chargeId,
      createdAtMs: invoice.createdAtMs,
      paidAtMs: deps.clock.now(),
    },
    "payment.paid",
  );
  const payment = await findPayment(deps, id);
  invariant(payment !== null, "what was inserted is there");
  await fulfilPayment(context, payment);
  // A refund that was told of before the invoice was found no payment then.
  if (invoice.paymentIntentId !== null) await syncCardClaims(context, payment, invoice.paymentIntentId);
  return id;
}

/** Two checkouts that were open at once make two subscriptions, and both are paid: only a person can say which is to go. */
async function tellOfTwo(
  context: Context,
  paid: { tenantId: string; subscriptionId: string; paymentId: string },
): Promise<void> {
  const { deps } = context;
  const other = await findOtherLive(deps, paid.tenantId, paid.subscriptionId);
  if (other === null) return;
  deps.log.write("error", "payment_needs_a_person", { paymentId: paid.paymentId, why: "two subscriptions" });
  await noteAttention(
    deps,
    paid.paymentId,
    `This account has two subscriptions, ${other} and ${paid.subscriptionId}, and pays both: cancel one, and refund what it took`,
  );
}
