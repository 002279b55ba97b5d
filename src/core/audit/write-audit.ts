import type { Context } from "../context.ts";
import { type AuditEntry, auditRow } from "./audit-row.ts";

/** For what was changed elsewhere, at a provider, and in no row of ours. */
export async function writeAudit(context: Context, entry: AuditEntry): Promise<void> {
  await context.deps.db.batch([auditRow(context, entry)]);
}
