import type { LogInBody } from "../../../contract/accounts.ts";
import type { Context } from "../../context.ts";
import { fail } from "../../fail.ts";
import { normaliseEmail, normalisePassword } from "../identity.ts";
import { findCredentials } from "../store.ts";
import type { OpenedSession } from "./new-session.ts";
import { openSession } from "./open-session.ts";

export type LogInInput = LogInBody & { userAgent: string | null };

/** Opens a session. Refuses `invalid_credentials`, with the same words and after the same work for every reason. */
export async function logIn(context: Context, input: LogInInput): Promise<OpenedSession> {
  const { deps } = context;
  const email = normaliseEmail(input.email);
  const found = email === null ? null : await findCredentials(deps, email);
  const isRight = await deps.passwords.verify(normalisePassword(input.password), found?.passwordHash ?? null);
  if (found === null || !isRight || found.user.disabledAtMs !== null)
    fail("invalid_credentials", "Check the email and the password, and try again.");
  return openSession(context, { user: found.user, method: "password", userAgent: input.userAgent });
}
