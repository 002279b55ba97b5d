import type { Deps } from "../deps.ts";
import { findMember } from "./store.ts";

/** Whether a user who may sign in owns a tenant that is not being deleted: what is asked where no session is. */
export async function ownsTenant(deps: Deps, userId: string, tenantId: string): Promise<boolean> {
  const member = await findMember(deps, userId, tenantId);
  return member?.role === "owner" && member.user.disabledAtMs === null && member.tenant.closedAtMs === null;
}
