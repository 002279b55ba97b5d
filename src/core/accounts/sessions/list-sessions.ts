import type { SessionsAnswer } from "../../../contract/sessions.ts";
import { sessionIdOf, type UserContext } from "../../context.ts";
import { idleMs } from "./new-session.ts";
import { listLiveSessions } from "./session-store.ts";

/** Nobody signs in on more machines than this; who has, sees the ones used last. */
const listMax = 100;

/** Where the caller is signed in, in all of their tenants. */
export async function listSessions({ deps, actor }: UserContext): Promise<SessionsAnswer> {
  const rows = await listLiveSessions(deps, actor.userId, deps.clock.now(), listMax);
  const currentId = sessionIdOf(actor);
  return {
    data: rows.map((row) => ({
      id: row.id,
      created_at: new Date(row.createdAtMs).toISOString(),
      last_used_at: new Date(row.refreshedAtMs).toISOString(),
      expires_at: new Date(Math.min(row.expiresAtMs, row.refreshedAtMs + idleMs)).toISOString(),
      method: row.method,
      address: row.address,
      user_agent: row.userAgent,
      is_current: row.id === currentId,
      tenant_id: row.tenantId,
    })),
    next_cursor: null,
  };
}
