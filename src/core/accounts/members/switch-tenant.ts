import type { MeAnswer } from "../../../contract/accounts.ts";
import type { OwnTenantAnswer, OwnTenantsAnswer, SwitchTenantBody } from "../../../contract/members.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserActor, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { getMe } from "../get-me.ts";
import { findTenantsOf, type OwnTenant, updateSessionTenant } from "./member-store.ts";

/** The tenants that the caller is in, their own first. */
export async function listOwnTenants({ deps, actor }: UserContext): Promise<OwnTenantsAnswer> {
  const found = await findTenantsOf(deps, actor.userId);
  return { data: found.map((tenant) => toOwnTenantAnswer(actor, tenant)), next_cursor: null };
}

export function toOwnTenantAnswer(actor: UserActor, { id, name, role, plan }: OwnTenant): OwnTenantAnswer {
  return { id, name, role, plan, is_current: id === actor.tenantId };
}

/** Takes this session to another tenant of the caller's. Refuses `not_found` where they are no member. */
export async function switchTenant(context: UserContext, input: SwitchTenantBody): Promise<MeAnswer> {
  const { deps, actor } = context;
  const { tenant_id: tenantId } = input;
  const sessionId = sessionIdOf(actor);
  const [switched] = await deps.db.batch([
    updateSessionTenant(deps, sessionId, { tenantId, userId: actor.userId }),
    auditRowIfChanged(context, { action: "session.switch_tenant", target: sessionId, tenantId }),
  ]);
  if (switched.length === 0) fail("not_found", "You are in no tenant of this name.");
  return getMe({ ...context, actor: { ...actor, tenantId } });
}
