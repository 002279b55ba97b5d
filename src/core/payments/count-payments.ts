import { and, eq, gte, sql } from "drizzle-orm";
import type { StatsAnswer } from "../../contract/admin.ts";
import type { Deps } from "../deps.ts";
import { paymentClaims, payments } from "./tables.ts";

type Revenue = StatsAnswer["revenue"];
export type PaymentCounts = {
  byState: Record<string, number>;
  revenue: Revenue;
  /** By UTC day of payment; what went back counts on the day it was paid. */
  byDay: Map<string, { payments: number; revenue: Revenue }>;
};

/** How many payments are in each state, and what was earned: by provider and currency, for currencies do not add up. */
export async function countPayments({ db }: Deps, sinceMs: number): Promise<PaymentCounts> {
  const day = sql<string>`date(${payments.paidAtMs} / 1000, 'unixepoch')`;
  const paid = sql<number>`sum(${payments.amount})`;
  const returned = sql<number>`sum(min(${payments.amount}, coalesce((select sum(claim.amount) from ${paymentClaims} as claim where claim.payment_id = ${payments}.id and claim.state = 'taken'), 0)))`;
  const { provider, currency, state } = payments;
  const count = sql<number>`count(*)`;
  const [states, sums, days] = await db.batch([
    db.select({ state, count }).from(payments).groupBy(state),
    db
      .select({ provider, currency, paid, returned })
      .from(payments)
      .where(eq(state, "paid"))
      .groupBy(provider, currency)
      .orderBy(provider, currency),
    db
      .select({ day, provider, currency, paid, returned, count })
      .from(payments)
      .where(and(eq(state, "paid"), gte(payments.paidAtMs, sinceMs)))
      .groupBy(day, provider, currency)
      .orderBy(provider, currency),
  ]);
  const byDay = new Map(
    Array.from(
      Map.groupBy(days, (row) => row.day),
      ([name, rows]) => [
        name,
        {
          payments: rows.reduce((sum, row) => sum + row.count, 0),
          revenue: rows.map(({ day: _day, count: _count, ...sum }) => sum),
        },
      ],
    ),
  );
  return { byState: Object.fromEntries(states.map((row) => [row.state, row.count])), revenue: sums, byDay };
}
