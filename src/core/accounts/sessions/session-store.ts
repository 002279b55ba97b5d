import { and, eq, gt, isNull } from "drizzle-orm";
import type { Deps } from "../../deps.ts";
import { planAt } from "../../plans/plan-at.ts";
import { memberships, tenants, users } from "../tables.ts";
import { sessions } from "./tables.ts";

/** The live session, who is behind it and the plan they have at this moment, in one read. */
export async function findSession(deps: Deps, sessionId: string, nowMs: number) {
  const [row] = await deps.db
    .select({
      userId: sessions.userId,
      tenantId: sessions.tenantId,
      authenticatedAtMs: sessions.authenticatedAtMs,
      role: memberships.role,
      email: users.email,
      emailProvenAtMs: users.emailProvenAtMs,
      plan: planAt(sessions.tenantId, nowMs),
    })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.tenantId, sessions.tenantId)))
    .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAtMs)))
    .innerJoin(tenants, and(eq(tenants.id, sessions.tenantId), isNull(tenants.closedAtMs)))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs), gt(sessions.expiresAtMs, nowMs)))
    .limit(1);
  return row ?? null;
}

export function insertSession(deps: Deps, session: typeof sessions.$inferInsert) {
  return deps.db.insert(sessions).values(session);
}

export function endSession(deps: Deps, sessionId: string, nowMs: number) {
  return deps.db
    .update(sessions)
    .set({ endedAtMs: nowMs })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs)));
}
