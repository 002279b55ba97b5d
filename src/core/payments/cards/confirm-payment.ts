import type { PaymentAnswer } from "../../../contract/payments.ts";
import type { UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import { findPayment, findPaymentBy } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { toPaymentAnswer } from "../to-wire.ts";
import { requireCards } from "./require-cards.ts";
import { syncIntent } from "./sync-card-payment.ts";

/** Asks Stripe now what has become of a PaymentIntent of the caller's. Refuses `not_found`, for another tenant's too. */
export async function confirmPayment(context: UserContext, paymentIntentId: string): Promise<PaymentAnswer> {
  return toPaymentAnswer(context, await confirmOrder(context, paymentIntentId));
}

/** What became of it, and how many credits there are: as Astella asks. */
export async function confirmForAstella(
  context: UserContext,
  paymentIntentId: string,
): Promise<{ status: "pending" | "paid" | "failed"; credits_remaining: number }> {
  const { state } = await confirmOrder(context, paymentIntentId);
  const { balance } = await context.deps.ledger(context.actor.tenantId).readBalance();
  const isOver = state === "failed" || state === "expired";
  return { status: state === "paid" ? "paid" : isOver ? "failed" : "pending", credits_remaining: balance };
}

async function confirmOrder(context: UserContext, paymentIntentId: string): Promise<PaymentRow> {
  const { deps, actor } = context;
  requireCards(deps);
  const payment = await findPaymentBy(deps, { paymentIntentId });
  if (payment?.tenantId !== actor.tenantId) fail("not_found", "There is no payment of this name.");
  await syncIntent(context, paymentIntentId);
  const now = await findPayment(deps, payment.id);
  invariant(now !== null, "payments are never deleted");
  return now;
}
