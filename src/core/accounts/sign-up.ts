import type { SignUpBody } from "../../contract/accounts.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { requireEmail, requirePhone, requireStrongPassword } from "./identity.ts";
import { newAccount, refuseTaken } from "./new-account.ts";
import { newSession, type OpenedSession, toOpened } from "./sessions/new-session.ts";
import { insertSession } from "./sessions/session-store.ts";
import { toUserAnswer } from "./to-user-answer.ts";
import { welcomeTenant } from "./welcome-tenant.ts";

export type SignUpInput = SignUpBody & { userAgent: string | null };

/**
 * Makes a user, a tenant of their own and a first session, and grants the free credits.
 * Refuses: `validation_failed`, `email_taken`, `phone_taken`.
 */
export async function signUp(context: Context, input: SignUpInput): Promise<OpenedSession> {
  const { deps } = context;
  const email = requireEmail(input.email);
  const phone = input.phone === undefined ? null : requirePhone(deps, input.phone);
  const password = await requireStrongPassword(deps, input.password);
  const passwordHash = await deps.passwords.hash(password);

  const { user, tenant, statements } = newAccount(context, {
    email,
    phone,
    name: input.name ?? null,
    passwordHash,
    isEmailProven: false,
  });
  const session = await newSession(context, {
    userId: user.id,
    tenantId: tenant.id,
    method: "password",
    userAgent: input.userAgent,
  });
  try {
    await deps.db.batch([
      ...statements,
      insertSession(deps, session.row),
      auditRow(context, { action: "account.sign_up", target: user.id, tenantId: tenant.id }),
    ]);
  } catch (error) {
    refuseTaken(error);
  }
  const balance = await welcomeTenant(deps, tenant.id);
  return toOpened(context, session, { user: toUserAnswer(deps, user, "owner"), plan: "free", balance });
}
