import type { SessionAnswer, SignUpBody } from "../../contract/accounts.ts";
import { auditRow } from "../audit/audit-row.ts";
import { type Context, makeId } from "../context.ts";
import { fail } from "../fail.ts";
import { requireEmail, requirePhone, requireStrongPassword } from "./identity.ts";
import { newSession, toSessionAnswer, toUserAnswer } from "./session.ts";
import { insertAccount, insertSession } from "./store.ts";
import { welcomeTenant } from "./welcome-tenant.ts";

export type SignUpInput = SignUpBody & { userAgent: string | null };

/**
 * Makes a user, a tenant of their own and a first session, and grants the free credits.
 * Refuses: `validation_failed`, `email_taken`, `phone_taken`.
 */
export async function signUp(context: Context, input: SignUpInput): Promise<SessionAnswer> {
  const { deps } = context;
  const email = requireEmail(input.email);
  const phone = input.phone === undefined ? null : requirePhone(deps, input.phone);
  const password = await requireStrongPassword(deps, input.password);

  const nowMs = deps.clock.now();
  const user = {
    id: makeId(context, "user"),
    email,
    phone,
    name: input.name ?? null,
    passwordHash: await deps.passwords.hash(password),
    createdAtMs: nowMs,
  };
  const tenant = { id: makeId(context, "tenant"), name: input.name ?? email, createdAtMs: nowMs };
  const session = await newSession(context, { userId: user.id, tenantId: tenant.id, userAgent: input.userAgent });

  try {
    await deps.db.batch([
      ...insertAccount(deps, { user, tenant, nowMs }),
      insertSession(deps, session.row),
      auditRow(context, { action: "account.sign_up", target: user.id, tenantId: tenant.id }),
    ]);
  } catch (error) {
    refuseTaken(error);
  }
  const balance = await welcomeTenant(deps, tenant.id);
  return toSessionAnswer(context, {
    user: toUserAnswer(deps, user, "owner"),
    plan: "free",
    balance,
    accessToken: session.accessToken,
  });
}

/** The unique indexes decide who came first; D1 names the column in its message and nowhere else. */
function refuseTaken(error: unknown): never {
  const text = String(error instanceof Error ? `${error.message} ${String(error.cause)}` : error);
  if (text.includes("users.email")) fail("email_taken", "This email already has an account. Sign in instead.");
  if (text.includes("users.phone")) fail("phone_taken", "This phone number already has an account. Sign in instead.");
  throw error;
}
