import type { RestoredAnswer } from "../../contract/backups.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { serviceTables } from "./backed-tables.ts";
import { openBackupFile, serviceFileKey } from "./backup-file.ts";
import { isNightName } from "./nights.ts";
import { RowRestorer, restoreParts } from "./restore-rows.ts";

/** Brings back what is missing of what belongs to no tenant. Refuses `not_found`. */
export async function restoreService(context: UserContext, night: string): Promise<RestoredAnswer> {
  const { deps, actor } = context;
  const file = isNightName(night) ? await openBackupFile(deps, serviceFileKey(night), { night, tenantId: null }) : null;
  if (file === null) fail("not_found", "This night has no backup of the service itself. Nothing was changed.");
  const restorer = new RowRestorer(deps);
  await restoreParts(deps, restorer, file.parts, serviceTables);
  await deps.db.batch([
    auditRow(context, { action: "backup.restore", target: "service", tenantId: actor.tenantId, details: { night } }),
  ]);
  return { night, tenant_id: null, outcome: "restored", rows: restorer.rows, ledger: null, taken: [] };
}
