import { auditRow } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { endSession } from "./session-store.ts";

/** Ends the session that the caller's token names; the token is worth nothing from then on. */
export async function logOut(context: UserContext): Promise<void> {
  const { deps, actor } = context;
  const sessionId = sessionIdOf(actor);
  await deps.db.batch([
    endSession(deps, sessionId, deps.clock.now()),
    auditRow(context, { action: "account.log_out", target: sessionId, tenantId: actor.tenantId }),
  ]);
}
