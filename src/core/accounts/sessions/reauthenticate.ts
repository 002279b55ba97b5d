import type { ReauthenticateBody } from "../../../contract/sessions.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { normalisePassword } from "../identity.ts";
import { findPasswordHash } from "../passwords/password-store.ts";
import { markAuthenticated } from "./session-store.ts";

/**
 * Makes this session's sign-in a fresh one, by the password. Refuses `invalid_credentials`, and `sign_in_again` to who has no
 * password: they sign in as they did.
 */
export async function reauthenticate(context: UserContext, { password }: ReauthenticateBody): Promise<void> {
  const { deps, actor } = context;
  const hash = await findPasswordHash(deps, actor.userId);
  if (hash === null)
    fail("sign_in_again", "You have no password: sign in again as you did, by link or by your provider.");
  if (!(await deps.passwords.verify(normalisePassword(password), hash)))
    fail("invalid_credentials", "This is not your password. Check it, and try again.");
  const sessionId = sessionIdOf(actor);
  const [marked] = await deps.db.batch([
    markAuthenticated(deps, sessionId, deps.clock.now()),
    auditRowIfChanged(context, { action: "session.reauthenticate", target: sessionId, tenantId: actor.tenantId }),
  ]);
  if (marked.length === 0) fail("unauthenticated", "This session has just ended. Sign in again.");
}
