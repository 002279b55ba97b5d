import type { SubscriptionAnswer } from "../../contract/plans.ts";
import type { UserContext } from "../context.ts";
import { findTenantCustomer } from "../payments/cards/find-customer.ts";
import { isForever } from "./give-plan.ts";
import { planRank } from "./plans.ts";
import { findLiveSubscription, findSubscription, listPeriods } from "./store.ts";
import type { PlanPeriodRow, SubscriptionRow } from "./tables.ts";

/** The caller's plan now, what it is by, until when, and what is paid for after it. */
export async function readSubscription(context: UserContext): Promise<SubscriptionAnswer> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const [periods, live, customerId] = await Promise.all([
    listPeriods(deps, actor.tenantId, nowMs),
    findLiveSubscription(deps, actor.tenantId),
    findTenantCustomer(deps, actor.tenantId),
  ]);
  const current = highestAt(periods, nowMs, live?.id);
  const base = { customer_id: customerId, next: current === null ? null : nextAfter(periods, current) };
  if (current === null) {
    // A subscription may be late beyond its grace: the plan is gone, and paying brings it back.
    if (live !== null) return { ...base, plan: "free", ...ofSubscription(live) };
    const plan = { plan: "free", status: "active", provider: null } as const;
    return { ...base, ...plan, current_period_end: null, cancel_at_period_end: false };
  }
  const { plan, source, paidUntilMs } = current;
  const subscription = source === "stripe" ? await findSubscription(deps, current.id) : null;
  if (subscription !== null) return { ...base, plan, ...ofSubscription(subscription) };
  const isEndless = isForever(paidUntilMs);
  return {
    ...base,
    plan,
    status: paidUntilMs <= nowMs ? "past_due" : "active",
    current_period_end: isEndless ? null : iso(paidUntilMs),
    // Neither M-Pesa nor an operator renews anything by itself.
    cancel_at_period_end: !isEndless,
    provider: source,
  };
}

function ofSubscription(row: SubscriptionRow) {
  return {
    status: row.status,
    current_period_end: iso(row.currentPeriodEndMs),
    cancel_at_period_end: row.isCancelledAtPeriodEnd,
    provider: "stripe" as const,
  };
}

/** Of two alike the live subscription's: that one goes on charging, and can be changed and cancelled. */
function highestAt(periods: readonly PlanPeriodRow[], atMs: number, liveId?: string): PlanPeriodRow | null {
  const on = periods.filter((one) => one.startsAtMs <= atMs && atMs < one.accessUntilMs);
  const isLive = ({ id }: PlanPeriodRow) => Number(id === liveId);
  return (
    on.toSorted((one, other) => planRank(other.plan) - planRank(one.plan) || isLive(other) - isLive(one))[0] ?? null
  );
}

function nextAfter(periods: readonly PlanPeriodRow[], current: PlanPeriodRow): SubscriptionAnswer["next"] {
  const startsAtMs = current.accessUntilMs;
  const next = highestAt(periods, startsAtMs);
  return next === null ? null : { plan: next.plan, starts_at: iso(startsAtMs) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
