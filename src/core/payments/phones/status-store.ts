import { and, eq, isNull, sql } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type PhoneStatusAskRow, phoneStatusAsks } from "../tables.ts";

/** What the books have is not our payment's: asking again cannot change that, and a person was told. */
export const differs = "differs";

/**
 * Takes the turn to ask about a payment. false: it was asked after `askedBeforeMs`, or a person has it. A turn that led to
 * nothing is taken again: the question changes nothing at M-Pesa, and its answers get lost.
 */
export async function claimStatusAsk(
  deps: Deps,
  row: Pick<PhoneStatusAskRow, "paymentId" | "receipt" | "secretHash" | "askedAtMs">,
  askedBeforeMs: number,
): Promise<boolean> {
  const { paymentId: _, ...turn } = row;
  const { askedAtMs, outcome } = phoneStatusAsks;
  const claimed = await deps.db
    .insert(phoneStatusAsks)
    .values(row)
    .onConflictDoUpdate({
      target: phoneStatusAsks.paymentId,
      set: { ...turn, conversationId: null, outcome: null },
      setWhere: sql`${askedAtMs} <= ${askedBeforeMs} and coalesce(${outcome}, '') not like ${`${differs}%`}`,
    })
    .returning({ paymentId: phoneStatusAsks.paymentId });
  return claimed.length > 0;
}

export async function findStatusAsk(
  deps: Deps,
  name: { paymentId: string } | { secretHash: string },
): Promise<PhoneStatusAskRow | null> {
  const where =
    "paymentId" in name
      ? eq(phoneStatusAsks.paymentId, name.paymentId)
      : eq(phoneStatusAsks.secretHash, name.secretHash);
  const [row] = await deps.db.select().from(phoneStatusAsks).where(where).limit(1);
  return row ?? null;
}

/** What M-Pesa said to the very question of this secret: a later one has a conversation of its own. */
export async function noteAsked(
  deps: Deps,
  secretHash: string,
  said: { conversationId: string | null } | { outcome: string },
): Promise<void> {
  await deps.db.update(phoneStatusAsks).set(said).where(eq(phoneStatusAsks.secretHash, secretHash));
}

/** The first outcome stays. */
export async function noteStatusOutcome(deps: Deps, paymentId: string, outcome: string): Promise<void> {
  await deps.db
    .update(phoneStatusAsks)
    .set({ outcome })
    .where(and(eq(phoneStatusAsks.paymentId, paymentId), isNull(phoneStatusAsks.outcome)));
}
