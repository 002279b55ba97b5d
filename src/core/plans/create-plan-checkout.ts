import type { CheckoutAnswer } from "../../contract/checkout.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { UserContext } from "../context.ts";
import { invariant } from "../fail.ts";
import { refuseCardOrder } from "../payments/cards/refuse-card-order.ts";
import { requireCards } from "../payments/cards/require-cards.ts";
import { requireCustomer } from "../payments/cards/require-customer.ts";
import { returnPages } from "../payments/cards/return-pages.ts";
import { paymentIdOf } from "../payments/payment-id.ts";
import type { Plan } from "./plans.ts";
import { refuseCoveredPlan } from "./refuse-covered-plan.ts";
import { syncSubscription } from "./sync-subscription.ts";

/**
 * Stripe's page to subscribe to a plan. What the customer has at Stripe already is read first: the news of a subscription
 * may be on its way while its buyer presses again.
 * Refuses: `provider_not_configured`, `subscription_active`, `payment_refused`.
 */
export async function createPlanCheckout(
  context: UserContext,
  input: { plan: Plan; idempotencyKey: string | null; origin: string },
): Promise<CheckoutAnswer> {
  const { deps, actor } = context;
  const { plan, idempotencyKey, origin } = input;
  const cards = requireCards(deps);
  const customerId = await requireCustomer(context, cards);
  for (const { id } of await cards.listSubscriptions(customerId)) await syncSubscription(context, id);
  await refuseCoveredPlan(context, plan, "card");
  const answer = await cards.createPlanCheckout({
    requestId: `checkout:${await paymentIdOf(context, idempotencyKey)}`,
    tenantId: actor.tenantId,
    customerId,
    plan,
    ...returnPages(deps, origin),
  });
  if (!answer.ok) return refuseCardOrder(context, answer.code);
  const { id, url } = answer.made;
  await writeAudit(context, {
    action: "plan.checkout",
    target: actor.tenantId,
    tenantId: actor.tenantId,
    details: { plan, session: id },
  });
  invariant(url !== null, "a new checkout is open");
  return { checkout_url: url, session_id: id, payment_id: null };
}
