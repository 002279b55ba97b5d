import type { BatchItem } from "drizzle-orm/batch";
import { auditRow } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { invariant } from "../../fail.ts";
import { findMember, type UserRow } from "../store.ts";
import { toUserAnswer } from "../to-user-answer.ts";
import { welcomeTenant } from "../welcome-tenant.ts";
import { newSession, type OpenedSession, toOpened } from "./new-session.ts";
import { endUnlessPassword, insertSession } from "./session-store.ts";
import type { SignInMethod } from "./tables.ts";

/**
 * Signs in a user who has just proved who they are, in the tenant they joined first. `also`: what is written in the same
 * batch, before the session.
 */
export async function openSession(
  context: Context,
  sign: {
    user: UserRow;
    method: SignInMethod;
    userAgent: string | null;
    also?: BatchItem<"sqlite">[];
    /** The proof that was looked at before: a session whose proof has fallen by the time it is written is ended with it. */
    whilePassword?: { setAtMs: number };
  },
): Promise<OpenedSession> {
  const { deps } = context;
  const { user, method, userAgent, also = [], whilePassword } = sign;
  const member = await findMember(deps, user.id);
  invariant(member !== null, "every user has a tenant");
  const session = await newSession(context, { userId: user.id, tenantId: member.tenant.id, method, userAgent });
  await deps.db.batch([
    auditRow(context, {
      action: "account.log_in",
      target: user.id,
      tenantId: member.tenant.id,
      details: { method, session: session.row.id },
    }),
    ...also,
    insertSession(deps, session.row),
    ...(whilePassword === undefined ? [] : [endUnlessPassword(deps, session.row, whilePassword)]),
  ]);
  if (member.tenant.welcomedAtMs === null) await welcomeTenant(deps, member.tenant.id);
  const { balance } = await deps.ledger(member.tenant.id).readBalance();
  return toOpened(context, session, { user: toUserAnswer(deps, user, member.role), plan: member.plan, balance });
}
