import type { MemberAnswer } from "../../../contract/members.ts";
import type { UserActor } from "../../context.ts";
import type { TenantMember } from "./member-store.ts";

export function toMemberAnswer(actor: UserActor, member: TenantMember): MemberAnswer {
  return {
    user_id: member.userId,
    email: member.email,
    name: member.name,
    role: member.role,
    joined_at: new Date(member.createdAtMs).toISOString(),
    is_you: member.userId === actor.userId,
  };
}
