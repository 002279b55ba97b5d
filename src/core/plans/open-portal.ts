import { writeAudit } from "../audit/write-audit.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { requireCards } from "../payments/cards/require-cards.ts";
import { requireCustomer } from "../payments/cards/require-customer.ts";
import { portalReturnPage } from "../payments/cards/return-pages.ts";

/** Stripe's page of the customer's card, invoices and subscription. Refuses `provider_not_configured`, `payment_refused`. */
export async function openPortal(context: UserContext, origin: string): Promise<{ portal_url: string }> {
  const { deps, actor } = context;
  const cards = requireCards(deps);
  const customerId = await requireCustomer(context, cards);
  const answer = await cards.createPortal(customerId, portalReturnPage(deps, origin));
  if (!answer.ok)
    fail("payment_refused", "The card service did not open its portal. Nothing was changed; try again later.");
  await writeAudit(context, { action: "billing.portal", target: customerId, tenantId: actor.tenantId });
  return { portal_url: answer.made };
}
