import type { AccountBody, SessionsEndedAnswer } from "../../contract/admin.ts";
import { endAllSessions } from "../accounts/close-account.ts";
import { requireMember } from "../accounts/search-users.ts";
import type { UserContext } from "../context.ts";

/** Signs a user out everywhere (ASVS 7.4.5). Refuses `not_found`. */
export async function endSessions(
  context: UserContext,
  { userId, reason }: AccountBody & { userId: string },
): Promise<SessionsEndedAnswer> {
  const { tenant } = await requireMember(context.deps, userId);
  const ended = await endAllSessions(context, { userId, tenantId: tenant.id, reason });
  return { user_id: userId, ended };
}
