/** Why a guarded statement did nothing: looked up afterwards, for the words alone. */
import type { UserContext } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { fail } from "../../fail.ts";
import { findTenantMember, findTenantsOf, type Membership } from "./member-store.ts";

/** The caller's own right went while they asked. Refuses `forbidden`. */
export async function refuseFormerOwner({ deps, actor }: UserContext): Promise<void> {
  const member = await findTenantMember(deps, { tenantId: actor.tenantId, userId: actor.userId });
  if (member?.role !== "owner") fail("forbidden", "You are no owner of this tenant any more. Nothing was changed.");
}

/** Refuses `last_owner`. */
export async function refuseLastOwner(deps: Deps, { tenantId, userId }: Membership): Promise<never> {
  const [own] = await findTenantsOf(deps, userId);
  if (own?.id === tenantId)
    fail("last_owner", "This tenant was made with their account: they stay its owner. Nothing was changed.");
  fail("last_owner", "They are the only owner. Make somebody else an owner first; nothing was changed.");
}
