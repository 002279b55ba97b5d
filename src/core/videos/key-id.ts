import type { UserContext } from "../context.ts";
import { idempotencyPlace } from "../idempotency/scope.ts";
import { idFromDigest } from "../ids.ts";

/** The id that a submit with this Idempotency-Key gives its video, at this place among several; null without a key. */
export async function videoIdOfKey(
  context: UserContext,
  idempotencyKey: string | null,
  place = 0,
): Promise<string | null> {
  if (idempotencyKey === null) return null;
  const name = `video:${idempotencyPlace(context.actor)}:${idempotencyKey}${place === 0 ? "" : `:${place}`}`;
  return idFromDigest("video", await context.deps.digests.sha256(name));
}
