import { makeId, type UserContext } from "../context.ts";
import { idempotencyPlace } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";

/** With an Idempotency-Key always the same id, so that a repeat after any crash meets its own order. */
export async function paymentIdOf(context: UserContext, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return makeId(context, "payment");
  const name = `payment:${idempotencyPlace(context.actor)}:${idempotencyKey}`;
  return idFromDigest("payment", await context.deps.digests.sha256(name));
}
