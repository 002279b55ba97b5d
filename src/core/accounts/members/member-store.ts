/** Who is in which tenant. What takes a right away is one statement that looks for itself, so that two at once cannot both be right. */
import { and, asc, desc, eq, exists, isNull, ne, notExists, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Deps } from "../../deps.ts";
import { afterCursor, type PageInput } from "../../page.ts";
import { planAt } from "../../plans/plan-at.ts";
import type { Plan } from "../../plans/plans.ts";
import { apiKeys } from "../keys/tables.ts";
import { asEnded } from "../sessions/session-store.ts";
import { sessions } from "../sessions/tables.ts";
import { type MemberRole, memberships, tenants, users } from "../tables.ts";

/** Somebody in a tenant. */
export type Membership = { tenantId: string; userId: string };

export type TenantMember = {
  userId: string;
  email: string;
  name: string | null;
  role: MemberRole;
  createdAtMs: number;
};

const shown = {
  userId: users.id,
  email: users.email,
  name: users.name,
  role: memberships.role,
  createdAtMs: memberships.createdAtMs,
};

/** A tenant's members, who joined last first, one more than a page has. */
export function findMembers({ db }: Deps, tenantId: string, input: PageInput): Promise<TenantMember[]> {
  const after = afterCursor({ createdAtMs: memberships.createdAtMs, id: memberships.userId }, input.cursor);
  return db
    .select(shown)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), after))
    .orderBy(desc(memberships.createdAtMs), desc(memberships.userId))
    .limit(input.limit + 1);
}

export async function findTenantMember({ db }: Deps, one: Membership): Promise<TenantMember | null> {
  const [row] = await db
    .select(shown)
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(isMembership(one))
    .limit(1);
  return row ?? null;
}

export async function isMemberByEmail({ db }: Deps, tenantId: string, email: string): Promise<boolean> {
  const [row] = await db
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.tenantId, tenantId), eq(users.email, email)))
    .limit(1);
  return row !== undefined;
}

export type OwnTenant = { id: string; name: string; role: MemberRole; plan: Plan };

/** The tenants that a user is in, in the order in which they joined them: their own is the first. */
export function findTenantsOf({ db, clock }: Deps, userId: string): Promise<OwnTenant[]> {
  return db
    .select({ id: tenants.id, name: tenants.name, role: memberships.role, plan: planAt(tenants.id, clock.now()) })
    .from(memberships)
    .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), isNull(tenants.closedAtMs)))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(memberships.createdAtMs));
}

/**
 * The role of somebody, by an owner who is still one. Nobody is made a creator in the tenant that was made with them, nor is
 * the last owner. Answers with nothing when it changed nothing.
 */
export function updateRole(deps: Deps, change: Membership & { role: MemberRole; byUserId: string }) {
  const { role, byUserId } = change;
  return deps.db
    .update(memberships)
    .set({ role })
    .where(
      and(
        isMembership(change),
        ne(memberships.role, role),
        isOwner(deps, { tenantId: change.tenantId, userId: byUserId }),
        role === "owner" ? undefined : and(hasOtherOwner(deps, change), hasJoinedBefore(deps, change)),
      ),
    )
    .returning({ userId: memberships.userId });
}

/**
 * Takes somebody out of a tenant: never its last owner, and nobody out of the tenant that was made with them. `byUserId`: an owner who is still one; null: they
 * leave by themselves.
 */
export function deleteMembership(deps: Deps, one: Membership, byUserId: string | null) {
  return deps.db
    .delete(memberships)
    .where(
      and(
        isMembership(one),
        or(ne(memberships.role, "owner"), hasOtherOwner(deps, one)),
        hasJoinedBefore(deps, one),
        byUserId === null ? undefined : isOwner(deps, { tenantId: one.tenantId, userId: byUserId }),
      ),
    )
    .returning({ userId: memberships.userId });
}

/** Ends what whoever is no member any more has opened in the tenant, and their keys to it; of a member nothing. */
export function endAccessOfStranger(deps: Deps, { tenantId, userId }: Membership) {
  const { db, clock } = deps;
  const nowMs = clock.now();
  const isStranger = notExists(
    db
      .select({ one: sql`1` })
      .from(memberships)
      .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId))),
  );
  return [
    db
      .update(sessions)
      .set(asEnded(nowMs))
      .where(and(eq(sessions.userId, userId), eq(sessions.tenantId, tenantId), isNull(sessions.endedAtMs), isStranger)),
    db
      .update(apiKeys)
      .set({ revokedAtMs: nowMs })
      .where(and(eq(apiKeys.userId, userId), eq(apiKeys.tenantId, tenantId), isNull(apiKeys.revokedAtMs), isStranger)),
  ] as const;
}

/** Takes a session to another tenant that its user is in; changes nothing when they are not, or the session has ended. */
export function updateSessionTenant({ db }: Deps, sessionId: string, { tenantId, userId }: Membership) {
  const isIn = db
    .select({ one: sql`1` })
    .from(memberships)
    .innerJoin(tenants, and(eq(tenants.id, memberships.tenantId), isNull(tenants.closedAtMs)))
    .where(and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId)));
  return db
    .update(sessions)
    .set({ tenantId })
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId), isNull(sessions.endedAtMs), exists(isIn)))
    .returning({ id: sessions.id });
}

export function updateTenantName({ db }: Deps, tenantId: string, name: string) {
  return db.update(tenants).set({ name }).where(eq(tenants.id, tenantId));
}

function isMembership({ tenantId, userId }: Membership): SQL | undefined {
  return and(eq(memberships.tenantId, tenantId), eq(memberships.userId, userId));
}

/** An owner who may sign in: one whom an operator has disabled keeps no tenant going. */
export function isOwner({ db }: Deps, { tenantId, userId }: Membership): SQL {
  const owner = alias(memberships, "owner");
  return exists(
    db
      .select({ one: sql`1` })
      .from(owner)
      .innerJoin(users, and(eq(users.id, owner.userId), isNull(users.disabledAtMs)))
      .where(and(eq(owner.tenantId, tenantId), eq(owner.userId, userId), eq(owner.role, "owner"))),
  );
}

function hasOtherOwner({ db }: Deps, { tenantId, userId }: Membership): SQL {
  const other = alias(memberships, "other");
  return exists(
    db
      .select({ one: sql`1` })
      .from(other)
      .innerJoin(users, and(eq(users.id, other.userId), isNull(users.disabledAtMs)))
      .where(and(eq(other.tenantId, tenantId), ne(other.userId, userId), eq(other.role, "owner"))),
  );
}

/**
 * Whether this is not the tenant that was made with them: that is the one they joined first. There they stay, and stay an
 * owner, so that every user has a tenant to sign in to which nobody can take from them: not by whom they let in, and not by
 * the deletion of whoever else owns it.
 */
function hasJoinedBefore({ db }: Deps, { userId }: Membership): SQL {
  const before = alias(memberships, "before");
  return exists(
    db
      .select({ one: sql`1` })
      .from(before)
      .where(and(eq(before.userId, userId), sql`${before.createdAtMs} < ${memberships.createdAtMs}`)),
  );
}
