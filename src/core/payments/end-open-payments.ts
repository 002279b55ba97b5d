import type { Context } from "../context.ts";
import { closeOrder } from "./cards/check-card-payments.ts";
import { findOpenPayments } from "./store.ts";

/**
 * Ends a tenant's open card payments at Stripe, so that nobody pays for what is deleted. A prompt on a phone ends by itself
 * within minutes and cannot be called back: what is paid by it all the same is found in M-Pesa's list, for a person.
 * Throws OutsideError while Stripe is away.
 */
export async function endOpenPayments(context: Context, tenantId: string): Promise<void> {
  const { deps } = context;
  if (deps.cards === null) return;
  for (const payment of await findOpenPayments(deps, tenantId, "stripe")) await closeOrder(context, payment);
}
