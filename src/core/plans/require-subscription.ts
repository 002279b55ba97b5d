import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { findLiveSubscription } from "./store.ts";
import type { SubscriptionRow } from "./tables.ts";

/** The tenant's subscription by card that goes on. Refuses `no_subscription`. */
export async function requireSubscription({ deps, actor }: UserContext): Promise<SubscriptionRow> {
  return (
    (await findLiveSubscription(deps, actor.tenantId)) ??
    fail("no_subscription", "You have no subscription by card. Nothing was changed; a plan by M-Pesa ends by itself.")
  );
}
