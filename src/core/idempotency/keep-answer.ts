/**
 * Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header-07): the first request with a key does the work, every
 * later one with the same body gets its answer again, and one with another body is refused.
 */
import { and, eq, isNull, lt } from "drizzle-orm";
import type { UserContext } from "../context.ts";
import type { Deps } from "../deps.ts";
import { fail } from "../fail.ts";
import { idempotencyScope } from "./scope.ts";
import { idempotencyKeys } from "./tables.ts";

/** Answers are replayed at least this long (api.md says 24 h). */
export const keepAnswersMs = 48 * 3_600_000;
/** A first request that has not answered for this long has died; a repeat may take its place, and does no harm by it. */
const deadClaimMs = 90_000;
const retryAfterSeconds = 1;

export type StoredAnswer = { status: number; body: string };

/** Claims the key, or answers with what its first request was answered. Refuses `idempotency_key_reused`, `idempotency_in_progress`. */
export async function claimKey(context: UserContext, key: string, fingerprint: string): Promise<StoredAnswer | null> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const claimed = await deps.db
    .insert(idempotencyKeys)
    .values({ scope: idempotencyScope(actor), key, fingerprint, claimedAtMs: nowMs })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length > 0) return null;

  const mine = and(eq(idempotencyKeys.scope, idempotencyScope(actor)), eq(idempotencyKeys.key, key));
  const [row] = await deps.db.select().from(idempotencyKeys).where(mine).limit(1);
  if (row === undefined) return claimKey(context, key, fingerprint);
  if (row.fingerprint !== fingerprint) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another request. Nothing was done; use a new key.",
    );
  }
  if (row.status !== null && row.body !== null) return { status: row.status, body: row.body };

  const takenOver = await deps.db
    .update(idempotencyKeys)
    .set({ claimedAtMs: nowMs })
    .where(and(mine, isNull(idempotencyKeys.status), lt(idempotencyKeys.claimedAtMs, nowMs - deadClaimMs)))
    .returning({ key: idempotencyKeys.key });
  if (takenOver.length > 0) return null;
  fail(
    "idempotency_in_progress",
    "The first request with this Idempotency-Key is still running. Ask again in a second.",
    {
      retry_after: retryAfterSeconds,
    },
  );
}

export async function keepAnswer(context: UserContext, key: string, answer: StoredAnswer): Promise<void> {
  await context.deps.db
    .update(idempotencyKeys)
    .set(answer)
    .where(and(eq(idempotencyKeys.scope, idempotencyScope(context.actor)), eq(idempotencyKeys.key, key)));
}

/** For an answer that must not be kept: the request was refused before it did anything, or failed on our side. */
export async function releaseKey(context: UserContext, key: string): Promise<void> {
  await context.deps.db
    .delete(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.scope, idempotencyScope(context.actor)),
        eq(idempotencyKeys.key, key),
        isNull(idempotencyKeys.status),
      ),
    );
}

/** Cron: forgets the keys whose time is over. */
export async function forgetOldKeys(deps: Deps): Promise<void> {
  await deps.db.delete(idempotencyKeys).where(lt(idempotencyKeys.claimedAtMs, deps.clock.now() - keepAnswersMs));
}
