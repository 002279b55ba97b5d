import { and, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { Deps } from "../../deps.ts";
import { newId } from "../../ids.ts";
import { isStillOpen } from "../sessions/session-store.ts";
import { type MemberRole, memberships, tenants, users } from "../tables.ts";
import { isOwner } from "./member-store.ts";
import { invitations } from "./tables.ts";

export type InvitationRow = typeof invitations.$inferSelect;

/** Neither accepted nor revoked, and not over. */
function isOpen(nowMs: number): SQL | undefined {
  return and(isNull(invitations.acceptedAtMs), isNull(invitations.revokedAtMs), gt(invitations.expiresAtMs, nowMs));
}

export function findOpenInvitations({ db, clock }: Deps, tenantId: string, limit: number): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tenantId, tenantId), isOpen(clock.now())))
    .orderBy(desc(invitations.createdAtMs), desc(invitations.id))
    .limit(limit);
}

/**
 * Writes an invitation unless `openMax` of its tenant are open, or the session it is sent by has ended: then its address is left out, which the table refuses, so
 * that nothing of the batch is done, the letter included.
 */
export function insertInvitation(
  { db }: Deps,
  row: typeof invitations.$inferInsert,
  { openMax, bySession }: { openMax: number; bySession: string },
) {
  const { id, tenantId, email, role, tokenHash, invitedBy, createdAtMs, expiresAtMs } = row;
  const open = sql`(select count(*) from ${invitations} where ${invitations.tenantId} = ${tenantId} and ${isOpen(createdAtMs)})`;
  const address = sql`case when ${open} < ${openMax} and ${isStillOpen(bySession)} then ${email} end`;
  return db
    .insert(invitations)
    .select(
      sql`select ${id}, ${tenantId}, ${address}, ${role}, ${tokenHash}, ${invitedBy}, ${createdAtMs}, ${expiresAtMs}, null, null`,
    );
}

/** Voids what this tenant has sent this address before. */
export function revokeInvitationsTo({ db, clock }: Deps, tenantId: string, email: string) {
  const nowMs = clock.now();
  return db
    .update(invitations)
    .set({ revokedAtMs: nowMs })
    .where(and(eq(invitations.tenantId, tenantId), eq(invitations.email, email), isOpen(nowMs)));
}

export function revokeOpenInvitation({ db, clock }: Deps, tenantId: string, id: string) {
  const nowMs = clock.now();
  return db
    .update(invitations)
    .set({ revokedAtMs: nowMs })
    .where(and(eq(invitations.id, id), eq(invitations.tenantId, tenantId), isOpen(nowMs)))
    .returning({ id: invitations.id });
}

export type StandingInvitation = {
  id: string;
  email: string;
  role: MemberRole;
  tenant: { id: string; name: string };
  inviter: { id: string; name: string | null; email: string };
};

/** An invitation by its token, if it can still be accepted: whoever sent it is an owner still, and the tenant is not being deleted. */
export async function findStandingInvitation(deps: Deps, tokenHash: string): Promise<StandingInvitation | null> {
  const { db, clock } = deps;
  const inviterIn = alias(memberships, "inviter_in");
  const [row] = await db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      tenant: { id: tenants.id, name: tenants.name },
      inviter: { id: users.id, name: users.name, email: users.email },
    })
    .from(invitations)
    .innerJoin(tenants, and(eq(tenants.id, invitations.tenantId), isNull(tenants.closedAtMs)))
    .innerJoin(users, and(eq(users.id, invitations.invitedBy), isNull(users.disabledAtMs)))
    .innerJoin(
      inviterIn,
      and(eq(inviterIn.tenantId, tenants.id), eq(inviterIn.userId, users.id), eq(inviterIn.role, "owner")),
    )
    .where(and(eq(invitations.tokenHash, tokenHash), isOpen(clock.now())))
    .limit(1);
  return row ?? null;
}

/** The one statement that decides who has accepted an invitation: it looks again at all that makes it good. */
export function markAccepted(deps: Deps, { id, tenant, inviter }: StandingInvitation) {
  const nowMs = deps.clock.now();
  const isTenantOpen = sql`exists (select 1 from ${tenants} where ${tenants.id} = ${tenant.id} and ${tenants.closedAtMs} is null)`;
  return deps.db
    .update(invitations)
    .set({ acceptedAtMs: nowMs })
    .where(
      and(
        eq(invitations.id, id),
        isOpen(nowMs),
        isOwner(deps, { tenantId: tenant.id, userId: inviter.id }),
        isTenantOpen,
      ),
    )
    .returning({ id: invitations.id });
}

/** Right behind `markAccepted` in a batch: a member when that was the one to accept it; who is one already stays as they are. */
export function joinIfAccepted({ db, clock }: Deps, { tenant, role }: StandingInvitation, userId: string) {
  return db
    .insert(memberships)
    .select(sql`select ${tenant.id}, ${userId}, ${role}, ${clock.now()} where changes() > 0`)
    .onConflictDoNothing();
}

/** Ids begin with the time they were made at, so that their own index finds the old ones. */
export async function deleteInvitationsMadeBefore({ db }: Deps, beforeMs: number, limit: number): Promise<void> {
  const old = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(lt(invitations.id, newId("invitation", beforeMs, new Uint8Array(16))))
    .limit(limit);
  await db.delete(invitations).where(inArray(invitations.id, old));
}
