import { and, eq, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import { paymentProviders } from "../../contract/payments.ts";
import type { Deps } from "../deps.ts";
import { type Gauge, waiting } from "../gauge.ts";
import { paymentClaims, payments, providerEvents, strayReceipts } from "./tables.ts";

const dayMs = 86_400_000;
/** Younger events are most likely in a consumer's hands. */
const graceMs = 60_000;

/** What of money is on its way, has not arrived, or needs a person. */
export async function measurePayments({ db, clock }: Deps): Promise<Gauge[]> {
  const nowMs = clock.now();
  const count = sql<number>`count(*)`;
  const [day, [unfulfilled], [claims], [attention], [strays], events, heard] = await db.batch([
    db
      .select({ provider: payments.provider, state: payments.state, count })
      .from(payments)
      .where(sql`${payments.createdAtMs} >= ${nowMs - dayMs}`)
      .groupBy(payments.provider, payments.state),
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
      .where(and(isNull(providerEvents.handledAtMs), lt(providerEvents.receivedAtMs, nowMs - graceMs)))
      .groupBy(providerEvents.provider),
    db
      .select({ provider: providerEvents.provider, newestMs: sql<number>`max(${providerEvents.receivedAtMs})` })
      .from(providerEvents)
      .where(sql`${providerEvents.receivedAtMs} >= ${nowMs - dayMs}`)
      .groupBy(providerEvents.provider),
  ]);
  return [
    {
      name: "shujaa_payments_day",
      help: "Payments begun in the last 24 hours, by provider and what has become of them.",
      samples: day.map(({ provider, state, count: value }) => ({ labels: { provider, state }, value })),
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
      help: "Since a provider has told anything, of the last 24 hours; none without.",
      samples: heard.map(({ provider, newestMs }) => ({ labels: { provider }, value: (nowMs - newestMs) / 1000 })),
    },
  ];
}
