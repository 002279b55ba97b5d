/**
 * What providers tell us: stored as it came, answered, and worked on afterwards. A repeat is the same row; an event that
 * could not be handled is tried again for three days, as long as a provider itself would.
 */

import { and, asc, eq, gt, isNull, lt, lte, sql } from "drizzle-orm";
import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { errorWords } from "../error-words.ts";
import { type ProviderEventRow, providerEvents } from "./tables.ts";

const minuteMs = 60_000;
/** A message that was lost is sent again after this; each failed try doubles it, up to an hour. */
const firstTryAgainMs = minuteMs;
const longestTryAgainMs = 60 * minuteMs;
/** By age and not by tries: the queue makes several of each, and a provider's bad day must not use them up. */
const tryForMs = 3 * 24 * 60 * minuteMs;
/** stripe.md: ids of events are kept for at least 30 days. */
const keepEventsMs = 90 * 24 * 60 * minuteMs;
const resendBatch = 100;

export type NewEvent = Pick<ProviderEventRow, "id" | "provider" | "type" | "objectId" | "paymentId" | "body">;

/** Stores an event and queues it. Once it is stored it is not lost: the queue may be down, and the cron sends it later. */
export async function receiveEvent({ deps }: Context, event: NewEvent): Promise<void> {
  const nowMs = deps.clock.now();
  const stored = await deps.db
    .insert(providerEvents)
    .values({ ...event, receivedAtMs: nowMs, nextTryAtMs: nowMs + firstTryAgainMs })
    .onConflictDoNothing()
    .returning({ id: providerEvents.id });
  if (stored.length > 0) await enqueue(deps, event.id);
}

async function enqueue(deps: Deps, eventId: string): Promise<void> {
  try {
    await deps.paymentQueue.send({ type: "provider_event", eventId });
  } catch (error) {
    // The row is the truth: a provider is not answered with an error because a queue hiccuped.
    deps.log.write("warn", "payment_queue_send_failed", { eventId, error: errorWords(error) });
  }
}

export async function findEvent(deps: Deps, id: string): Promise<ProviderEventRow | null> {
  const [row] = await deps.db.select().from(providerEvents).where(eq(providerEvents.id, id)).limit(1);
  return row ?? null;
}

/** What tells of nobody here any more, or of what nothing hangs on, may still name a person: its text is not kept. */
const isNobodys = ["not_ours", "no_payment", "ignored"];

export async function markHandled(
  deps: Deps,
  id: string,
  outcome: string,
  { isForgotten = false } = {},
): Promise<void> {
  const forgotten = isForgotten || isNobodys.includes(outcome) ? { body: "" } : {};
  await deps.db
    .update(providerEvents)
    .set({ handledAtMs: deps.clock.now(), outcome, ...forgotten })
    .where(and(eq(providerEvents.id, id), isNull(providerEvents.handledAtMs)));
}

/** Counts a try, and says when the next one is due should this one be the last that is heard of. */
export async function countAttempt(deps: Deps, event: ProviderEventRow): Promise<void> {
  const waitMs = Math.min(firstTryAgainMs * 2 ** event.attempts, longestTryAgainMs);
  await deps.db
    .update(providerEvents)
    .set({ attempts: sql`${providerEvents.attempts} + 1`, nextTryAtMs: deps.clock.now() + waitMs })
    .where(eq(providerEvents.id, event.id));
}

/** Cron: events that were stored and not handled are queued again. */
export async function resendEvents({ deps }: Context): Promise<void> {
  const nowMs = deps.clock.now();
  const due = await deps.db
    .select({ id: providerEvents.id })
    .from(providerEvents)
    .where(
      and(
        isNull(providerEvents.handledAtMs),
        lte(providerEvents.nextTryAtMs, nowMs),
        gt(providerEvents.receivedAtMs, nowMs - tryForMs),
      ),
    )
    .orderBy(asc(providerEvents.nextTryAtMs))
    .limit(resendBatch);
  for (const { id } of due) await enqueue(deps, id);
}

/** Cron: handled events whose time is over. */
export async function forgetOldEvents({ deps }: Context): Promise<void> {
  const before = deps.clock.now() - keepEventsMs;
  await deps.db.delete(providerEvents).where(lt(providerEvents.receivedAtMs, before));
}
