import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { deleteMembership, endAccessOfStranger, findTenantMember, findTenantsOf } from "./member-store.ts";
import { refuseFormerOwner, refuseLastOwner } from "./refuse-change.ts";

/**
 * Takes a member out of the tenant: their sessions in it end, and their keys to it are revoked. What they made stays the
 * tenant's. Refuses `not_found`, `last_owner`, and `forbidden` for whoever has ceased to be an owner meanwhile.
 */
export async function removeMember(context: UserContext, userId: string): Promise<void> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  if (await end(context, userId, "member.remove")) return;
  await refuseFormerOwner(context);
  if ((await findTenantMember(deps, { tenantId, userId })) === null)
    fail("not_found", "There is no such member. Nothing was changed.");
  await refuseLastOwner(deps, { tenantId, userId });
}

/** Leaves the tenant; the caller's session ends with it. Refuses `last_owner`. */
export async function leaveTenant(context: UserContext): Promise<void> {
  const { deps, actor } = context;
  if (await end(context, actor.userId, "member.leave")) return;
  const [own] = await findTenantsOf(deps, actor.userId);
  if (own?.id === actor.tenantId)
    fail("last_owner", "This tenant was made with your account. To be rid of it, delete the account.");
  fail("last_owner", "You are the only owner. Make somebody else an owner first; nothing was changed.");
}

/** false: nothing was changed. */
async function end(context: UserContext, userId: string, action: "member.remove" | "member.leave"): Promise<boolean> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  const [ended] = await deps.db.batch([
    deleteMembership(deps, { tenantId, userId }, action === "member.leave" ? null : actor.userId),
    auditRowIfChanged(context, { action, target: userId, tenantId }),
    ...endAccessOfStranger(deps, { tenantId, userId }),
  ]);
  return ended.length > 0;
}
