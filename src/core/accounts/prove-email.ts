import { and, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { auditRowIfChanged } from "../audit/audit-row.ts";
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
 *
 * Whether it is the first, the statements ask for themselves: since `user` was read, another proof may have been faster, and
 * the user have joined others' tenants, whose people and keys are no stranger's to lose.
 */
export function proveEmail(
  context: Context,
  user: UserRow,
  { isFromWithin, onlyIf }: { isFromWithin: boolean; onlyIf?: SQL },
): [BatchItem<"sqlite">, ...BatchItem<"sqlite">[]] {
  const { db, clock } = context.deps;
  const nowMs = clock.now();
  if (user.emailProvenAtMs !== null)
    return [
      db
        .update(users)
        .set({ emailProvenAtMs: nowMs })
        .where(and(eq(users.id, user.id), onlyIf)),
    ];
  const proof = [
    db
      .update(users)
      .set({ emailProvenAtMs: nowMs })
      .where(and(eq(users.id, user.id), isNull(users.emailProvenAtMs), onlyIf)),
    auditRowIfChanged(context, { action: "account.email_proven", target: user.id, tenantId: null }),
  ] as const;
  if (isFromWithin) return [...proof];
  const isFirst = sql`exists (select 1 from ${users} as unproven where unproven.id = ${user.id} and unproven.email_proven_at_ms is null)`;
  // Whoever is unproven is in no tenant but their own: joining another one is a proof.
  const ownTenants = db
    .select({ id: memberships.tenantId })
    .from(memberships)
    .where(and(eq(memberships.userId, user.id), isFirst));
  return [
    db.delete(passwords).where(and(eq(passwords.userId, user.id), isFirst)),
    db
      .update(sessions)
      .set(asEnded(nowMs))
      .where(
        and(
          or(and(eq(sessions.userId, user.id), isFirst), inArray(sessions.tenantId, ownTenants)),
          isNull(sessions.endedAtMs),
        ),
      ),
    db
      .update(apiKeys)
      .set({ revokedAtMs: nowMs })
      .where(and(inArray(apiKeys.tenantId, ownTenants), isNull(apiKeys.revokedAtMs))),
    db
      .update(invitations)
      .set({ revokedAtMs: nowMs })
      .where(and(inArray(invitations.tenantId, ownTenants), isNull(invitations.revokedAtMs))),
    db.delete(memberships).where(and(inArray(memberships.tenantId, ownTenants), ne(memberships.userId, user.id))),
    ...proof,
  ];
}
