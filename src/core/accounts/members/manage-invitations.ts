import type { InvitationsAnswer } from "../../../contract/members.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { findOpenInvitations, revokeOpenInvitation } from "./invitation-store.ts";
import { openInvitationsMax, toInvitationAnswer } from "./invite-member.ts";

/** The invitations that can still be accepted, the newest first. */
export async function listInvitations({ deps, actor }: UserContext): Promise<InvitationsAnswer> {
  const open = await findOpenInvitations(deps, actor.tenantId, openInvitationsMax);
  return { data: open.map(toInvitationAnswer), next_cursor: null };
}

/** Voids an invitation. Refuses `not_found`, also for one that is accepted, revoked or over. */
export async function revokeInvitation(context: UserContext, id: string): Promise<void> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  const [revoked] = await deps.db.batch([
    revokeOpenInvitation(deps, tenantId, id),
    auditRowIfChanged(context, { action: "member.revoke_invitation", target: id, tenantId }),
  ]);
  if (revoked.length === 0) fail("not_found", "There is no open invitation of this name.");
}
