import { and, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { paymentProviders } from "../../contract/payments.ts";
import type { Deps } from "../deps.ts";
import { type Gauge, waiting } from "../gauge.ts";
import { paymentStates } from "./payment-state.ts";
import { paymentClaims, payments, providerEvents, strayReceipts } from "./tables.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Younger events are most likely in a consumer's hands. */
const graceMs = 60_000;

/** What of money is on its way, has not arrived, or needs a person. */
export async function measurePayments({ db, clock, cards, phones }: Deps): Promise<Gauge[]> {
  const nowMs = clock.now();
  const count = sql<number>`count(*)`;
  const counts = (sinceMs: number) =>
    db
      .select({ provider: payments.provider, state: payments.state, count })
      .from(payments)
      .where(sql`${payments.createdAtMs} >= ${nowMs - sinceMs}`)
      // The plus keeps SQLite from the index of receipts, which has the groups in order and every payment in it.
      .groupBy(sql`+${payments.provider}`, payments.state);
  const [hour, day, [unfulfilled], [claims], [attention], [strays], events, heard] = await db.batch([
    counts(hourMs),
    counts(dayMs),
    db
      .select({ count, oldestMs: sql<number | null>`min(${payments.paidAtMs})` })
      .from(payments)
      .where(and(eq(payments.state, "paid"), isNull(payments.fulfilledAtMs))),
    db
      .select({ count, oldestMs: sql<number | null>`min(${paymentClaims.updatedAtMs})` })
      .from(paymentClaims)
      .where(ne(paymentClaims.state, paymentClaims.settledState)),
    db.select({ count }).from(payments).where(isNotNull(payments.attention)),
    db.select({ count }).from(strayReceipts).where(isNull(strayReceipts.resolution)),
    db
      .select({
        provider: providerEvents.provider,
        count,
        oldestMs: sql<number | null>`min(${providerEvents.receivedAtMs})`,
      })
      .from(providerEvents)
      // Without the plus the index by age is taken, and all events of three months but a minute's are read.
      .where(and(isNull(providerEvents.handledAtMs), sql`+${providerEvents.receivedAtMs} < ${nowMs - graceMs}`))
      .groupBy(providerEvents.provider),
    db
      .select({ provider: providerEvents.provider, newestMs: sql<number>`max(${providerEvents.receivedAtMs})` })
      .from(providerEvents)
      .where(sql`${providerEvents.receivedAtMs} >= ${nowMs - dayMs}`)
      .groupBy(providerEvents.provider),
  ]);
  const isSetUp = { stripe: cards !== null, mpesa: phones !== null };
  return [
    {
      name: "shujaa_payments_hour",
      help: "Payments begun in the last hour, by provider and what has become of them.",
      samples: byProviderAndState(hour),
    },
    {
      name: "shujaa_payments_day",
      help: "Payments begun in the last 24 hours, by provider and what has become of them.",
      samples: byProviderAndState(day),
    },
    ...waiting(
      { name: "shujaa_payments_unfulfilled", help: "Payments that are paid and have given nothing yet." },
      unfulfilled?.count ?? 0,
      unfulfilled?.oldestMs ?? null,
      nowMs,
    ),
    ...waiting(
      { name: "shujaa_claims_unsettled", help: "Refunds and disputes that the ledger does not know of yet." },
      claims?.count ?? 0,
      claims?.oldestMs ?? null,
      nowMs,
    ),
    {
      name: "shujaa_payments_for_a_person",
      help: "Payments that a person has to look at.",
      samples: [{ value: attention?.count ?? 0 }],
    },
    {
      name: "shujaa_stray_receipts",
      help: "Receipts of M-Pesa that no payment explains.",
      samples: [{ value: strays?.count ?? 0 }],
    },
    ...paymentProviders.flatMap((provider) => {
      const of = events.find((row) => row.provider === provider);
      return waiting(
        {
          name: `shujaa_events_unhandled_${provider}`,
          help: `What ${provider} has told and nobody has acted on for a minute.`,
        },
        of?.count ?? 0,
        of?.oldestMs ?? null,
        nowMs,
      );
    }),
    {
      name: "shujaa_events_newest_age_seconds",
      help: "Since a provider that is set up has told anything; a day at most.",
      samples: paymentProviders
        .filter((provider) => isSetUp[provider])
        .map((provider) => {
          const newestMs = heard.find((row) => row.provider === provider)?.newestMs ?? nowMs - dayMs;
          return { labels: { provider }, value: Math.max(0, nowMs - newestMs) / 1000 };
        }),
    },
  ];
}

/** Every state, those of nobody too: a rule that compares with a sample that is missing never fires. */
const byProviderAndState = (rows: readonly { provider: string; state: string; count: number }[]) =>
  paymentProviders.flatMap((provider) =>
    paymentStates.map((state) => ({
      labels: { provider, state },
      value: rows.find((row) => row.provider === provider && row.state === state)?.count ?? 0,
    })),
  );
