import type { Context } from "../../context.ts";
import { syncSubscription } from "../../plans/sync-subscription.ts";
import { findPayment, findPaymentBy } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import type { CheckoutFacts } from "./card-payments.ts";
import { adoptName, endCardPayment, noteCardWhile } from "./card-store.ts";
import { doubtPayment } from "./doubt-payment.ts";
import { requireCards } from "./require-cards.ts";
import { tenantOfCustomer } from "./require-customer.ts";
import { type SyncOutcome, syncIntent } from "./sync-card-payment.ts";

/** Reads a checkout session anew, and applies what came of it: to its order, or to the subscription it has made. */
export async function syncCheckout(context: Context, sessionId: string): Promise<SyncOutcome> {
  const session = await requireCards(context.deps).readCheckout(sessionId);
  return session === null ? "not_ours" : applyCheckout(context, session);
}

export async function applyCheckout(context: Context, session: CheckoutFacts): Promise<SyncOutcome> {
  const { deps } = context;
  const tenantId = await tenantOfCustomer(deps, session.customerId);
  if (tenantId === null || session.isLive !== requireCards(deps).isLive) return "not_ours";
  if (session.mode === "subscription") return ofSubscription(context, session);
  const payment = await orderOf(context, session);
  if (payment === null || payment.tenantId !== tenantId) return "not_ours";
  return ofOrder(context, payment, session);
}

async function ofSubscription(context: Context, session: CheckoutFacts): Promise<SyncOutcome> {
  if (session.status === "expired") return "expired";
  if (session.status !== "complete" || session.subscriptionId === null) return "waiting";
  await syncSubscription(context, session.subscriptionId);
  return session.paymentStatus === "unpaid" ? "waiting" : "paid";
}

/** Our order, by Stripe's name of the session; by our name in it where a webhook is faster than our own answer. */
async function orderOf({ deps }: Context, session: CheckoutFacts): Promise<PaymentRow | null> {
  const linked = await findPaymentBy(deps, { checkoutSessionId: session.id });
  if (linked !== null || session.paymentId === null) return linked;
  const named = await findPayment(deps, session.paymentId);
  return named?.provider === "stripe" && named.checkoutSessionId === null ? named : null;
}

async function ofOrder(context: Context, payment: PaymentRow, session: CheckoutFacts): Promise<SyncOutcome> {
  const { deps } = context;
  await adoptName(deps, payment.id, "checkoutSessionId", session.id);
  let outcome: SyncOutcome = "waiting";
  if (session.paymentIntentId !== null) {
    await adoptName(deps, payment.id, "paymentIntentId", session.paymentIntentId);
    outcome = await syncIntent(context, session.paymentIntentId);
  } else if (session.status === "complete") {
    // Nothing was to be paid, as with a discount over all of it: orders of ours always cost something.
    await doubtPayment(context, payment, `The checkout ${session.id} is complete and nothing was paid`);
    return "doubtful";
  }
  if (session.status !== "expired" || (outcome !== "waiting" && outcome !== "failed")) return outcome;
  await endCardPayment(context, payment, "expired", { nextCheckAtMs: null });
  await noteCardWhile(deps, payment.id, ["failed"], { nextCheckAtMs: null });
  return "expired";
}
