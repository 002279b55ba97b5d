import type { SubscriptionAnswer } from "../../contract/plans.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { requireCards } from "../payments/cards/require-cards.ts";
import { paymentIdOf } from "../payments/payment-id.ts";
import type { Plan } from "./plans.ts";
import { readSubscription } from "./read-subscription.ts";
import { requireSubscription } from "./require-subscription.ts";
import { syncSubscription } from "./sync-subscription.ts";

/**
 * Puts the subscription on another plan. What is left of the old one is credited, what the new one costs more is charged
 * at once; until that is paid the old one stays. What the caller has afterwards is what Stripe says, not what was asked for.
 * Refuses: `provider_not_configured`, `no_subscription`, `subscription_active`, `payment_refused`.
 */
export async function changePlan(
  context: UserContext,
  input: { plan: Plan; idempotencyKey: string | null },
): Promise<SubscriptionAnswer> {
  const { deps, actor } = context;
  const cards = requireCards(deps);
  const { plan, idempotencyKey } = input;
  const { id, itemId, plan: before } = await requireSubscription(context);
  if (before === plan) {
    fail("subscription_active", `Your subscription is of the ${plan} plan already. Nothing was charged.`);
  }
  const requestId = `change:${await paymentIdOf(context, idempotencyKey)}`;
  const answer = await cards.changePlan({ subscriptionId: id, itemId, plan, requestId });
  await syncSubscription(context, id);
  if (!answer.ok) {
    fail(
      "payment_refused",
      "The card service did not change the plan. Nothing was charged; see the card in the portal.",
    );
  }
  await writeAudit(context, {
    action: "plan.change",
    target: id,
    tenantId: actor.tenantId,
    details: { from: before ?? "none", to: plan },
  });
  return readSubscription(context);
}
