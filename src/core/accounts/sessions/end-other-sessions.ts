import { auditRow } from "../../audit/audit-row.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { endOtherSessionsOf } from "./session-store.ts";

/** Signs the caller out everywhere but here. */
export async function endOtherSessions(context: UserContext): Promise<void> {
  const { deps, actor } = context;
  const own = { userId: actor.userId, sessionId: sessionIdOf(actor) };
  await deps.db.batch([
    endOtherSessionsOf(deps, own, deps.clock.now()),
    auditRow(context, { action: "session.end_others", target: actor.userId, tenantId: actor.tenantId }),
  ]);
}
