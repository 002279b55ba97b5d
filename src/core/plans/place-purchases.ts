import { type Deps, OutsideError } from "../deps.ts";
import { schedulePurchases } from "./schedule.ts";
import { listPurchases, writePeriods } from "./store.ts";

/** Each loses only to one that has changed the same tenant's purchases meanwhile. */
const triesMax = 30;

/**
 * Writes the periods that follow from all of a tenant's purchases. Whoever changes a purchase calls this afterwards; of
 * several at once, the one that saw the last change writes last, since the others find the purchases changed.
 */
export async function placePurchases(deps: Deps, tenantId: string): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const purchases = await listPurchases(deps, tenantId);
    const revision = purchases.reduce((sum, one) => sum + one.revision, 0);
    if (await writePeriods(deps, tenantId, { periods: schedulePurchases(purchases), revision })) return;
  }
  throw new OutsideError("a tenant's plan purchases never stop changing", true);
}
