import { sql } from "drizzle-orm";
import type { AcceptInvitationBody, OwnTenantEnvelope } from "../../../contract/members.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context, UserContext } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { fail, invariant } from "../../fail.ts";
import { proveEmail } from "../prove-email.ts";
import { findUser } from "../store.ts";
import { findStandingInvitation, joinIfAccepted, markAccepted, type StandingInvitation } from "./invitation-store.ts";
import { invitationTokenHash } from "./invitation-token.ts";
import { findTenantsOf } from "./member-store.ts";
import { toOwnTenantAnswer } from "./switch-tenant.ts";

/**
 * Lets the caller into the tenant that has invited their address; their session stays where it is. Refuses `invalid_link`
 * for a token that is used, revoked, over or unknown, or whose sender is no owner any more, and `forbidden` for whoever is
 * signed in by another address than it was mailed to.
 */
export async function acceptInvitation(
  context: UserContext,
  { token }: AcceptInvitationBody,
): Promise<OwnTenantEnvelope> {
  const { deps, actor } = context;
  const [invitation, user] = await Promise.all([findStanding(deps, token), findUser(deps, actor.userId)]);
  if (invitation === null) refuseToken();
  invariant(user !== null, "a session has a user");
  if (user.email !== invitation.email)
    fail("forbidden", "This invitation was mailed to another address. Sign in with that one, and accept it again.");

  const tenantId = invitation.tenant.id;
  const [accepted] = await deps.db.batch([
    markAccepted(deps, invitation),
    joinIfAccepted(deps, invitation, user.id),
    auditRowIfChanged(context, {
      action: "member.join",
      target: user.id,
      tenantId,
      details: { invitation: invitation.id, role: invitation.role },
    }),
    // The token came by mail, so whoever has it reads the mail of this address. In the same batch: nobody who is unproven may
    // be in another's tenant, or their first proof would empty it.
    ...(user.emailProvenAtMs === null
      ? proveEmail(context, user, { isFromWithin: true, onlyIf: sql`changes() > 0` })
      : []),
  ]);
  if (accepted.length === 0) refuseToken();
  const joined = (await findTenantsOf(deps, user.id)).find(({ id }) => id === tenantId);
  return { tenant: toOwnTenantAnswer(actor, joined ?? refuseToken()) };
}

/** What the page of an invitation says; null: it cannot be accepted any more. */
export async function readInvitation(
  { deps }: Context,
  token: string,
): Promise<{ tenant: string; inviter: string; role: StandingInvitation["role"] } | null> {
  const invitation = await findStanding(deps, token);
  if (invitation === null) return null;
  const { tenant, inviter, role } = invitation;
  return { tenant: tenant.name, inviter: inviter.name ?? inviter.email, role };
}

async function findStanding(deps: Deps, token: string): Promise<StandingInvitation | null> {
  return findStandingInvitation(deps, await invitationTokenHash(deps, token));
}

function refuseToken(): never {
  fail("invalid_link", "This invitation cannot be used any more. Ask whoever invited you for a new one.");
}
