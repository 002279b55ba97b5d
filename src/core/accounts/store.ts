import { and, eq, gt, isNull, lt } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Deps } from "../deps.ts";
import { planAt } from "../plans/plan-at.ts";
import type { Plan } from "../plans/plans.ts";
import { type MemberRole, memberships, sessions, tenants, users } from "./tables.ts";

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(deps: Deps, email: string): Promise<UserRow | null> {
  const [row] = await deps.db.select().from(users).where(eq(users.email, email)).limit(1);
  return row ?? null;
}

export type Member = { user: UserRow; tenant: typeof tenants.$inferSelect; role: MemberRole; plan: Plan };

/** A user in one tenant, with its plan now; without `tenantId` in the one they joined first. */
export async function findMember(deps: Deps, userId: string, tenantId?: string): Promise<Member | null> {
  const [row] = await deps.db
    .select({ user: users, tenant: tenants, role: memberships.role, plan: planAt(tenants.id, deps.clock.now()) })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(and(eq(memberships.userId, userId), tenantId === undefined ? undefined : eq(memberships.tenantId, tenantId)))
    .orderBy(memberships.createdAtMs)
    .limit(1);
  return row ?? null;
}

/** The live session, who is behind it and the plan they have at this moment, in one read. */
export async function findSession(deps: Deps, sessionId: string, nowMs: number) {
  const [row] = await deps.db
    .select({
      userId: sessions.userId,
      tenantId: sessions.tenantId,
      role: memberships.role,
      email: users.email,
      plan: planAt(sessions.tenantId, nowMs),
    })
    .from(sessions)
    .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.tenantId, sessions.tenantId)))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAtMs), gt(sessions.expiresAtMs, nowMs)))
    .limit(1);
  return row ?? null;
}

export function insertAccount(
  deps: Deps,
  account: { user: typeof users.$inferInsert; tenant: typeof tenants.$inferInsert; nowMs: number },
): [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]] {
  const { user, tenant, nowMs } = account;
  return [
    deps.db.insert(users).values(user),
    deps.db.insert(tenants).values(tenant),
    deps.db.insert(memberships).values({ tenantId: tenant.id, userId: user.id, role: "owner", createdAtMs: nowMs }),
  ];
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

export async function markWelcomed(deps: Deps, tenantId: string, nowMs: number): Promise<void> {
  await deps.db.update(tenants).set({ welcomedAtMs: nowMs }).where(eq(tenants.id, tenantId));
}

export async function findUnwelcomed(deps: Deps, beforeMs: number, limit: number): Promise<string[]> {
  const rows = await deps.db
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(isNull(tenants.welcomedAtMs), lt(tenants.createdAtMs, beforeMs)))
    .limit(limit);
  return rows.map((row) => row.id);
}

export async function findUser(deps: Deps, userId: string): Promise<UserRow | null> {
  const [row] = await deps.db.select().from(users).where(eq(users.id, userId)).limit(1);
  return row ?? null;
}
