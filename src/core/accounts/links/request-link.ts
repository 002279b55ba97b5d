import type { Context, UserContext } from "../../context.ts";
import { invariant } from "../../fail.ts";
import { requireEmail } from "../identity.ts";
import { findUser, findUserByEmail } from "../store.ts";
import type { AskedFrom } from "./new-link.ts";
import { sendLink } from "./send-link.ts";

export type LinkRequest = { email: string; from: AskedFrom };

/**
 * Mails a link that signs in whoever opens it; at an address without an account, one that makes the account. Answers with
 * the link, which only leaves outside production. The same work, and the same answer, whoever the address belongs to.
 */
export async function requestSignInLink(context: Context, { email, from }: LinkRequest): Promise<string | null> {
  const address = requireEmail(email);
  const user = await findUserByEmail(context.deps, address);
  const isMailed = user === null || user.disabledAtMs === null;
  return sendLink(context, { kind: "sign_in", email: address, userId: user?.id ?? null, isMailed, from });
}

/** Mails a link for a new password, to whoever has an account; the same work for those who have none. Answers as above. */
export async function requestResetLink(context: Context, { email, from }: LinkRequest): Promise<string | null> {
  const address = requireEmail(email);
  const user = await findUserByEmail(context.deps, address);
  const isMailed = user !== null && user.disabledAtMs === null;
  return sendLink(context, { kind: "reset", email: address, userId: user?.id ?? null, isMailed, from });
}

/** Mails another link by which the caller proves their address; null also when it is proven already. */
export async function requestProofLink(context: UserContext, from: AskedFrom): Promise<string | null> {
  const user = await findUser(context.deps, context.actor.userId);
  invariant(user !== null, "a signed-in user exists");
  if (user.emailProvenAtMs !== null) return null;
  return sendLink(context, { kind: "proof", email: user.email, userId: user.id, isMailed: true, from });
}
