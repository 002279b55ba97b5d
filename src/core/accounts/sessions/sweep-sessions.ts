import type { Deps } from "../../deps.ts";
import { deleteSessionsOverBy } from "./session-store.ts";

/** Until then who looks into a break-in finds which session it was. */
const keepMs = 30 * 86_400_000;
/** What one statement of D1 deletes within its time, with room to spare. */
const sweepBatch = 500;

/** Cron: forgets sessions that ended or expired long ago. */
export async function sweepSessions(deps: Deps): Promise<void> {
  await deleteSessionsOverBy(deps, deps.clock.now() - keepMs, sweepBatch);
}
