import type { IdKind } from "../../contract/ids.ts";
import { makeId, type UserContext } from "../context.ts";
import { idempotencyScope } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";

/** The name of what an operator does to somebody's money; with an Idempotency-Key always the same, so that a repeat does it once. */
export async function operationId(context: UserContext, kind: IdKind, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return makeId(context, kind);
  const name = `${kind}:${idempotencyScope(context.actor)}:${idempotencyKey}`;
  return idFromDigest(kind, await context.deps.digests.sha256(name));
}
