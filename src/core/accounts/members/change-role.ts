import type { ChangeRoleBody, MemberAnswer } from "../../../contract/members.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import { findTenantMember, updateRole } from "./member-store.ts";
import { refuseFormerOwner, refuseLastOwner } from "./refuse-change.ts";
import { toMemberAnswer } from "./to-member-answer.ts";

/**
 * Makes a member an owner or a creator; what they may do changes with their next request. Refuses `not_found`,
 * `last_owner`, and `forbidden` for whoever has ceased to be an owner meanwhile.
 */
export async function changeRole(
  context: UserContext,
  { userId, role }: ChangeRoleBody & { userId: string },
): Promise<MemberAnswer> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  const [changed] = await deps.db.batch([
    updateRole(deps, { tenantId, userId, role, byUserId: actor.userId }),
    auditRowIfChanged(context, { action: "member.role", target: userId, tenantId, details: { role } }),
  ]);
  const member = await findTenantMember(deps, { tenantId, userId });
  if (changed.length > 0) {
    invariant(member !== null, "a member whose role was changed is one");
    return toMemberAnswer(actor, { ...member, role });
  }
  await refuseFormerOwner(context);
  if (member === null) fail("not_found", "There is no such member. Nothing was changed.");
  if (member.role !== role) await refuseLastOwner(deps, { tenantId, userId });
  return toMemberAnswer(actor, member);
}
