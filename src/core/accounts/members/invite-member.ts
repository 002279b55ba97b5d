import type { InvitationAnswer, InvitationMade, InviteBody } from "../../../contract/members.ts";
import { auditRow } from "../../audit/audit-row.ts";
import { makeId, sessionIdOf, type UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import type { MailLanguage } from "../../mail/letters.ts";
import { postLetter, writeLetter } from "../../mail/write-letter.ts";
import { requireEmail } from "../identity.ts";
import { refuseEnded } from "../sessions/refuse-ended.ts";
import { findMember } from "../store.ts";
import { type InvitationRow, insertInvitation, revokeInvitationsTo } from "./invitation-store.ts";
import { invitationTokenHash, newInvitationToken } from "./invitation-token.ts";
import { isMemberByEmail } from "./member-store.ts";

const lastsMs = 7 * 86_400_000;
/** Each is a letter to somebody who may not have asked for one. */
export const openInvitationsMax = 50;

export type InviteInput = InviteBody & { language: MailLanguage; origin: string };

/**
 * Asks somebody by mail to join the tenant; of two to one address the newer counts. Says nothing of whether the address has
 * an account. Refuses `validation_failed`, `already_member`, and `quota_exceeded` when too many are open.
 */
export async function inviteMember(context: UserContext, input: InviteInput): Promise<InvitationMade> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  const email = requireEmail(input.email);
  const [inviter, isMember] = await Promise.all([
    findMember(deps, actor.userId, tenantId),
    isMemberByEmail(deps, tenantId, email),
  ]);
  invariant(inviter !== null, "who invites is a member");
  if (isMember) fail("already_member", "They are in this tenant already. Nothing was sent.");

  const nowMs = deps.clock.now();
  const token = newInvitationToken(deps);
  const row = {
    id: makeId(context, "invitation"),
    tenantId,
    email,
    role: input.role,
    tokenHash: await invitationTokenHash(deps, token),
    invitedBy: actor.userId,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + lastsMs,
  };
  const link = `${deps.publicUrl ?? input.origin}/auth/invitation?token=${token}`;
  const { mailId, statement } = writeLetter(context, {
    to: email,
    language: input.language,
    template: "invitation",
    values: { link, tenant: inviter.tenant.name, inviter: inviter.user.name ?? inviter.user.email },
  });
  try {
    await deps.db.batch([
      revokeInvitationsTo(deps, tenantId, email),
      insertInvitation(deps, row, { openMax: openInvitationsMax, bySession: sessionIdOf(actor) }),
      auditRow(context, { action: "member.invite", target: row.id, tenantId, details: { role: row.role } }),
      statement,
    ]);
  } catch (error) {
    await refuseUnwritten(context, error);
  }
  await postLetter(context, mailId);
  return { ...toInvitationAnswer(row), ...(deps.isProduction ? {} : { invitation_link: link }) };
}

export function toInvitationAnswer(
  row: Pick<InvitationRow, "id" | "email" | "role" | "createdAtMs" | "expiresAtMs">,
): InvitationAnswer {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    expires_at: new Date(row.expiresAtMs).toISOString(),
    created_at: new Date(row.createdAtMs).toISOString(),
  };
}

/** What `insertInvitation` leaves out, the table refuses; D1 names the column in its message. */
async function refuseUnwritten(context: UserContext, error: unknown): Promise<never> {
  const text = String(error instanceof Error ? `${error.message} ${String(error.cause)}` : error);
  if (!text.includes("invitations.email")) throw error;
  await refuseEnded(context);
  fail(
    "quota_exceeded",
    `${openInvitationsMax} invitations are open. Revoke one, or wait until one is accepted; nothing was sent.`,
    {
      metric: "open_invitations",
      used: openInvitationsMax,
      limit: openInvitationsMax,
      resets_at: null,
    },
  );
}
