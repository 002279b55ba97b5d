import { findOwner } from "../../accounts/find-owner.ts";
import type { UserContext } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { findCustomerId, findCustomerTenant, insertCustomer } from "../store.ts";
import type { CardPayments } from "./card-payments.ts";

/**
 * Who the caller's tenant is at Stripe, made if it is nobody yet. It is there before the first order, so that everything
 * Stripe ever tells of leads back to a tenant.
 */
export async function requireCustomer({ deps, actor }: UserContext, cards: CardPayments): Promise<string> {
  const { tenantId } = actor;
  const known = await findCustomerId(deps, tenantId);
  if (known !== null) return known;
  const { email, name } = await findOwner(deps, tenantId);
  const customerId = await cards.createCustomer({ tenantId, email, name });
  await insertCustomer(deps, { tenantId, customerId, createdAtMs: deps.clock.now() });
  // Of two at once the first one's stays: both go on with that.
  return (await findCustomerId(deps, tenantId)) ?? customerId;
}

/** null: a customer of somebody else's at the same account of Stripe. */
export async function tenantOfCustomer(deps: Deps, customerId: string | null): Promise<string | null> {
  return customerId === null ? null : findCustomerTenant(deps, customerId);
}
