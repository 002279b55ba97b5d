import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { endSessionOf } from "./session-store.ts";

/** Ends one of the caller's sessions, perhaps this one. Refuses `not_found`. */
export async function endOwnSession(context: UserContext, sessionId: string): Promise<void> {
  const { deps, actor } = context;
  const [ended] = await deps.db.batch([
    endSessionOf(deps, { userId: actor.userId, sessionId }, deps.clock.now()),
    auditRowIfChanged(context, { action: "session.end", target: sessionId, tenantId: actor.tenantId }),
  ]);
  if (ended.length === 0) fail("not_found", "You have no session of this name; perhaps it has ended already.");
}
