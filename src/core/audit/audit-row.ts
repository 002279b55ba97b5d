import { type Context, makeId } from "../context.ts";
import { auditLog } from "./tables.ts";

/** The row that goes into the same batch as the change it tells of. */
export function auditRow(context: Context, entry: { action: string; target: string; tenantId: string | null }) {
  const actor = context.actor.kind === "user" ? context.actor.userId : context.actor.kind;
  return context.deps.db.insert(auditLog).values({
    id: makeId(context, "audit"),
    tenantId: entry.tenantId,
    actor,
    action: entry.action,
    target: entry.target,
    address: context.address,
    requestId: context.requestId,
    createdAtMs: context.deps.clock.now(),
  });
}
