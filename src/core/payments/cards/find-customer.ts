import type { Deps } from "../../deps.ts";
import { findCustomerId } from "../store.ts";

/** Who a tenant is at Stripe; null: nobody yet. */
export async function findTenantCustomer(deps: Deps, tenantId: string): Promise<string | null> {
  return findCustomerId(deps, tenantId);
}
