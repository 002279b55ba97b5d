import type { UserActor } from "../context.ts";
import type { Clock } from "../deps.ts";
import { fail } from "../fail.ts";
import { type Denial, denialOf, type Permission, permissions } from "./permissions.ts";

/** Refuses `forbidden`, `sign_in_again`. */
export function requirePermission(clock: Clock, actor: UserActor, permission: Permission): void {
  const denial = denialOf(permission, actor, clock.now());
  if (denial === "not_fresh")
    fail("sign_in_again", "Sign in again first: this needs a sign-in of the last two hours. Nothing was changed.");
  if (denial !== null) fail("forbidden", wordsFor(denial, actor, permission));
}

function wordsFor(denial: Denial, { via }: UserActor, permission: Permission): string {
  if (denial === "credential") {
    return via.kind === "embed_key"
      ? "An embed key makes videos and follows them, and nothing else."
      : "A key may not do this. Sign in, in person.";
  }
  const isForOperators = permissions[permission].to.some((role) => role === "admin");
  return isForOperators
    ? "This is for those who operate the service."
    : "This is for the tenant's owners. Ask one of them.";
}
