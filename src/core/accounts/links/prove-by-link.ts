import type { Context } from "../../context.ts";
import { postLetter, writeLetter } from "../../mail/write-letter.ts";
import { proveEmail } from "../prove-email.ts";
import { findUser } from "../store.ts";
import { burnLink, findOpenLink, type LinkRow } from "./link-store.ts";
import { hashOf } from "./link-token.ts";

export type Proof = "proven" | "invalid" | "confirm";

/**
 * Proves by a mailed link, once, that an address is its user's. Whoever comes from within (signed in as that user, in the
 * browser that signed up, or saying that the account is theirs) keeps their password and sessions; nobody else is let
 * prove it, since a stranger may have signed up with the address and waits for its owner to click. At an address that operates
 * the service saying so is not enough to keep anything: one careless press must not make a stranger an operator.
 */
export async function proveByLink(
  context: Context,
  given: { token: string; browser: string | null; isConfirmed: boolean },
): Promise<Proof> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const link = await findOpenLink(deps, "proof", await hashOf(deps, given.token), nowMs);
  if (link === null || link.userId === null) return "invalid";
  const user = await findUser(deps, link.userId);
  if (user === null || user.disabledAtMs !== null) return "invalid";
  const isWithin = await isFromWithin(context, link, given.browser);
  if (!given.isConfirmed && !isWithin) return "confirm";
  if (!(await burnLink(deps, link.id, nowMs))) return "invalid";
  if (isWithin || user.emailProvenAtMs !== null || !deps.adminEmails.has(user.email)) {
    await deps.db.batch(proveEmail(context, user, { isFromWithin: true }));
    return "proven";
  }
  const letter = writeLetter(context, { to: user.email, language: "en", template: "password_removed", values: {} });
  await deps.db.batch([...proveEmail(context, user, { isFromWithin: false }), letter.statement]);
  await postLetter(context, letter.mailId);
  return "proven";
}

async function isFromWithin({ actor, deps }: Context, link: LinkRow, browser: string | null): Promise<boolean> {
  if (actor.kind === "user" && actor.via.kind === "session" && actor.userId === link.userId) return true;
  return browser !== null && link.browserHash !== null && (await hashOf(deps, browser)) === link.browserHash;
}
