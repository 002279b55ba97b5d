import type { UserActor } from "../context.ts";

/**
 * Whose Idempotency-Keys these are: the user's, or the API key's own. An embed key lies open in a page, and whoever guesses
 * the names that its maker uses must not be handed what its maker was answered.
 */
export function idempotencyScope({ userId, via }: UserActor): string {
  return via.kind === "session" ? userId : via.keyId;
}

/**
 * What an id is made of that stands for a key: the tenant, too, since a session goes from one tenant to another, and must not
 * meet there what it has made here.
 */
export function idempotencyPlace(actor: UserActor): string {
  return `${actor.tenantId}:${idempotencyScope(actor)}`;
}
