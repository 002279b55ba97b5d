import type { Context } from "../../context.ts";
import { postLetter } from "../../mail/write-letter.ts";
import { checkPassword, type PasswordFlaw } from "../identity.ts";
import { setPassword } from "../passwords/set-password.ts";
import { proveEmail } from "../prove-email.ts";
import { findUser } from "../store.ts";
import { burnLink, findOpenLink } from "./link-store.ts";
import { hashOf } from "./link-token.ts";

export type PasswordReset =
  | { outcome: "done" }
  /** Unknown, used or expired, or for nobody. */
  | { outcome: "invalid" }
  /** The password will not do: nothing is used up. */
  | { outcome: "weak"; flaw: PasswordFlaw };

/** Sets a new password by a link, once, and signs its user out everywhere: whoever knew the old one is out (ASVS 7.4.3). */
export async function resetPassword(
  context: Context,
  given: { token: string; password: string },
): Promise<PasswordReset> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const link = await findOpenLink(deps, "reset", await hashOf(deps, given.token), nowMs);
  if (link === null || link.userId === null) return { outcome: "invalid" };
  const user = await findUser(deps, link.userId);
  if (user === null || user.disabledAtMs !== null) return { outcome: "invalid" };
  const { password, flaw } = await checkPassword(deps, given.password);
  if (flaw !== null) return { outcome: "weak", flaw };
  // Hashing may be refused when too many wait for it: then the link is still good.
  const hash = await deps.passwords.hash(password);
  if (!(await burnLink(deps, link.id, nowMs))) return { outcome: "invalid" };
  const { statements, mailId } = setPassword(context, user, hash, { keepSessionId: null });
  await deps.db.batch([...proveEmail(context, user, { isFromWithin: false }), ...statements]);
  await postLetter(context, mailId);
  return { outcome: "done" };
}
