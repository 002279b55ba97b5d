import { auditRow, auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { endSessionsOf, updateDisabled } from "./account-store.ts";

type Closing = { userId: string; tenantId: string; reason: string };

/** Shuts a user out, in every tenant: no sign-in, no session, no key. Once is as good as twice. */
export async function closeAccount(context: Context, { userId, tenantId, reason }: Closing): Promise<void> {
  const { deps } = context;
  const entry = { action: "account.disable", target: userId, tenantId, details: { reason } };
  await deps.db.batch([
    updateDisabled(deps, userId, true),
    auditRowIfChanged(context, entry),
    endSessionsOf(deps, userId),
  ]);
}

/** Lets them in again: they sign in anew, and their keys work as before. */
export async function reopenAccount(context: Context, { userId, tenantId, reason }: Closing): Promise<void> {
  const { deps } = context;
  const entry = { action: "account.enable", target: userId, tenantId, details: { reason } };
  await deps.db.batch([updateDisabled(deps, userId, false), auditRowIfChanged(context, entry)]);
}

/** Ends every session of a user; answers with how many that were. They may sign in again. */
export async function endAllSessions(context: Context, { userId, tenantId, reason }: Closing): Promise<number> {
  const { deps } = context;
  const entry = { action: "account.end_sessions", target: userId, tenantId, details: { reason } };
  const [ended] = await deps.db.batch([endSessionsOf(deps, userId), auditRow(context, entry)]);
  return ended.length;
}
