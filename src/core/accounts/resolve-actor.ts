import type { UserActor } from "../context.ts";
import type { AccessClaims, Deps } from "../deps.ts";
import { findSession } from "./store.ts";

/** Who a token that is ours stands for; null when its session has ended. */
export async function resolveActor(deps: Deps, claims: AccessClaims): Promise<UserActor | null> {
  const session = await findSession(deps, claims.sessionId, deps.clock.now());
  if (session === null || session.userId !== claims.userId) return null;
  const { email, ...who } = session;
  return { kind: "user", sessionId: claims.sessionId, ...who, isAdmin: deps.adminEmails.has(email) };
}
