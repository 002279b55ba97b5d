import type { UserActor } from "../../context.ts";
import type { Deps, SessionClaims } from "../../deps.ts";
import { isOperator } from "../is-operator.ts";
import { findSession } from "./session-store.ts";

/** Who a token that is ours stands for; null when its session has ended. */
export async function resolveSession(deps: Deps, claims: SessionClaims): Promise<UserActor | null> {
  const session = await findSession(deps, claims.sessionId, deps.clock.now());
  if (session === null || session.userId !== claims.userId) return null;
  const { userId, tenantId, role, plan, authenticatedAtMs } = session;
  const via = { kind: "session" as const, sessionId: claims.sessionId, authenticatedAtMs };
  return { kind: "user", userId, tenantId, via, role, plan, isAdmin: isOperator(deps, session) };
}
