import type { Context } from "../context.ts";
import type { Deps } from "../deps.ts";
import { readRows } from "../privacy/read-rows.ts";
import { auditTables, backedTables } from "./backed-tables.ts";
import { type BackupPart, backupVersion, readLines, tenantFileKey, writeBackupFile } from "./backup-file.ts";
import { completeTenant, findFirstUsers, forgetTenant, isTenantMissing, isTenantOpen } from "./store.ts";

/** The queue's: a tenant's share of a night. A repeat writes the same file again, or finds it written. */
export async function backUpTenant(context: Context, night: string, tenantId: string): Promise<void> {
  const { deps } = context;
  if (!(await isTenantMissing(deps, night, tenantId))) return;
  const key = tenantFileKey(night, tenantId);
  const startedAtMs = deps.clock.now();
  const header = {
    version: backupVersion,
    night,
    tenant_id: tenantId,
    made_at: new Date(startedAtMs).toISOString(),
  };
  const { size, sha256 } = await writeBackupFile(deps, key, header, partsOf(deps, tenantId));
  // Looked at after the file is there: a deletion that begins later finds it, and one that came before is heeded here.
  if (!(await isTenantOpen(deps, tenantId))) {
    await deps.files.delete([key]);
    await forgetTenant(deps, night, tenantId);
    return;
  }
  await completeTenant(deps, { night, tenantId, completedAtMs: startedAtMs, bytes: size, sha256 });
}

/**
 * Parents before children, and the ledger last: whatever a row says was paid for, the ledger knows of. What the ledger knows of
 * and no row does, the cron closes after a restore as after any crash.
 */
async function* partsOf(deps: Deps, tenantId: string): AsyncGenerator<BackupPart> {
  const users = await findFirstUsers(deps, tenantId);
  for (const from of backedTables) {
    for (const id of from.of === "tenant" ? [tenantId] : users) {
      for await (const rows of readRows(deps, from, id)) yield { table: from.table, rows };
    }
  }
  for (const from of auditTables) {
    for await (const rows of readRows(deps, from, tenantId)) yield { table: from.table, rows };
  }
  for await (const line of readLines(await deps.ledger(tenantId).dump())) yield { ledger: JSON.parse(line) };
}
