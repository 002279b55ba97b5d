import type { Context } from "../context.ts";
import { invariant } from "../fail.ts";
import { startPlanPeriod } from "../plans/start-plan-period.ts";
import { markFulfilled } from "./store.ts";
import type { PaymentRow } from "./tables.ts";

/** Gives what a paid payment has bought: its credits, or its plan. A repeat gives nothing more. */
export async function fulfilPayment(context: Context, payment: PaymentRow): Promise<void> {
  const { deps } = context;
  if (payment.fulfilledAtMs !== null) return;
  if (payment.plan === null) await grantCredits(context, payment);
  // A subscription's period is Stripe's to say, and is read from the subscription itself.
  else if (payment.provider === "mpesa") await startPlanPeriod(context, { ...payment, plan: payment.plan });
  await markFulfilled(deps, payment.id, deps.clock.now());
}

async function grantCredits({ deps }: Context, payment: PaymentRow): Promise<void> {
  const granted = await deps.ledger(payment.tenantId).grant({
    id: payment.id,
    type: payment.purpose === "package" ? "purchase" : "topup",
    credits: payment.credits,
    ...(payment.bonus === 0 ? {} : { bonus: payment.bonus }),
    description: describePurchase(payment),
    paymentId: payment.id,
  });
  invariant(granted.ok, "a payment's grant is always the same request");
}

function describePurchase({ packageId, provider, credits }: PaymentRow): string {
  const by = provider === "mpesa" ? "M-Pesa" : "card";
  const what = credits === 1 ? "1 credit" : `${credits} credits`;
  return packageId === null ? `Bought ${what} by ${by}` : `Bought the ${packageId} package by ${by}`;
}
