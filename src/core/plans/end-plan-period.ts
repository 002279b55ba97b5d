import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { type Deps, OutsideError } from "../deps.ts";
import { invariant } from "../fail.ts";
import { placePurchases } from "./place-purchases.ts";
import { isBroken } from "./schedule.ts";
import { changeBreaksStatement, findPurchase } from "./store.ts";
import type { PlanBreak, PlanPurchaseRow } from "./tables.ts";

type Purchased = { id: string; tenantId: string };

/** The money of a plan's payment went back: what is left of its days is gone, and what comes after moves up. Repeats change nothing. */
export async function endPlanPeriod(context: Context, purchased: Purchased): Promise<void> {
  await changeBreaks(context, purchased, {
    action: "plan.ended",
    next: ({ breaks }, nowMs) => (isBroken(breaks) ? null : [...breaks, { endedAtMs: nowMs, resumedAtMs: null }]),
  });
}

/** It did not go back after all: what was left of its days is on again from now. Repeats change nothing. */
export async function resumePlanPeriod(context: Context, purchased: Purchased): Promise<void> {
  await changeBreaks(context, purchased, {
    action: "plan.resumed",
    next: ({ breaks }, nowMs) =>
      isBroken(breaks) ? breaks.map((one) => ({ ...one, resumedAtMs: one.resumedAtMs ?? nowMs })) : null,
  });
}

type Change = {
  action: string;
  /** null: it is so already. */
  next: (purchase: PlanPurchaseRow, nowMs: number) => PlanBreak[] | null;
};

async function changeBreaks(context: Context, { id, tenantId }: Purchased, change: Change): Promise<void> {
  const { deps } = context;
  const triesMax = 10;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const purchase = await requirePurchase(deps, id);
    const breaks = change.next(purchase, deps.clock.now());
    if (breaks !== null) {
      await deps.db.batch([
        changeBreaksStatement(deps, purchase, breaks),
        auditRowIfChanged(context, {
          action: change.action,
          target: id,
          tenantId,
          details: { plan: purchase.plan },
        }),
      ]);
      // Read again: another one may have been first.
      continue;
    }
    return placePurchases(deps, tenantId);
  }
  throw new OutsideError("a plan purchase never stops changing", true);
}

async function requirePurchase(deps: Deps, id: string): Promise<PlanPurchaseRow> {
  const purchase = await findPurchase(deps, id);
  invariant(purchase !== null, "a plan is given before its money can go back");
  return purchase;
}
