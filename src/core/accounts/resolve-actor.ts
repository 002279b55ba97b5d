import type { UserActor } from "../context.ts";
import type { Deps } from "../deps.ts";
import { findSession } from "./store.ts";

/** Who a bearer token stands for; null when it is not ours, is expired, or its session has ended. */
export async function resolveActor(deps: Deps, token: string): Promise<UserActor | null> {
  const nowMs = deps.clock.now();
  const claims = await deps.accessTokens.verify(token, nowMs);
  if (claims === null) return null;
  const session = await findSession(deps, claims.sessionId, nowMs);
  if (session === null || session.userId !== claims.userId) return null;
  return { kind: "user", sessionId: claims.sessionId, ...session };
}
