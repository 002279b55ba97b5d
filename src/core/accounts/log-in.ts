import type { LogInBody, SessionAnswer } from "../../contract/accounts.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { fail, invariant } from "../fail.ts";
import { normaliseEmail, normalisePassword } from "./identity.ts";
import { newSession, toSessionAnswer, toUserAnswer } from "./session.ts";
import { findMember, findUserByEmail, insertSession } from "./store.ts";
import { welcomeTenant } from "./welcome-tenant.ts";

export type LogInInput = LogInBody & { userAgent: string | null };

/** Opens a session. Refuses `invalid_credentials`, with the same words and after the same work for every reason. */
export async function logIn(context: Context, input: LogInInput): Promise<SessionAnswer> {
  const { deps } = context;
  const email = normaliseEmail(input.email);
  const user = email === null ? null : await findUserByEmail(deps, email);
  const isRight = await deps.passwords.verify(normalisePassword(input.password), user?.passwordHash ?? null);
  if (user === null || !isRight) fail("invalid_credentials", "Check the email and the password, and try again.");

  const member = await findMember(deps, user.id);
  invariant(member !== null, "every user has a tenant");
  const session = await newSession(context, {
    userId: user.id,
    tenantId: member.tenant.id,
    userAgent: input.userAgent,
  });
  await deps.db.batch([
    insertSession(deps, session.row),
    auditRow(context, { action: "account.log_in", target: user.id, tenantId: member.tenant.id }),
  ]);
  if (member.tenant.welcomedAtMs === null) await welcomeTenant(deps, member.tenant.id);
  const { balance } = await deps.ledger(member.tenant.id).readBalance();
  return toSessionAnswer(context, {
    user: toUserAnswer(deps, user, member.role),
    plan: member.plan,
    balance,
    accessToken: session.accessToken,
  });
}
