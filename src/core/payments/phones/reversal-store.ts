import { and, asc, eq, isNotNull, isNull, lt, lte } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type PhoneReversalRow, phoneReversals } from "../tables.ts";

/** The first of two for one claim stays. */
export async function insertReversal(deps: Deps, row: typeof phoneReversals.$inferInsert): Promise<void> {
  await deps.db.insert(phoneReversals).values(row).onConflictDoNothing();
}

export async function findReversalBy(
  deps: Deps,
  name: { claimId: string } | { secretHash: string },
): Promise<PhoneReversalRow | null> {
  const where =
    "claimId" in name ? eq(phoneReversals.claimId, name.claimId) : eq(phoneReversals.secretHash, name.secretHash);
  const [row] = await deps.db.select().from(phoneReversals).where(where).limit(1);
  return row ?? null;
}

/** Takes the one turn to ask. false: it has been asked, or is about to be. */
export async function claimAsking(
  deps: Deps,
  claimId: string,
  turn: { askedAtMs: number; secretHash: string },
): Promise<boolean> {
  const claimed = await deps.db
    .update(phoneReversals)
    .set(turn)
    .where(and(eq(phoneReversals.claimId, claimId), isNull(phoneReversals.askedAtMs)))
    .returning({ claimId: phoneReversals.claimId });
  return claimed.length > 0;
}

export async function noteReversal(
  deps: Deps,
  claimId: string,
  change: Partial<Pick<PhoneReversalRow, "conversationId" | "endedAtMs" | "overdueAtMs">>,
): Promise<void> {
  await deps.db.update(phoneReversals).set(change).where(eq(phoneReversals.claimId, claimId));
}

export async function findUnasked(deps: Deps, beforeMs: number, limit: number): Promise<PhoneReversalRow[]> {
  return deps.db
    .select()
    .from(phoneReversals)
    .where(
      and(isNull(phoneReversals.askedAtMs), isNull(phoneReversals.endedAtMs), lt(phoneReversals.createdAtMs, beforeMs)),
    )
    .orderBy(asc(phoneReversals.createdAtMs))
    .limit(limit);
}

export async function findOverdue(deps: Deps, nowMs: number, limit: number): Promise<PhoneReversalRow[]> {
  return deps.db
    .select()
    .from(phoneReversals)
    .where(and(isNotNull(phoneReversals.overdueAtMs), lte(phoneReversals.overdueAtMs, nowMs)))
    .orderBy(asc(phoneReversals.overdueAtMs))
    .limit(limit);
}
