import { and, gte, isNotNull, isNull, sql } from "drizzle-orm";
import type { Deps } from "../deps.ts";
import { type Gauge, waiting } from "../gauge.ts";
import { mails } from "./tables.ts";

const dayMs = 86_400_000;

/** What waits to be sent, and what was given up in the last 24 hours. */
export async function measureMails({ db, clock }: Deps): Promise<Gauge[]> {
  const nowMs = clock.now();
  const count = sql<number>`count(*)`;
  const [[unsent], [givenUp]] = await db.batch([
    db
      .select({ count, oldestMs: sql<number | null>`min(${mails.createdAtMs})` })
      .from(mails)
      .where(isNotNull(mails.nextTryAtMs)),
    db
      .select({ count })
      .from(mails)
      .where(and(gte(mails.createdAtMs, nowMs - dayMs), isNull(mails.nextTryAtMs), isNull(mails.sentAtMs))),
  ]);
  return [
    ...waiting(
      { name: "shujaa_mails_unsent", help: "Letters that wait to be sent." },
      unsent?.count ?? 0,
      unsent?.oldestMs ?? null,
      nowMs,
    ),
    {
      name: "shujaa_mails_given_up_day",
      help: "Letters of the last 24 hours that nobody will send any more.",
      samples: [{ value: givenUp?.count ?? 0 }],
    },
  ];
}
