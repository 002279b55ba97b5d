import { and, eq, isNull, lt } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Deps } from "../deps.ts";
import { planAt } from "../plans/plan-at.ts";
import type { Plan } from "../plans/plans.ts";
import { type MemberRole, memberships, passwords, tenants, users } from "./tables.ts";

export type UserRow = typeof users.$inferSelect;

export async function findUserByEmail(deps: Deps, email: string): Promise<UserRow | null> {
  const [row] = await deps.db.select().from(users).where(eq(users.email, email)).limit(1);
  return row ?? null;
}

/** A user by their address, with the hash of their password if they have one. */
export async function findCredentials(
  deps: Deps,
  email: string,
): Promise<{ user: UserRow; passwordHash: string | null; passwordSetAtMs: number | null } | null> {
  const [row] = await deps.db
    .select({ user: users, passwordHash: passwords.hash, passwordSetAtMs: passwords.setAtMs })
    .from(users)
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.email, email))
    .limit(1);
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

export function insertAccount(
  deps: Deps,
  account: {
    user: typeof users.$inferInsert;
    tenant: typeof tenants.$inferInsert;
    /** null: they sign in by link or by a provider. */
    passwordHash: string | null;
    nowMs: number;
  },
): [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]] {
  const { user, tenant, passwordHash, nowMs } = account;
  return [
    deps.db.insert(users).values(user),
    deps.db.insert(tenants).values(tenant),
    deps.db.insert(memberships).values({ tenantId: tenant.id, userId: user.id, role: "owner", createdAtMs: nowMs }),
    ...(passwordHash === null
      ? []
      : [deps.db.insert(passwords).values({ userId: user.id, hash: passwordHash, setAtMs: nowMs })]),
  ];
}

export async function markWelcomed(deps: Deps, tenantId: string, nowMs: number): Promise<void> {
  await deps.db.update(tenants).set({ welcomedAtMs: nowMs }).where(eq(tenants.id, tenantId));
}

export async function findUnwelcomed(deps: Deps, beforeMs: number, limit: number): Promise<string[]> {
  const rows = await deps.db
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(isNull(tenants.welcomedAtMs), isNull(tenants.closedAtMs), lt(tenants.createdAtMs, beforeMs)))
    .limit(limit);
  return rows.map((row) => row.id);
}

export async function findUser(deps: Deps, userId: string): Promise<UserRow | null> {
  const [row] = await deps.db.select().from(users).where(eq(users.id, userId)).limit(1);
  return row ?? null;
}
