import type { MembersAnswer, MembersQuery } from "../../../contract/members.ts";
import type { UserContext } from "../../context.ts";
import { toPage } from "../../page.ts";
import { findMembers } from "./member-store.ts";
import { toMemberAnswer } from "./to-member-answer.ts";

/** Who is in the tenant, who joined last first. */
export async function listMembers({ deps, actor }: UserContext, query: MembersQuery): Promise<MembersAnswer> {
  const found = await findMembers(deps, actor.tenantId, query);
  const keyed = found.map((member) => ({ member, createdAtMs: member.createdAtMs, id: member.userId }));
  const { rows, nextCursor } = toPage(keyed, query.limit);
  return { data: rows.map(({ member }) => toMemberAnswer(actor, member)), next_cursor: nextCursor };
}
