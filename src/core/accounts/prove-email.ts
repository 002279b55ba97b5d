import { and, eq, inArray, isNull, ne, or } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { auditRow } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { apiKeys } from "./keys/tables.ts";
import { invitations } from "./members/tables.ts";
import { asEnded } from "./sessions/session-store.ts";
import { sessions } from "./sessions/tables.ts";
import type { UserRow } from "./store.ts";
import { memberships, passwords, users } from "./tables.ts";

/**
 * What is written when somebody shows that mail to a user's address reaches them, by a link or by a provider that vouches
 * for it. Until then anybody may have signed up with the address: a password that was chosen before, and whatever was opened
 * with it, may be a stranger's who waits for the owner to come and pay. So at the first proof all of it ends, and whoever was
 * let into the tenant is out of it. Whoever
 * confirms from within their own session (`isFromWithin`) keeps what is theirs.
 */
export function proveEmail(
  context: Context,
  user: UserRow,
  { isFromWithin }: { isFromWithin: boolean },
): BatchItem<"sqlite">[] {
  const { db, clock } = context.deps;
  const nowMs = clock.now();
  const isFirst = user.emailProvenAtMs === null;
  const proven = db.update(users).set({ emailProvenAtMs: nowMs }).where(eq(users.id, user.id));
  if (!isFirst) return [proven];
  const row = auditRow(context, { action: "account.email_proven", target: user.id, tenantId: null });
  if (isFromWithin) return [proven, row];
  // Whoever is unproven is in no tenant but their own: joining another one is a proof.
  const ownTenants = db.select({ id: memberships.tenantId }).from(memberships).where(eq(memberships.userId, user.id));
  return [
    proven,
    row,
    db.delete(passwords).where(eq(passwords.userId, user.id)),
    db
      .update(sessions)
      .set(asEnded(nowMs))
      .where(and(or(eq(sessions.userId, user.id), inArray(sessions.tenantId, ownTenants)), isNull(sessions.endedAtMs))),
    db
      .update(apiKeys)
      .set({ revokedAtMs: nowMs })
      .where(and(inArray(apiKeys.tenantId, ownTenants), isNull(apiKeys.revokedAtMs))),
    db
      .update(invitations)
      .set({ revokedAtMs: nowMs })
      .where(and(inArray(invitations.tenantId, ownTenants), isNull(invitations.revokedAtMs))),
    db.delete(memberships).where(and(inArray(memberships.tenantId, ownTenants), ne(memberships.userId, user.id))),
  ];
}
