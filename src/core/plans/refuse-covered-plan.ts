import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { isForever } from "./give-plan.ts";
import { type Plan, planRank } from "./plans.ts";
import { findLiveSubscription, listPeriods } from "./store.ts";
import type { PlanPeriodRow } from "./tables.ts";

/**
 * Before money is taken for a plan: whoever has it already would pay for nothing. Refuses `subscription_active` while a
 * subscription by card goes on; for an operator's plan of the same or a higher rank; and by card also for one by M-Pesa that
 * is paid for. By phone, more of the same plan, or another one, is what renewals and changes are made of.
 */
export async function refuseCoveredPlan(context: UserContext, plan: Plan, by: "card" | "phone"): Promise<void> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const [subscription, periods] = await Promise.all([
    findLiveSubscription(deps, actor.tenantId),
    listPeriods(deps, actor.tenantId, nowMs),
  ]);
  if (subscription !== null) {
    const has = subscription.plan === null ? "a subscription" : `the ${subscription.plan} plan`;
    fail(
      "subscription_active",
      `You have ${has} by card. Nothing was charged; change or cancel that one, or wait for its end.`,
    );
  }
  const covering = periods.find(
    (one) =>
      one.paidUntilMs > nowMs &&
      planRank(one.plan) >= planRank(plan) &&
      (one.source === "operator" || (one.source === "mpesa" && by === "card")),
  );
  if (covering !== undefined) fail("subscription_active", coveredWords(covering, by));
}

function coveredWords({ plan, source, paidUntilMs }: PlanPeriodRow, by: "card" | "phone"): string {
  const how = source === "operator" ? "was given to you" : "is paid by M-Pesa";
  if (isForever(paidUntilMs)) return `The ${plan} plan ${how} for good. Nothing was charged.`;
  const until = new Date(paidUntilMs).toISOString().slice(0, 10);
  const next =
    source === "operator" || by === "phone" ? "come back then" : "renew it by M-Pesa, or subscribe by card then";
  return `Your ${plan} plan ${how} until ${until}. Nothing was charged; ${next}.`;
}
