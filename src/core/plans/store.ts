import { and, asc, desc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import type { ScheduledPeriod } from "./schedule.ts";
import {
  type PlanBreak,
  type PlanPeriodRow,
  type PlanPurchaseRow,
  planPeriods,
  planPurchases,
  type SubscriptionRow,
  subscriptions,
} from "./tables.ts";

/** As a statement for a batch; a purchase that is there already stays as it is. */
export function insertPurchaseStatement(deps: Deps, row: typeof planPurchases.$inferInsert) {
  return deps.db.insert(planPurchases).values(row).onConflictDoNothing();
}

export async function findPurchase(deps: Deps, id: string): Promise<PlanPurchaseRow | null> {
  const [row] = await deps.db.select().from(planPurchases).where(eq(planPurchases.id, id)).limit(1);
  return row ?? null;
}

export async function listPurchases(deps: Deps, tenantId: string): Promise<PlanPurchaseRow[]> {
  return deps.db.select().from(planPurchases).where(eq(planPurchases.tenantId, tenantId));
}

/** As a statement for a batch; it changes nothing when the row has changed since it was read. */
export function changeBreaksStatement(deps: Deps, read: PlanPurchaseRow, breaks: PlanBreak[]) {
  return deps.db
    .update(planPurchases)
    .set({ breaks, revision: read.revision + 1 })
    .where(and(eq(planPurchases.id, read.id), eq(planPurchases.revision, read.revision)));
}

/** Writes all periods of a tenant's purchases, if these are still what they were made from; false: they are not. */
export async function writePeriods(
  deps: Deps,
  tenantId: string,
  schedule: { periods: readonly ScheduledPeriod[]; revision: number },
): Promise<boolean> {
  const { periods, revision } = schedule;
  const current = sql`(select sum(${planPurchases.revision}) from ${planPurchases} where ${planPurchases.tenantId} = ${tenantId})`;
  const field = (name: keyof ScheduledPeriod) => sql.raw(`json_extract(value, '$.${name}')`);
  const [, [after]] = await deps.db.batch([
    deps.db
      .insert(planPeriods)
      .select(
        sql`select ${field("id")}, ${tenantId}, ${field("plan")}, 'mpesa', ${field("startsAtMs")}, ${field("paidUntilMs")}, ${field("accessUntilMs")}, ${deps.clock.now()} from json_each(${JSON.stringify(periods)}) where ${current} = ${revision}`,
      )
      .onConflictDoUpdate({
        target: planPeriods.id,
        set: {
          startsAtMs: sql`excluded.starts_at_ms`,
          paidUntilMs: sql`excluded.paid_until_ms`,
          accessUntilMs: sql`excluded.access_until_ms`,
        },
      }),
    deps.db
      .select({ revision: sql<number>`sum(${planPurchases.revision})` })
      .from(planPurchases)
      .where(eq(planPurchases.tenantId, tenantId)),
  ]);
  return after?.revision === revision;
}

/** Those that are on or to come, in the order of their beginnings. */
export async function listPeriods(deps: Deps, tenantId: string, nowMs: number): Promise<PlanPeriodRow[]> {
  return deps.db
    .select()
    .from(planPeriods)
    .where(and(eq(planPeriods.tenantId, tenantId), gt(planPeriods.accessUntilMs, nowMs)))
    .orderBy(asc(planPeriods.startsAtMs), asc(planPeriods.id));
}

/** Stripe's words for a subscription that goes on: one that is late with its money, too. */
const liveStatuses = ["active", "trialing", "past_due"];

/** The tenant's subscription at Stripe that goes on, if there is one; of several the newest. */
export async function findLiveSubscription(deps: Deps, tenantId: string): Promise<SubscriptionRow | null> {
  const [row] = await deps.db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.tenantId, tenantId), inArray(subscriptions.status, liveStatuses)))
    .orderBy(desc(subscriptions.createdAtMs))
    .limit(1);
  return row ?? null;
}

/** As a statement for a batch; a period that is there already stays as it is. */
export function insertPeriodStatement(deps: Deps, row: typeof planPeriods.$inferInsert) {
  return deps.db.insert(planPeriods).values(row).onConflictDoNothing();
}

/** Behind a guarded statement in a batch: if that changed something, what else operators gave the tenant ends now. */
export function endOtherGivenIfChanged(deps: Deps, given: { tenantId: string; nowMs: number; exceptId: string }) {
  const { tenantId, nowMs, exceptId } = given;
  return deps.db
    .update(planPeriods)
    .set({ paidUntilMs: nowMs, accessUntilMs: nowMs })
    .where(
      and(
        eq(planPeriods.tenantId, tenantId),
        eq(planPeriods.source, "operator"),
        gt(planPeriods.accessUntilMs, nowMs),
        ne(planPeriods.id, exceptId),
        sql`changes() > 0`,
      ),
    );
}

export async function findSubscription(deps: Deps, id: string): Promise<SubscriptionRow | null> {
  const [row] = await deps.db.select().from(subscriptions).where(eq(subscriptions.id, id)).limit(1);
  return row ?? null;
}
