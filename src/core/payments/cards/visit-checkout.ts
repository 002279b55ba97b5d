import type { Context } from "../../context.ts";
import { findPaymentBy } from "../store.ts";
import type { SyncOutcome } from "./sync-card-payment.ts";
import { syncCheckout } from "./sync-checkout.ts";

export type VisitedCheckout = { outcome: SyncOutcome; credits: number | null };

/**
 * Somebody comes back from Stripe's page: what came of it, applied at once. The id is the browser's word and no more: it is
 * looked up at Stripe, and is nothing here unless its customer is ours. `credits` is null for a plan.
 */
export async function visitCheckout(context: Context, sessionId: string): Promise<VisitedCheckout> {
  if (context.deps.cards === null) return { outcome: "not_ours", credits: null };
  const outcome = await syncCheckout(context, sessionId);
  const payment = outcome === "not_ours" ? null : await findPaymentBy(context.deps, { checkoutSessionId: sessionId });
  return { outcome, credits: payment === null ? null : payment.credits + payment.bonus };
}
