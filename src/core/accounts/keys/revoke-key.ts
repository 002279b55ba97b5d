import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { findUsableKey, revokeKeyRow } from "./key-store.ts";

/** Ends a key at once, also within its grace. Refuses `not_found`, for one that has ended already too. */
export async function revokeKey(context: UserContext, keyId: string): Promise<void> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  if ((await findUsableKey(deps, actor.tenantId, keyId, nowMs)) === null)
    fail("not_found", "There is no key of this name, or it works no more.");
  await deps.db.batch([
    revokeKeyRow(deps, actor.tenantId, keyId, nowMs),
    auditRowIfChanged(context, { action: "key.revoke", target: keyId, tenantId: actor.tenantId }),
  ]);
}
