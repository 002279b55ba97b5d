/** What is stored of subscriptions at Stripe, beside store.ts. */
import { and, asc, eq, inArray, lt, lte, ne, or, sql } from "drizzle-orm";
import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import type { SubscriptionFacts } from "../payments/cards/card-payments.ts";
import type { SubscriptionAccess } from "./subscription-rule.ts";
import { planPeriods, type SubscriptionRow, subscriptions } from "./tables.ts";

/** Stripe's words for one that has not ended, whether it gives anything now or not. */
const unendedStatuses = ["active", "trialing", "past_due", "unpaid", "paused", "incomplete"];

/**
 * Writes a reading down, and the period that follows from it, unless the row has changed since `before` was read: then this
 * reading may be the older one. false: it has, and nothing was written.
 */
export async function writeSubscription(
  context: Context,
  reading: {
    tenantId: string;
    before: SubscriptionRow | null;
    facts: SubscriptionFacts;
    access: SubscriptionAccess;
  },
): Promise<boolean> {
  const { deps } = context;
  const { tenantId, before, facts } = reading;
  const nowMs = deps.clock.now();
  const { id, customerId, status, plan, itemId, currentPeriodStartMs, currentPeriodEndMs, isCancelledAtPeriodEnd } =
    facts;
  const period = { currentPeriodStartMs, currentPeriodEndMs, isCancelledAtPeriodEnd };
  const values = {
    customerId,
    status,
    plan,
    itemId,
    ...period,
    tenantId,
    readAtMs: Math.max(nowMs, (before?.readAtMs ?? 0) + 1),
  };
  const write =
    before === null
      ? deps.db
          .insert(subscriptions)
          .values({ ...values, id, createdAtMs: nowMs })
          .onConflictDoNothing()
          .returning({ id: subscriptions.id })
      : deps.db
          .update(subscriptions)
          .set(values)
          .where(and(eq(subscriptions.id, id), eq(subscriptions.readAtMs, before.readAtMs)))
          .returning({ id: subscriptions.id });
  const details = { plan: facts.plan ?? "none", status: facts.status };
  const audit = auditRowIfChanged(context, { action: "plan.subscription", target: id, tenantId, details });
  // Each statement after the first does something only when the one before it did: see `changes()`.
  const [written] = isNews(before, facts)
    ? await deps.db.batch([write, audit, periodStatement(deps, reading)])
    : await deps.db.batch([write, periodStatement(deps, reading)]);
  return written.length > 0;
}

/** Whether a person would want to read of it in the audit log: a reading that found all as it was is none. */
function isNews(before: SubscriptionRow | null, facts: SubscriptionFacts): boolean {
  return (
    before === null ||
    before.status !== facts.status ||
    before.plan !== facts.plan ||
    before.currentPeriodEndMs !== facts.currentPeriodEndMs ||
    before.isCancelledAtPeriodEnd !== facts.isCancelledAtPeriodEnd
  );
}

function periodStatement(
  deps: Deps,
  { tenantId, facts, access }: { tenantId: string; facts: SubscriptionFacts; access: SubscriptionAccess },
) {
  const { id, plan } = facts;
  if (access.is === "ended" || plan === null) {
    const atMs = access.is === "ended" ? access.atMs : deps.clock.now();
    return deps.db
      .update(planPeriods)
      .set({
        paidUntilMs: sql`min(${planPeriods.paidUntilMs}, ${atMs})`,
        accessUntilMs: sql`min(${planPeriods.accessUntilMs}, ${atMs})`,
      })
      .where(and(eq(planPeriods.id, id), sql`changes() > 0`));
  }
  const { startsAtMs, paidUntilMs, accessUntilMs } = access;
  return deps.db
    .insert(planPeriods)
    .select(
      sql`select ${id}, ${tenantId}, ${plan}, 'stripe', ${startsAtMs}, ${paidUntilMs}, ${accessUntilMs}, ${deps.clock.now()} where changes() > 0`,
    )
    .onConflictDoUpdate({
      target: planPeriods.id,
      set: {
        plan: sql`excluded.plan`,
        startsAtMs: sql`min(${planPeriods.startsAtMs}, excluded.starts_at_ms)`,
        paidUntilMs: sql`excluded.paid_until_ms`,
        accessUntilMs: sql`excluded.access_until_ms`,
      },
    });
}

/** Another one of the tenant's that is paid for, if there is one. */
export async function findOtherOn(deps: Deps, tenantId: string, id: string): Promise<string | null> {
  const [row] = await deps.db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.tenantId, tenantId),
        ne(subscriptions.id, id),
        inArray(subscriptions.status, ["active", "trialing", "past_due"]),
      ),
    )
    .limit(1);
  return row?.id ?? null;
}

/** Those that have not ended and were not read for long, or not since they were to renew. */
export async function findUnread(
  deps: Deps,
  { nowMs, dayMs, hourMs, limit }: { nowMs: number; dayMs: number; hourMs: number; limit: number },
): Promise<string[]> {
  const rows = await deps.db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        inArray(subscriptions.status, unendedStatuses),
        or(
          lt(subscriptions.readAtMs, nowMs - dayMs),
          and(lte(subscriptions.currentPeriodEndMs, nowMs), lt(subscriptions.readAtMs, nowMs - hourMs)),
        ),
      ),
    )
    .orderBy(asc(subscriptions.readAtMs))
    .limit(limit);
  return rows.map(({ id }) => id);
}
