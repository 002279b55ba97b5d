import type { Deps } from "../deps.ts";
import { findOtherOn } from "./subscription-store.ts";

/** Another subscription of the tenant's that goes on beside this one; null: there is none. */
export async function findOtherLive(deps: Deps, tenantId: string, subscriptionId: string): Promise<string | null> {
  return findOtherOn(deps, tenantId, subscriptionId);
}
