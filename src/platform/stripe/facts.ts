/** Stripe's objects as the core's facts. Lists of words are open and fields move between versions: what is not there is null. */
import type { Stripe } from "stripe";
import type {
  CheckoutFacts,
  DisputeFacts,
  PaymentIntentFacts,
  RefundFacts,
  SubscriptionFacts,
} from "../../core/payments/cards/card-payments.ts";
import type { Plan } from "../../core/plans/plans.ts";

/** What is an id until somebody expands it. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : value.id;
}

export function toIntentFacts(intent: Stripe.PaymentIntent): PaymentIntentFacts {
  const { last_payment_error: error } = intent;
  return {
    id: intent.id,
    status: intent.status,
    amount: intent.amount,
    amountReceived: intent.amount_received,
    currency: intent.currency,
    customerId: idOf(intent.customer),
    isLive: intent.livemode,
    paymentId: intent.metadata.payment_id ?? null,
    failureCode: error === null ? null : (error.decline_code ?? error.code ?? error.type),
    chargeId: idOf(intent.latest_charge),
    clientSecret: intent.client_secret,
  };
}

export function toCheckoutFacts(session: Stripe.Checkout.Session): CheckoutFacts {
  return {
    id: session.id,
    mode: session.mode,
    status: session.status ?? "open",
    paymentStatus: session.payment_status,
    amountTotal: session.amount_total ?? 0,
    currency: session.currency ?? "",
    customerId: idOf(session.customer),
    isLive: session.livemode,
    paymentId: session.client_reference_id,
    paymentIntentId: idOf(session.payment_intent),
    subscriptionId: idOf(session.subscription),
    url: session.url,
  };
}

export function toRefundFacts(refund: Stripe.Refund): RefundFacts {
  return {
    id: refund.id,
    status: refund.status ?? "pending",
    amount: refund.amount,
    paymentIntentId: idOf(refund.payment_intent),
    claimId: refund.metadata?.claim_id ?? null,
  };
}

export function toDisputeFacts(dispute: Stripe.Dispute): DisputeFacts {
  const moves = dispute.balance_transactions.map(({ amount }) => amount);
  const isWithdrawn = moves.some((amount) => amount < 0);
  return {
    id: dispute.id,
    status: dispute.status,
    amount: dispute.amount,
    paymentIntentId: idOf(dispute.payment_intent),
    isWithdrawn,
    // Fees stand in fields of their own: what was taken and came back adds up to nothing.
    isReinstated: isWithdrawn && moves.reduce((sum, amount) => sum + amount, 0) >= 0,
  };
}

/** `planOf` knows our prices. Periods are the item's since 2025-03-31; of several items the one that carries a plan counts. */
export function toSubscriptionFacts(
  subscription: Stripe.Subscription,
  planOf: (price: Stripe.Price) => Plan | null,
): SubscriptionFacts {
  const items = subscription.items.data;
  const item = items.find(({ price }) => planOf(price) !== null) ?? items[0];
  const startSeconds = item?.current_period_start ?? subscription.start_date;
  const endSeconds = item?.current_period_end ?? startSeconds;
  const { cancel_at: cancelAtSeconds } = subscription;
  return {
    id: subscription.id,
    status: subscription.status,
    customerId: idOf(subscription.customer) ?? "",
    isLive: subscription.livemode,
    plan: item === undefined ? null : planOf(item.price),
    itemId: item?.id ?? "",
    currentPeriodStartMs: startSeconds * 1000,
    currentPeriodEndMs: endSeconds * 1000,
    // The portal and newer calls set the moment itself instead of the flag; a later one lets it renew until then.
    isCancelledAtPeriodEnd:
      subscription.cancel_at_period_end || (cancelAtSeconds !== null && cancelAtSeconds <= endSeconds),
    begunAtMs: subscription.created * 1000,
    endedAtMs: subscription.ended_at === null ? null : subscription.ended_at * 1000,
    latestInvoiceId: idOf(subscription.latest_invoice),
  };
}
