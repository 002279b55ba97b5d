import { writeAudit } from "../audit/write-audit.ts";
import type { Context } from "../context.ts";
import { findTenantCustomer } from "../payments/cards/find-customer.ts";

/**
 * Ends a tenant's subscriptions at Stripe now, since nobody will be there to use or to end them; nothing is refunded. Then
 * takes address and name off the customer there, whose payments Stripe has to keep. Throws OutsideError while Stripe is away.
 * Where Stripe is not set up any more, an operator is told of a customer who may still pay.
 */
export async function endSubscriptions(context: Context, tenantId: string): Promise<void> {
  const { deps } = context;
  const customerId = await findTenantCustomer(deps, tenantId);
  if (customerId === null) return;
  if (deps.cards === null) {
    deps.log.write("error", "subscriptions_not_ended", { tenantId, customerId });
    return;
  }
  for (const { id } of await deps.cards.listSubscriptions(customerId)) {
    const answer = await deps.cards.cancelNow(id);
    // A refusal means that it has ended meanwhile.
    if (answer.ok) await writeAudit(context, { action: "plan.end", target: id, tenantId });
  }
  await deps.cards.forgetCustomer(customerId);
}
