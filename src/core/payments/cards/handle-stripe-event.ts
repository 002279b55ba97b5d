import type { Context } from "../../context.ts";
import { syncSubscription } from "../../plans/sync-subscription.ts";
import { findPaymentBy } from "../store.ts";
import type { ProviderEventRow } from "../tables.ts";
import { noteAttention } from "./card-store.ts";
import { requireCards } from "./require-cards.ts";
import { syncIntent } from "./sync-card-payment.ts";
import { syncCheckout } from "./sync-checkout.ts";
import { syncInvoice } from "./sync-invoice.ts";

/** Reads anew what an event is about, applies it, and says in a word what came of it. */
type Handler = (context: Context, objectId: string, type: string) => Promise<string>;

const handlers: Record<string, Handler> = {
  "checkout.session.completed": syncCheckout,
  "checkout.session.async_payment_succeeded": syncCheckout,
  "checkout.session.async_payment_failed": syncCheckout,
  "checkout.session.expired": syncCheckout,

  "payment_intent.succeeded": syncIntent,
  "payment_intent.payment_failed": syncIntent,
  "payment_intent.canceled": syncIntent,
  "payment_intent.processing": syncIntent,
  "payment_intent.requires_action": syncIntent,

  "charge.refunded": ofCharge,
  "refund.created": ofRefund,
  "refund.updated": ofRefund,
  "refund.failed": ofRefund,
  "charge.refund.updated": ofRefund,
  "charge.dispute.created": ofDispute,
  "charge.dispute.funds_withdrawn": ofDispute,
  "charge.dispute.funds_reinstated": ofDispute,
  "charge.dispute.updated": ofDispute,
  "charge.dispute.closed": ofDispute,
  "radar.early_fraud_warning.created": ofFraudWarning,

  "customer.subscription.created": syncSubscription,
  "customer.subscription.updated": syncSubscription,
  "customer.subscription.deleted": syncSubscription,
  "customer.subscription.paused": syncSubscription,
  "customer.subscription.resumed": syncSubscription,
  "customer.subscription.trial_will_end": syncSubscription,
  "customer.subscription.pending_update_applied": syncSubscription,
  "customer.subscription.pending_update_expired": syncSubscription,

  "invoice.paid": syncInvoice,
  "invoice_payment.paid": syncInvoice,
  "invoice.payment_failed": ofLateInvoice,
  "invoice.payment_action_required": ofLateInvoice,
  "invoice.finalization_failed": ofLateInvoice,
  "invoice.overdue": ofLateInvoice,
  "invoice.voided": ofLateInvoice,
  "invoice.marked_uncollectible": ofLateInvoice,
};

/** Told in good time before a renewal: there is no invoice to read yet. */
const announcements = ["invoice.upcoming"];

/** What the webhook endpoint has to be told of, by Stripe's names. */
export const handledEvents: readonly string[] = [...Object.keys(handlers), ...announcements];

/** What came of an event, in a word: `ignored` for those that nothing hangs on here, `not_ours` for another system's objects. */
export async function handleStripeEvent(context: Context, event: ProviderEventRow): Promise<string> {
  const { log } = context.deps;
  const { id, type, objectId } = event;
  const handle = Object.hasOwn(handlers, type) ? handlers[type] : undefined;
  const outcome = await outcomeOf();
  log.write("info", "stripe_event", { eventId: id, type, objectId, outcome });
  return outcome;

  async function outcomeOf(): Promise<string> {
    if (announcements.includes(type)) return "noted";
    return handle === undefined || objectId === null ? "ignored" : handle(context, objectId, type);
  }
}

async function ofCharge(context: Context, chargeId: string): Promise<string> {
  return ofIntent(context, await requireCards(context.deps).paymentIntentOf(chargeId));
}

async function ofRefund(context: Context, refundId: string): Promise<string> {
  return ofIntent(context, (await requireCards(context.deps).readRefund(refundId))?.paymentIntentId ?? null);
}

async function ofDispute(context: Context, disputeId: string): Promise<string> {
  return ofIntent(context, (await requireCards(context.deps).readDispute(disputeId))?.paymentIntentId ?? null);
}

/** Refunds and disputes are read with the payment they are of, all of them: so their order cannot matter. */
async function ofIntent(context: Context, paymentIntentId: string | null): Promise<string> {
  return paymentIntentId === null ? "not_ours" : syncIntent(context, paymentIntentId);
}

/** The card network takes it for fraud: a refund before the dispute costs less, and is a person's to decide. */
async function ofFraudWarning(context: Context, chargeId: string): Promise<string> {
  const { deps } = context;
  const paymentIntentId = await requireCards(deps).paymentIntentOf(chargeId);
  if (paymentIntentId === null) return "not_ours";
  const outcome = await syncIntent(context, paymentIntentId);
  const payment = await findPaymentBy(deps, { paymentIntentId });
  if (payment === null) return outcome;
  deps.log.write("warn", "early_fraud_warning", { paymentId: payment.id, chargeId });
  await noteAttention(
    deps,
    payment.id,
    "The card network warns that this payment may be fraud: a refund now is cheaper than the dispute to come",
  );
  return "warned";
}

/** Nothing is granted by these: what the subscription has become of it is read, and somebody may want to know. */
async function ofLateInvoice(context: Context, invoiceId: string, type: string): Promise<string> {
  const outcome = await syncInvoice(context, invoiceId);
  if (outcome !== "not_ours") context.deps.log.write("warn", "invoice_in_trouble", { invoiceId, type, outcome });
  return outcome;
}
