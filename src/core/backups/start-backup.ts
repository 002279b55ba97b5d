import type { BackupStartedAnswer } from "../../contract/backups.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { nightOf } from "./nights.ts";
import { startNight } from "./tend-backups.ts";

/** An operator does not wait for the night. What today's backup has so far is written anew. */
export async function startBackup(context: UserContext): Promise<BackupStartedAnswer> {
  const { deps, actor } = context;
  const night = nightOf(deps.clock.now());
  const { startedAtMs } = await startNight(deps, night, true);
  await deps.db.batch([auditRow(context, { action: "backup.start", target: night, tenantId: actor.tenantId })]);
  return { night, started_at: new Date(startedAtMs).toISOString() };
}
