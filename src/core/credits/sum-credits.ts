import { and, eq, gte, sql } from "drizzle-orm";
import type { StatsAnswer } from "../../contract/admin.ts";
import type { Deps } from "../deps.ts";
import { creditTransactions } from "./tables.ts";

/**
 * What all tenants have bought, been given and spent, from the copy of their ledgers, which may be a little behind; and what
 * was spent on each UTC day since.
 */
export async function sumCredits(
  { db }: Deps,
  sinceMs: number,
): Promise<{ totals: StatsAnswer["credits"]; spentByDay: Map<string, number> }> {
  const { type, amount, createdAtMs } = creditTransactions;
  const day = sql<string>`date(${createdAtMs} / 1000, 'unixepoch')`;
  const [sums, days] = await db.batch([
    db
      .select({
        type,
        given: sql<number>`sum(max(${amount}, 0))`,
        taken: sql<number>`-sum(min(${amount}, 0))`,
      })
      .from(creditTransactions)
      .groupBy(type),
    db
      .select({ day, spent: sql<number>`-sum(${amount})` })
      .from(creditTransactions)
      .where(and(eq(type, "usage"), gte(createdAtMs, sinceMs)))
      .groupBy(day),
  ]);
  const of = (name: string, side: "given" | "taken") => sums.find((row) => row.type === name)?.[side] ?? 0;
  return {
    totals: {
      bought: of("purchase", "given") + of("topup", "given"),
      given: of("bonus", "given") + of("adjustment", "given"),
      spent: of("usage", "taken") - of("refund", "given"),
      taken: of("adjustment", "taken"),
    },
    spentByDay: new Map(days.map((row) => [row.day, row.spent])),
  };
}
