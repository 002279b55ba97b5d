import type { UserInfo } from "../../contract/astella.ts";
import type { UserContext } from "../context.ts";
import { invariant } from "../fail.ts";
import { findMember } from "./store.ts";

/** What Astella shows of its user. */
export async function getUserInfo(context: UserContext): Promise<UserInfo> {
  const { deps, actor } = context;
  const ledger = deps.ledger(actor.tenantId);
  const [member, credits, usage] = await Promise.all([
    findMember(deps, actor.userId, actor.tenantId),
    ledger.readBalance(),
    ledger.readUsage(actor.plan),
  ]);
  invariant(member !== null, "a signed-in user has a tenant");
  return {
    user_id: member.user.id,
    email: member.user.email,
    phone: member.user.phone,
    subscription_type: member.plan,
    credits_remaining: credits.balance,
    daily_limit: usage.daily.limit,
    videos_today: usage.daily.used,
    created_at: new Date(member.user.createdAtMs).toISOString(),
  };
}
