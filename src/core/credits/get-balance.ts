import type { BalanceAnswer } from "../../contract/credits.ts";
import type { UserContext } from "../context.ts";
import { planRules } from "../plans/plans.ts";

/** Whole credits, from the ledger itself. `unlimited`: videos cost none on the caller's plan. */
export async function getBalance(context: UserContext): Promise<BalanceAnswer> {
  const { deps, actor } = context;
  const { balance, held, totalPurchased, owed, isFrozen } = await deps.ledger(actor.tenantId).readBalance();
  return {
    balance,
    held,
    total_purchased: totalPurchased,
    unlimited: planRules[actor.plan].isVideoFree,
    owed,
    on_hold: isFrozen || owed > 0,
  };
}
