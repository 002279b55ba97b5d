import type { ChangePasswordBody } from "../../../contract/sessions.ts";
import { freshMs } from "../../access/permissions.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import { postLetter } from "../../mail/write-letter.ts";
import { normalisePassword, requireStrongPassword } from "../identity.ts";
import { findUser } from "../store.ts";
import { findPasswordHash } from "./password-store.ts";
import { setPassword } from "./set-password.ts";

/**
 * Changes the caller's password, or sets their first one; they are signed out everywhere but here. Refuses
 * `validation_failed`, `invalid_credentials`, and `sign_in_again` where there is no current password to ask for and the
 * sign-in is not fresh.
 */
export async function changePassword(context: UserContext, input: ChangePasswordBody): Promise<void> {
  const { deps, actor } = context;
  const password = await requireStrongPassword(deps, input.password);
  await requireCurrent(context, input.current_password);
  const [user, hash] = await Promise.all([findUser(deps, actor.userId), deps.passwords.hash(password)]);
  invariant(user !== null, "a signed-in user exists");
  const { statements, mailId } = setPassword(context, user, hash, { keepSessionId: sessionIdOf(actor) });
  const [written] = await deps.db.batch(statements);
  if (written.length === 0) fail("unauthenticated", "This session has just ended. Nothing was changed.");
  await postLetter(context, mailId);
}

async function requireCurrent({ deps, actor }: UserContext, current: string | undefined): Promise<void> {
  const hash = await findPasswordHash(deps, actor.userId);
  if (hash === null) {
    const { via } = actor;
    if (via.kind === "session" && deps.clock.now() - via.authenticatedAtMs <= freshMs) return;
    fail("sign_in_again", "Sign in again first: you have no password yet to prove it is you. Nothing was changed.");
  }
  if (current === undefined) {
    const detail = "is required";
    fail("validation_failed", "Send your current password, too. Nothing was changed.", {
      errors: [{ pointer: "/current_password", detail, code: "required" }],
    });
  }
  if (!(await deps.passwords.verify(normalisePassword(current), hash)))
    fail("invalid_credentials", "This is not your current password. Nothing was changed.");
}
