import { and, desc, eq, or, sql } from "drizzle-orm";
import type { AuditLogAnswer, AuditLogQuery } from "../../contract/admin.ts";
import type { Deps } from "../deps.ts";
import { afterCursor, toPage } from "../page.ts";
import { auditLog } from "./tables.ts";

/** Every change that anybody made, the newest first, for operators. */
export async function listAuditLog({ db }: Deps, input: AuditLogQuery): Promise<AuditLogAnswer> {
  const { tenant_id: tenantId, actor, action, cursor, limit } = input;
  const found = await db
    .select()
    .from(auditLog)
    .where(
      and(
        afterCursor(auditLog, cursor),
        tenantId === undefined ? undefined : eq(auditLog.tenantId, tenantId),
        actor === undefined ? undefined : eq(auditLog.actor, actor),
        action === undefined
          ? undefined
          : or(eq(auditLog.action, action), beginsWith(`${action.split(".")[0]}.`, action)),
      ),
    )
    .orderBy(desc(auditLog.createdAtMs), desc(auditLog.id))
    .limit(limit + 1);
  const { rows, nextCursor } = toPage(found, limit);
  return {
    data: rows.map((row) => ({
      id: row.id,
      tenant_id: row.tenantId,
      actor: row.actor,
      action: row.action,
      target: row.target,
      details: row.details,
      address: row.address,
      request_id: row.requestId,
      created_at: new Date(row.createdAtMs).toISOString(),
    })),
    next_cursor: nextCursor,
  };
}

/** Only where no more than the first part of an action is asked for. */
function beginsWith(area: string, action: string) {
  return action.includes(".") ? undefined : sql`substr(${auditLog.action}, 1, ${area.length}) = ${area}`;
}
