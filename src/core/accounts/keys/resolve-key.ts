import type { UserActor } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { isOperator } from "../is-operator.ts";
import { findKeyByHash, markKeyUsed } from "./key-store.ts";

/** Often enough to see whether a key is still needed, and rarely enough to cost nothing. */
const useNotedMs = 60_000;

export type ResolvedKey = {
  id: string;
  actor: UserActor;
  /** The pages it may be used from; null: it is no embed key, and belongs on no page. */
  origins: readonly string[] | null;
  lastUsedAtMs: number | null;
};

/** Whom the key of this hash stands for; null when there is none, it has ended, or its maker is no member any more. */
export async function resolveKey(deps: Deps, hash: string): Promise<ResolvedKey | null> {
  const found = await findKeyByHash(deps, hash, deps.clock.now());
  if (found === null) return null;
  const { id, userId, tenantId, role, plan, lastUsedAtMs } = found;
  const isEmbed = found.kind === "embed";
  const via = { kind: isEmbed ? ("embed_key" as const) : ("secret_key" as const), keyId: id };
  return {
    id,
    actor: { kind: "user", userId, tenantId, via, role, plan, isAdmin: !isEmbed && isOperator(deps, found) },
    // An embed key without a list of pages would be one for every page: it is one for none.
    origins: isEmbed ? (found.origins ?? []) : null,
    lastUsedAtMs,
  };
}

/** Writes down, at most once a minute, that a key was used. Nothing hangs on it: a failure is logged. */
export async function noteKeyUse(
  deps: Deps,
  { id, lastUsedAtMs }: Pick<ResolvedKey, "id" | "lastUsedAtMs">,
): Promise<void> {
  const nowMs = deps.clock.now();
  const beforeMs = nowMs - useNotedMs;
  if (lastUsedAtMs !== null && lastUsedAtMs > beforeMs) return;
  await markKeyUsed(deps, id, nowMs, beforeMs).catch((error: unknown) => {
    const reason = error instanceof Error ? error.name : "unknown";
    deps.log.write("warn", "key_use_not_noted", { key_id: id, reason });
  });
}
