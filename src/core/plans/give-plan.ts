import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import type { Plan } from "./plans.ts";
import { endOtherGivenIfChanged, insertPeriodStatement } from "./store.ts";

/** The last moment that a date can name: of a plan that was given without an end. */
const foreverMs = 8_640_000_000_000_000;

export function isForever(ms: number): boolean {
  return ms >= foreverMs;
}

export type GivenPlan = {
  /** Of the period. */
  id: string;
  tenantId: string;
  plan: Plan;
  /** null: for good. */
  untilMs: number | null;
  reason: string;
};

/**
 * An operator gives a plan, from now on; one that an operator gave before ends. `free` only ends that: what was paid for
 * stays, and the highest of all counts. A repeat with the same id changes nothing more.
 */
export async function givePlan(context: UserContext, given: GivenPlan): Promise<void> {
  const { deps } = context;
  const { id, tenantId, plan, reason } = given;
  const nowMs = deps.clock.now();
  // Of `free` nothing is on: the row keeps its id from doing the same again.
  const untilMs = plan === "free" ? nowMs : (given.untilMs ?? foreverMs);
  const period = {
    id,
    tenantId,
    plan,
    source: "operator" as const,
    startsAtMs: nowMs,
    paidUntilMs: untilMs,
    accessUntilMs: untilMs,
    createdAtMs: nowMs,
  };
  const until = given.untilMs === null || plan === "free" ? {} : { until: new Date(untilMs).toISOString() };
  await deps.db.batch([
    insertPeriodStatement(deps, period),
    auditRowIfChanged(context, {
      action: "plan.given",
      target: tenantId,
      tenantId,
      details: { plan, reason, ...until },
    }),
    endOtherGivenIfChanged(deps, { tenantId, nowMs, exceptId: id }),
  ]);
}
