import type { SubscriptionAnswer } from "../../contract/plans.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { UserContext } from "../context.ts";
import { requireCards } from "../payments/cards/require-cards.ts";
import { readSubscription } from "./read-subscription.ts";
import { requireSubscription } from "./require-subscription.ts";
import { syncSubscription } from "./sync-subscription.ts";

/**
 * Ends the subscription with what is paid for: the plan stays until then, and nothing is charged again. A repeat changes
 * nothing more. Refuses `provider_not_configured`, `no_subscription`.
 */
export async function cancelSubscription(context: UserContext): Promise<SubscriptionAnswer> {
  const { deps, actor } = context;
  const cards = requireCards(deps);
  const { id } = await requireSubscription(context);
  // A refusal means that it has ended already: what it is now is read and told.
  const answer = await cards.cancelAtPeriodEnd(id);
  await syncSubscription(context, id);
  if (answer.ok) await writeAudit(context, { action: "plan.cancel", target: id, tenantId: actor.tenantId });
  return readSubscription(context);
}
