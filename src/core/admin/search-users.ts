import type { AdminUserAnswer, AdminUsersAnswer, AdminUsersQuery } from "../../contract/admin.ts";
import { type FoundMember, requireMember, searchMembers } from "../accounts/search-users.ts";
import { toUserAnswer } from "../accounts/to-user-answer.ts";
import type { Deps } from "../deps.ts";
import { toPage } from "../page.ts";

/** Users with their plans and balances, the newest first. */
export async function searchUsers(deps: Deps, query: AdminUsersQuery): Promise<AdminUsersAnswer> {
  const found = await searchMembers(deps, query);
  const keyed = found.map((member) => ({ member, createdAtMs: member.user.createdAtMs, id: member.user.id }));
  const { rows, nextCursor } = toPage(keyed, query.limit);
  return { data: await Promise.all(rows.map(({ member }) => toAdminUser(deps, member))), next_cursor: nextCursor };
}

/** Refuses `not_found`. */
export async function readAdminUser(deps: Deps, userId: string): Promise<AdminUserAnswer> {
  return toAdminUser(deps, await requireMember(deps, userId));
}

async function toAdminUser(deps: Deps, member: FoundMember): Promise<AdminUserAnswer> {
  const { user, tenant, role, plan } = member;
  const { balance, held, totalPurchased, owed, isFrozen } = await deps.ledger(tenant.id).readBalance();
  return {
    ...toUserAnswer(deps, user, role),
    tenant: { id: tenant.id, name: tenant.name, plan, role },
    credits: { balance, held, total_purchased: totalPurchased, owed, on_hold: isFrozen || owed > 0 },
    disabled_at: user.disabledAtMs === null ? null : new Date(user.disabledAtMs).toISOString(),
  };
}
