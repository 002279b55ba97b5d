import type { BatchItem } from "drizzle-orm/batch";
import type { OauthProvider } from "../../../contract/oauth.ts";
import { auditRow } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { postLetter, writeLetter } from "../../mail/write-letter.ts";
import { normaliseEmail } from "../identity.ts";
import { newAccount } from "../new-account.ts";
import { proveEmail } from "../prove-email.ts";
import { newSession, type OpenedSession, toOpened } from "../sessions/new-session.ts";
import { openSession } from "../sessions/open-session.ts";
import { insertSession } from "../sessions/session-store.ts";
import { findCredentials, type UserRow } from "../store.ts";
import { toUserAnswer } from "../to-user-answer.ts";
import { welcomeTenant } from "../welcome-tenant.ts";
import { findIdentityUser, insertIdentity, touchIdentity } from "./identity-store.ts";
import type { VouchedPerson } from "./sign-in-provider.ts";

export type Entry = { provider: OauthProvider; person: VouchedPerson; userAgent: string | null };

export type Entered = { ok: true; opened: OpenedSession } | { ok: false; reason: "refused" | "unverified" };

/**
 * Signs in whoever a provider vouches for: the user its subject is linked to; else, by an address that it vouches for, the
 * user who has it, and else a new one. An address it does not vouch for leads nowhere: anybody can type one in.
 */
export async function enterByIdentity(context: Context, entry: Entry): Promise<Entered> {
  try {
    return await enter(context, entry);
  } catch (error) {
    if (!isTaken(error)) throw error;
    // Another callback for the same person was first: now there is somebody to be found.
    return await enter(context, entry);
  }
}

/** The unique indexes decide; D1 says so in its message and nowhere else. */
function isTaken(error: unknown): boolean {
  const text = String(error instanceof Error ? `${error.message} ${String(error.cause)}` : error);
  return /UNIQUE constraint failed: (users\.email|identities\.)/.test(text);
}

async function enter(context: Context, entry: Entry): Promise<Entered> {
  const { deps } = context;
  const { provider, person } = entry;
  const linked = await findIdentityUser(deps, provider, person.subject);
  if (linked !== null)
    return open(context, linked, entry, [touchIdentity(deps, provider, person.subject, deps.clock.now())]);
  const email = person.email === null || !isPlain(person.email) ? null : normaliseEmail(person.email);
  if (email === null) return { ok: false, reason: "unverified" };
  const found = await findCredentials(deps, email);
  return found === null
    ? { ok: true, opened: await makeAccount(context, entry, email) }
    : link(context, found, entry, email);
}

/**
 * We spell look-alikes alike; a provider may not, and vouches for the one it was shown: `ſam@` is another mailbox than `sam@`.
 * A link is mailed to our spelling, so there it does no harm.
 */
function isPlain(address: string): boolean {
  return address.normalize("NFKC") === address;
}

/** In words that do not tell them from others: who was shut out is not told here why. */
async function open(context: Context, user: UserRow, entry: Entry, also: BatchItem<"sqlite">[]): Promise<Entered> {
  if (user.disabledAtMs !== null) return { ok: false, reason: "refused" };
  const { provider: method, userAgent } = entry;
  return { ok: true, opened: await openSession(context, { user, method, userAgent, also }) };
}

async function link(
  context: Context,
  found: { user: UserRow; passwordHash: string | null },
  entry: Entry,
  email: string,
): Promise<Entered> {
  const { user, passwordHash } = found;
  const losesPassword = user.emailProvenAtMs === null && passwordHash !== null;
  const letter = losesPassword
    ? writeLetter(context, { to: email, language: "en", template: "password_removed", values: {} })
    : null;
  const entered = await open(context, user, entry, [
    ...proveEmail(context, user, { isFromWithin: false }),
    ...linkStatements(context, user.id, entry, email),
    ...(letter === null ? [] : [letter.statement]),
  ]);
  if (entered.ok && letter !== null) await postLetter(context, letter.mailId);
  return entered;
}

function linkStatements(context: Context, userId: string, { provider, person }: Entry, email: string) {
  const nowMs = context.deps.clock.now();
  const identity = { provider, subject: person.subject, userId, email, createdAtMs: nowMs, lastUsedAtMs: nowMs };
  return [
    insertIdentity(context.deps, identity),
    auditRow(context, { action: "account.link", target: userId, tenantId: null, details: { provider } }),
  ];
}

/** As long as the name of somebody who signs up may be. */
const nameLength = 120;

async function makeAccount(context: Context, entry: Entry, email: string): Promise<OpenedSession> {
  const { deps } = context;
  const { provider, userAgent } = entry;
  const name =
    entry.person.name
      ?.replace(/\p{Cc}/gu, "")
      .trim()
      .slice(0, nameLength) || null;
  const account = newAccount(context, { email, phone: null, name, passwordHash: null, isEmailProven: true });
  const { user, tenant, statements } = account;
  const session = await newSession(context, { userId: user.id, tenantId: tenant.id, method: provider, userAgent });
  await deps.db.batch([
    ...statements,
    ...linkStatements(context, user.id, entry, email),
    insertSession(deps, session.row),
    auditRow(context, {
      action: "account.sign_up",
      target: user.id,
      tenantId: tenant.id,
      details: { method: provider, session: session.row.id },
    }),
  ]);
  const balance = await welcomeTenant(deps, tenant.id);
  return toOpened(context, session, { user: toUserAnswer(deps, user, "owner"), plan: "free", balance });
}
