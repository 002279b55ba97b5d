import { and, asc, eq, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import type { StuckAnswer } from "../../contract/admin.ts";
import type { Context } from "../context.ts";
import { toAdminPayments, toClaimAnswer, toStrayAnswer } from "./admin-answer.ts";
import { paymentClaims, payments, providerEvents, strayReceipts } from "./tables.ts";

/** Younger ones are most likely being worked on. */
const stuckAfterMs = 5 * 60_000;
const shownMax = 50;

type StuckPayments = Pick<StuckAnswer, "events" | "unfulfilled" | "unsettled_claims" | "attention" | "stray_receipts">;

/** What of payments has not come to its end by itself: the oldest first. */
export async function findStuckPayments(context: Context): Promise<StuckPayments> {
  const { db, clock } = context.deps;
  const before = clock.now() - stuckAfterMs;
  const isUnhandled = and(isNull(providerEvents.handledAtMs), lt(providerEvents.receivedAtMs, before));
  const isUnfulfilled = and(eq(payments.state, "paid"), isNull(payments.fulfilledAtMs), lt(payments.paidAtMs, before));
  const isUnsettled = and(ne(paymentClaims.state, paymentClaims.settledState), lt(paymentClaims.updatedAtMs, before));
  const needsPerson = isNotNull(payments.attention);
  const isStray = isNull(strayReceipts.resolution);
  const all = sql<number>`count(*) over ()`;
  const [events, unfulfilled, claims, attention, strays] = await db.batch([
    db
      .select({ row: providerEvents, all })
      .from(providerEvents)
      .where(isUnhandled)
      .orderBy(asc(providerEvents.receivedAtMs))
      .limit(shownMax),
    db
      .select({ row: payments, all })
      .from(payments)
      .where(isUnfulfilled)
      .orderBy(asc(payments.paidAtMs))
      .limit(shownMax),
    db
      .select({ row: paymentClaims, all })
      .from(paymentClaims)
      .where(isUnsettled)
      .orderBy(asc(paymentClaims.updatedAtMs))
      .limit(shownMax),
    db
      .select({ row: payments, all })
      .from(payments)
      .where(needsPerson)
      .orderBy(asc(payments.createdAtMs))
      .limit(shownMax),
    db
      .select({ row: strayReceipts, all })
      .from(strayReceipts)
      .where(isStray)
      .orderBy(asc(strayReceipts.paidAtMs))
      .limit(shownMax),
  ]);
  return {
    events: { count: countOf(events), data: events.map(({ row }) => toEventAnswer(row)) },
    unfulfilled: { count: countOf(unfulfilled), data: await toAdminPayments(context, unfulfilled.map(rowOf)) },
    unsettled_claims: { count: countOf(claims), data: claims.map(({ row }) => toClaimAnswer(row)) },
    attention: { count: countOf(attention), data: await toAdminPayments(context, attention.map(rowOf)) },
    stray_receipts: { count: countOf(strays), data: strays.map(({ row }) => toStrayAnswer(row)) },
  };
}

function rowOf<Row>({ row }: { row: Row }): Row {
  return row;
}

function countOf(found: readonly { all: number }[]): number {
  return found[0]?.all ?? 0;
}

function toEventAnswer(row: typeof providerEvents.$inferSelect): StuckAnswer["events"]["data"][number] {
  const { id, provider, type, attempts } = row;
  return { id, provider, type, attempts, received_at: iso(row.receivedAtMs), next_try_at: iso(row.nextTryAtMs) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
