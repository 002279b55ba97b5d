import { makeId, type UserContext } from "../../context.ts";
import { hashKey } from "./hash-key.ts";
import { newKey, shownOf } from "./key-format.ts";
import type { KeyRow } from "./key-store.ts";

/** A key that acts for the caller, and its row. The key itself is kept nowhere. */
export async function newKeyRow(
  context: UserContext,
  wanted: Pick<KeyRow, "name" | "kind" | "origins" | "isDefault">,
): Promise<{ key: string; row: KeyRow }> {
  const { deps, actor } = context;
  const key = newKey(wanted.kind, deps.isProduction, (length) => deps.randomness.bytes(length));
  const row = {
    ...wanted,
    id: makeId(context, "key"),
    tenantId: actor.tenantId,
    userId: actor.userId,
    hash: await hashKey(deps, key),
    ...shownOf(key),
    createdAtMs: deps.clock.now(),
    lastUsedAtMs: null,
    expiresAtMs: null,
    revokedAtMs: null,
  };
  return { key, row };
}
