import { auditRow } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import type { MailLanguage } from "../../mail/letters.ts";
import { postLetter, writeLetter } from "../../mail/write-letter.ts";
import { newAccount } from "../new-account.ts";
import { proveEmail } from "../prove-email.ts";
import type { OpenedSession } from "../sessions/new-session.ts";
import { openSession } from "../sessions/open-session.ts";
import { findCredentials, type UserRow } from "../store.ts";
import { burnLink, findOpenLink, type LinkRow } from "./link-store.ts";
import { hashOf } from "./link-token.ts";

export type SignInByLink = {
  token: string;
  /** The browser's cookie, if it has one. */
  browser: string | null;
  /** They have been asked whether it was them. */
  isConfirmed: boolean;
  language: MailLanguage;
  userAgent: string | null;
};

export type SignedInByLink =
  /** `isPasswordRemoved`: the first proof of the address has ended a password that anybody could have chosen. */
  | { outcome: "opened"; opened: OpenedSession; isPasswordRemoved: boolean }
  /** Unknown, used or expired, or its account may not be signed in to: all the same to whoever tries. */
  | { outcome: "invalid" }
  /** Asked for in another browser: nothing is used up. */
  | { outcome: "confirm" };

/** Signs in by a link, once; at an address without an account, makes it, with its tenant and the free credits. */
export async function signInByLink(context: Context, given: SignInByLink): Promise<SignedInByLink> {
  const { deps } = context;
  const nowMs = deps.clock.now();
  const link = await findOpenLink(deps, "sign_in", await hashOf(deps, given.token), nowMs);
  if (link === null) return { outcome: "invalid" };
  if (!given.isConfirmed && !(await isSameBrowser(context, link, given.browser))) return { outcome: "confirm" };
  const found = await findCredentials(deps, link.email);
  if (found !== null && found.user.disabledAtMs !== null) return { outcome: "invalid" };
  if (!(await burnLink(deps, link.id, nowMs))) return { outcome: "invalid" };
  const { user, passwordHash } = found ?? (await makeAccount(context, link.email));
  const isPasswordRemoved = user.emailProvenAtMs === null && passwordHash !== null;
  return openFor(context, user, given, isPasswordRemoved);
}

/** A link that no browser asked for is bound to none: its caller keeps no cookies. */
async function isSameBrowser({ deps }: Context, link: LinkRow, browser: string | null): Promise<boolean> {
  if (link.browserHash === null) return true;
  return browser !== null && (await hashOf(deps, browser)) === link.browserHash;
}

async function openFor(
  context: Context,
  user: UserRow,
  { language, userAgent }: SignInByLink,
  isPasswordRemoved: boolean,
): Promise<SignedInByLink> {
  const letter = isPasswordRemoved
    ? writeLetter(context, { to: user.email, language, template: "password_removed", values: {} })
    : null;
  const opened = await openSession(context, {
    user: { ...user, emailProvenAtMs: context.deps.clock.now() },
    method: "link",
    userAgent,
    also: [...proveEmail(context, user, { isFromWithin: false }), ...(letter === null ? [] : [letter.statement])],
  });
  if (letter !== null) await postLetter(context, letter.mailId);
  return { outcome: "opened", opened, isPasswordRemoved };
}

async function makeAccount(context: Context, email: string): Promise<{ user: UserRow; passwordHash: string | null }> {
  const { db } = context.deps;
  const { user, tenant, statements } = newAccount(context, {
    email,
    phone: null,
    name: null,
    passwordHash: null,
    isEmailProven: true,
  });
  try {
    await db.batch([
      ...statements,
      auditRow(context, { action: "account.sign_up", target: user.id, tenantId: tenant.id }),
    ]);
    return { user, passwordHash: null };
  } catch (error) {
    // Another of the address's links, or a sign-up, was first: the unique index has said so.
    const first = await findCredentials(context.deps, email);
    if (first === null) throw error;
    return first;
  }
}
