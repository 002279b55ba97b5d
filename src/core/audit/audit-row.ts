import { sql } from "drizzle-orm";
import { type Actor, type Context, makeId } from "../context.ts";
import { perDatabase, placeholders, withValues } from "../prepared.ts";
import { auditLog } from "./tables.ts";

export type AuditEntry = {
  action: string;
  target: string;
  tenantId: string | null;
  /** What else a reader needs to understand it: a reason, an amount. Never a secret. */
  details?: Record<string, string | number>;
};

/** The row that goes into the same batch as the change it tells of. */
export function auditRow(context: Context, entry: AuditEntry) {
  return context.deps.db.insert(auditLog).values(rowOf(context, entry));
}

const preparedRow = perDatabase((db) =>
  db
    .insert(auditLog)
    .values({
      ...placeholders("id", "tenantId", "actor", "action", "target", "address", "requestId", "createdAtMs"),
      // Not the column's own JSON, which would write a missing object down as the word null.
      details: sql`${sql.placeholder("details")}`,
    })
    .prepare(),
);

/** The same as one of a batch, for what is submitted again and again. */
export function auditRowOfBatch(context: Context, entry: AuditEntry) {
  const row = rowOf(context, entry);
  const details = row.details === null ? null : JSON.stringify(row.details);
  return withValues(preparedRow(context.deps.db), { ...row, details });
}

/** The same, right behind a guarded UPDATE in a batch: written only when that one changed something. */
export function auditRowIfChanged(context: Context, entry: AuditEntry) {
  const row = rowOf(context, entry);
  const details = row.details === null ? null : JSON.stringify(row.details);
  return context.deps.db
    .insert(auditLog)
    .select(
      sql`select ${row.id}, ${row.tenantId}, ${row.actor}, ${row.action}, ${row.target}, ${row.address}, ${row.requestId}, ${row.createdAtMs}, ${details} where changes() > 0`,
    );
}

function rowOf(
  context: Context,
  entry: AuditEntry,
): typeof auditLog.$inferInsert & { details: AuditEntry["details"] | null } {
  return {
    id: makeId(context, "audit"),
    tenantId: entry.tenantId,
    actor: nameOf(context.actor),
    action: entry.action,
    target: entry.target,
    address: context.address,
    requestId: context.requestId,
    createdAtMs: context.deps.clock.now(),
    details: entry.details ?? null,
  };
}

/** Of a user the credential that acted: whoever revokes a key can see what was done with it. */
function nameOf(actor: Actor): string {
  if (actor.kind !== "user") return actor.kind;
  return actor.via.kind === "session" ? actor.userId : actor.via.keyId;
}
