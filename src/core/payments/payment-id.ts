import { makeId, type UserContext } from "../context.ts";
import { idFromDigest } from "../ids.ts";

/** With an Idempotency-Key always the same id, so that a repeat after any crash meets its own order. */
export async function paymentIdOf(context: UserContext, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return makeId(context, "payment");
  const name = `payment:${context.actor.userId}:${idempotencyKey}`;
  return idFromDigest("payment", await context.deps.digests.sha256(name));
}
