import type { MeAnswer } from "../../contract/accounts.ts";
import type { UserContext } from "../context.ts";
import { invariant } from "../fail.ts";
import { findMember } from "./store.ts";
import { toUserAnswer } from "./to-user-answer.ts";

export async function getMe(context: UserContext): Promise<MeAnswer> {
  const { deps, actor } = context;
  const [member, credits] = await Promise.all([
    findMember(deps, actor.userId, actor.tenantId),
    deps.ledger(actor.tenantId).readBalance(),
  ]);
  invariant(member !== null, "a signed-in user has a tenant");
  return {
    user: toUserAnswer(deps, member.user, member.role),
    tenant: { id: member.tenant.id, name: member.tenant.name, plan: member.plan, role: member.role },
    credits: { balance: credits.balance },
  };
}
