import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { placePurchases } from "./place-purchases.ts";
import type { Plan } from "./plans.ts";
import { insertPurchaseStatement } from "./store.ts";

/** What a paid M-Pesa payment of a plan says; `amount` is the price of its 30 days. */
export type PlanPayment = { id: string; tenantId: string; plan: Plan; amount: number; paidAtMs: number | null };

/**
 * Gives the 30 days that a payment has bought, at their place among the tenant's others (core/plans/schedule.ts). A repeat
 * gives nothing more; after a crash anywhere the repeat finishes it; and two at once end as one after the other.
 */
export async function startPlanPeriod(context: Context, payment: PlanPayment): Promise<void> {
  const { deps } = context;
  const { id, tenantId, plan, amount } = payment;
  const boughtAtMs = payment.paidAtMs ?? deps.clock.now();
  await deps.db.batch([
    insertPurchaseStatement(deps, { id, tenantId, plan, price: amount, boughtAtMs, breaks: [], revision: 1 }),
    auditRowIfChanged(context, { action: "plan.bought", target: id, tenantId, details: { plan } }),
  ]);
  await placePurchases(deps, tenantId);
}
