import { and, eq, isNull } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { type PhoneStatusAskRow, phoneStatusAsks } from "../tables.ts";

/** Takes the one turn to ask about a payment. false: it was asked before. */
export async function claimStatusAsk(deps: Deps, row: typeof phoneStatusAsks.$inferInsert): Promise<boolean> {
  const inserted = await deps.db
    .insert(phoneStatusAsks)
    .values(row)
    .onConflictDoNothing()
    .returning({ paymentId: phoneStatusAsks.paymentId });
  return inserted.length > 0;
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

export async function noteConversation(deps: Deps, paymentId: string, conversationId: string | null): Promise<void> {
  await deps.db.update(phoneStatusAsks).set({ conversationId }).where(eq(phoneStatusAsks.paymentId, paymentId));
}

/** The first outcome stays. */
export async function noteStatusOutcome(deps: Deps, paymentId: string, outcome: string): Promise<void> {
  await deps.db
    .update(phoneStatusAsks)
    .set({ outcome })
    .where(and(eq(phoneStatusAsks.paymentId, paymentId), isNull(phoneStatusAsks.outcome)));
}
