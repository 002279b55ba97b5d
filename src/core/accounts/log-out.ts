import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { endSession } from "./store.ts";

/** Ends the session that the caller's token names; the token is worth nothing from then on. */
export async function logOut(context: UserContext): Promise<void> {
  const { deps, actor } = context;
  await deps.db.batch([
    endSession(deps, actor.sessionId, deps.clock.now()),
    auditRow(context, { action: "account.log_out", target: actor.sessionId, tenantId: actor.tenantId }),
  ]);
}
