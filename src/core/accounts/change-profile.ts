import type { MeAnswer } from "../../contract/accounts.ts";
import type { ChangeProfileBody, RenameTenantBody } from "../../contract/members.ts";
import { auditRow, auditRowIfChanged } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { type Profile, updateProfile } from "./account-store.ts";
import { getMe } from "./get-me.ts";
import { requirePhone } from "./identity.ts";
import { updateTenantName } from "./members/member-store.ts";

/** What the caller says of themselves; null takes it away, what is not named stays. Refuses `validation_failed`, `phone_taken`. */
export async function changeProfile(context: UserContext, { name, phone }: ChangeProfileBody): Promise<MeAnswer> {
  const { deps, actor } = context;
  const { userId, tenantId } = actor;
  const profile: Profile = {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone: phone === null ? null : requirePhone(deps, phone) }),
  };
  const [changed] = await deps.db.batch([
    updateProfile(deps, userId, profile),
    auditRowIfChanged(context, { action: "account.update", target: userId, tenantId }),
  ]);
  if (changed.length === 0) fail("phone_taken", "Another account has this phone number. Nothing was changed.");
  return getMe(context);
}

export async function renameTenant(context: UserContext, { name }: RenameTenantBody): Promise<MeAnswer> {
  const { deps, actor } = context;
  const { tenantId } = actor;
  await deps.db.batch([
    updateTenantName(deps, tenantId, name),
    auditRow(context, { action: "tenant.update", target: tenantId, tenantId }),
  ]);
  return getMe(context);
}
