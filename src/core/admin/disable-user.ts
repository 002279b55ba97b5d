import type { AccountBody, AdminUserAnswer } from "../../contract/admin.ts";
import { closeAccount, reopenAccount } from "../accounts/close-account.ts";
import { requireMember } from "../accounts/search-users.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { readAdminUser } from "./search-users.ts";

/** Shuts a user out at once. Refuses `not_found`, and `validation_failed` for oneself: nobody could let them in again. */
export async function disableUser(
  context: UserContext,
  { userId, reason }: AccountBody & { userId: string },
): Promise<AdminUserAnswer> {
  const { deps, actor } = context;
  const { tenant } = await requireMember(deps, userId);
  if (userId === actor.userId) {
    const detail = "is yourself; ask another operator";
    fail("validation_failed", `The user ${detail}. Nothing was changed.`, {
      errors: [{ pointer: "/id", detail, code: "not_allowed" }],
    });
  }
  await closeAccount(context, { userId, tenantId: tenant.id, reason });
  return readAdminUser(deps, userId);
}

/** Refuses `not_found`. */
export async function enableUser(
  context: UserContext,
  { userId, reason }: AccountBody & { userId: string },
): Promise<AdminUserAnswer> {
  const { deps } = context;
  const { tenant } = await requireMember(deps, userId);
  await reopenAccount(context, { userId, tenantId: tenant.id, reason });
  return readAdminUser(deps, userId);
}
