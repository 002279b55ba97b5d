import type { SignUpBody } from "../../contract/accounts.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { postLetter, writeLetter } from "../mail/write-letter.ts";
import { requireEmail, requirePhone, requireStrongPassword } from "./identity.ts";
import { insertLink } from "./links/link-store.ts";
import { type AskedFrom, newLink } from "./links/new-link.ts";
import { newAccount, refuseTaken } from "./new-account.ts";
import { newSession, type OpenedSession, toOpened } from "./sessions/new-session.ts";
import { insertSession } from "./sessions/session-store.ts";
import { toUserAnswer } from "./to-user-answer.ts";
import { welcomeTenant } from "./welcome-tenant.ts";

export type SignUpInput = SignUpBody & { userAgent: string | null; from: AskedFrom };

/**
 * Makes a user, a tenant of their own and a first session, grants the free credits, and mails a link that proves the address.
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
  const proof = await newLink(context, { kind: "proof", email, userId: user.id, from: input.from });
  const letter = writeLetter(context, {
    to: email,
    language: input.from.language,
    template: "proof",
    values: { link: proof.link },
  });
  try {
    await deps.db.batch([
      ...statements,
      insertSession(deps, session.row),
      auditRow(context, { action: "account.sign_up", target: user.id, tenantId: tenant.id }),
      insertLink(deps, proof.row),
      letter.statement,
    ]);
  } catch (error) {
    refuseTaken(error);
  }
  await postLetter(context, letter.mailId);
  const balance = await welcomeTenant(deps, tenant.id);
  return toOpened(context, session, { user: toUserAnswer(deps, user, "owner"), plan: "free", balance });
}
