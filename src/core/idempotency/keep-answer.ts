/**
 * Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header-07): the first request with a key does the work, every
 * later one with the same body gets its answer again, and one with another body is refused.
 */
import { and, eq, isNull, lt, lte } from "drizzle-orm";
import type { UserContext } from "../context.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { idempotencyScope } from "./scope.ts";
import { idempotencyKeys } from "./tables.ts";

/** Answers are replayed at least this long (api.md says 24 h). */
export const keepAnswersMs = 48 * 3_600_000;
/**
 * A claim is a lease, so that a request that died with its Worker keeps nobody from its key for longer than this, however
 * long the operation may take. Four renewals fit in: one that is slow loses nothing.
 */
const claimLeaseMs = 15_000;
export const claimRenewMs = 3_000;
/** Most answers come within a second. */
const soonSeconds = 1;

export type StoredAnswer = { status: number; body: string };
/** A key in the hands of one request; `heldAtMs` is when it last said that it lives, and tells it from whoever takes over. */
export type Claim = { key: string; heldAtMs: number };

/** Claims the key, or answers with what its first request was answered. Refuses `idempotency_key_reused`, `idempotency_in_progress`. */
export async function claimKey(
  context: UserContext,
  key: string,
  fingerprint: string,
): Promise<{ claim: Claim } | { answer: StoredAnswer }> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const claim = { key, heldAtMs: nowMs };
  const claimed = await deps.db
    .insert(idempotencyKeys)
    .values({ scope: idempotencyScope(actor), key, fingerprint, claimedAtMs: nowMs })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return { claim };

  const mine = rowOf(context, key);
  const [row] = await deps.db.select().from(idempotencyKeys).where(mine).limit(1);
  if (row === undefined) return claimKey(context, key, fingerprint);
  if (row.fingerprint !== fingerprint) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request. Nothing was done; use a new key.",
    );
  }
  if (row.status !== null && row.body !== null) return { answer: { status: row.status, body: row.body } };

  const takenOver = await deps.db
    .update(idempotencyKeys)
    .set({ claimedAtMs: nowMs })
    .where(and(mine, isNull(idempotencyKeys.status), lte(idempotencyKeys.claimedAtMs, nowMs - claimLeaseMs)))
    .returning({ key: idempotencyKeys.key });
  if (takenOver.length > 0) return { claim };
  return refuseClaimed(nowMs - row.claimedAtMs);
}

/** Who lives has renewed its claim lately; who has not is dead, most likely, and what is left of its lease is the wait. */
function refuseClaimed(silentMs: number): never {
  const isAlive = silentMs < 2 * claimRenewMs;
  const leftSeconds = Math.max(soonSeconds, Math.ceil((claimLeaseMs - silentMs) / 1000));
  fail(
    "idempotency_in_progress",
    isAlive
      ? "The first request with this Idempotency-Key is still running. Ask again in a second."
      : `The first request with this Idempotency-Key is not answering. Ask again in ${leftSeconds} s: if it has died, yours is carried out.`,
    { retry_after: isAlive ? soonSeconds : leftSeconds },
  );
}

/** Says that the request is still at work; null: its claim is another's by now, or has been answered. */
export async function renewClaim(context: UserContext, { key, heldAtMs }: Claim): Promise<Claim | null> {
  const nowMs = context.deps.clock.now();
  const renewed = await context.deps.db
    .update(idempotencyKeys)
    .set({ claimedAtMs: nowMs })
    .where(and(rowOf(context, key), isNull(idempotencyKeys.status), eq(idempotencyKeys.claimedAtMs, heldAtMs)))
    .returning({ key: idempotencyKeys.key });
  return renewed.length > 0 ? { key, heldAtMs: nowMs } : null;
}

/** Who was overtaken may be the first to know: its answer is as good, and the first one kept is everybody's. */
export async function keepAnswer(context: UserContext, { key }: Claim, answer: StoredAnswer): Promise<void> {
  await context.deps.db
    .update(idempotencyKeys)
    .set(answer)
    .where(and(rowOf(context, key), isNull(idempotencyKeys.status)));
}

/**
 * For an answer that must not be kept: the request was refused before it did anything, or failed on our side. Only its own
 * claim is let go: whoever has taken over is at work.
 */
export async function releaseKey(context: UserContext, { key, heldAtMs }: Claim): Promise<void> {
  await context.deps.db
    .delete(idempotencyKeys)
    .where(and(rowOf(context, key), isNull(idempotencyKeys.status), eq(idempotencyKeys.claimedAtMs, heldAtMs)));
}

function rowOf({ actor }: UserContext, key: string) {
  return and(eq(idempotencyKeys.scope, idempotencyScope(actor)), eq(idempotencyKeys.key, key));
}

/** Cron: forgets the keys whose time is over. */
export async function forgetOldKeys(deps: Deps): Promise<void> {
  await deps.db.delete(idempotencyKeys).where(lt(idempotencyKeys.claimedAtMs, deps.clock.now() - keepAnswersMs));
}
