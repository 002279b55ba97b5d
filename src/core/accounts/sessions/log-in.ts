import type { BatchItem } from "drizzle-orm/batch";
import type { LogInBody } from "../../../contract/accounts.ts";
import type { Context } from "../../context.ts";
import type { Deps } from "../../deps.ts";
import { fail } from "../../fail.ts";
import { normaliseEmail, normalisePassword } from "../identity.ts";
import { replaceHash } from "../passwords/password-store.ts";
import { findCredentials } from "../store.ts";
import type { OpenedSession } from "./new-session.ts";
import { openSession } from "./open-session.ts";

export type LogInInput = LogInBody & { userAgent: string | null };

/** Opens a session. Refuses `invalid_credentials`, with the same words and after the same work for every reason. */
export async function logIn(context: Context, input: LogInInput): Promise<OpenedSession> {
  const { deps } = context;
  const email = normaliseEmail(input.email);
  const found = email === null ? null : await findCredentials(deps, email);
  const password = normalisePassword(input.password);
  const isRight = await deps.passwords.verify(password, found?.passwordHash ?? null);
  if (!isRight || found?.user.disabledAtMs !== null || found.passwordHash === null || found.passwordSetAtMs === null) {
    deps.log.write("warn", "sign_in_failed", { request_id: context.requestId, user_id: found?.user.id ?? null });
    fail("invalid_credentials", "Check the email and the password, and try again.");
  }
  return openSession(context, {
    user: found.user,
    method: "password",
    userAgent: input.userAgent,
    also: await rehash(deps, found.user.id, password, found.passwordHash),
    whilePassword: { setAtMs: found.passwordSetAtMs },
  });
}

/** A hash of another cost becomes one of today's: only now is the password at hand. */
async function rehash(deps: Deps, userId: string, password: string, old: string): Promise<BatchItem<"sqlite">[]> {
  if (!deps.passwords.needsRehash(old)) return [];
  return [replaceHash(deps, userId, { old, new: await deps.passwords.hash(password) })];
}
