import type { AdjustCreditsBody, AdjustedAnswer, WaivedAnswer } from "../../contract/admin.ts";
import { requireMember } from "../accounts/search-users.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { operationId } from "./operation-id.ts";

type Operation = { userId: string; idempotencyKey: string | null };

/**
 * Gives credits, or takes some; the user reads the reason in their transactions. Refuses `not_found`,
 * `insufficient_credits` for taking more than can be spent, and `idempotency_key_reused`.
 */
export async function adjustCredits(
  context: UserContext,
  input: Operation & AdjustCreditsBody,
): Promise<AdjustedAnswer> {
  const { deps } = context;
  const { tenant, user } = await requireMember(deps, input.userId);
  const { amount, reason } = input;
  const id = await operationId(context, "adjustment", input.idempotencyKey);
  const adjusted = await deps.ledger(tenant.id).adjust({ id, credits: amount, description: reason });
  if (!adjusted.ok) {
    if (adjusted.code === "id_reused") refuseKey();
    const { needed, available } = adjusted;
    fail("insufficient_credits", `They have ${available} credits that can be taken. Nothing was changed.`, {
      needed,
      available,
    });
  }
  await deps.db.batch([
    auditRow(context, {
      action: "credits.adjusted",
      target: user.id,
      tenantId: tenant.id,
      details: { amount, reason, id, balance: adjusted.balance },
    }),
  ]);
  return { user_id: user.id, amount, balance: adjusted.balance };
}

/** Forgives all that an account owes. Refuses `not_found`, `idempotency_key_reused`. */
export async function waiveDebt(context: UserContext, input: Operation & { reason: string }): Promise<WaivedAnswer> {
  const { deps } = context;
  const { tenant, user } = await requireMember(deps, input.userId);
  const { reason } = input;
  const id = await operationId(context, "adjustment", input.idempotencyKey);
  const waived = await deps.ledger(tenant.id).waive({ id, description: reason });
  if (!waived.ok) refuseKey();
  await deps.db.batch([
    auditRow(context, {
      action: "credits.waived",
      target: user.id,
      tenantId: tenant.id,
      details: { amount: waived.waived, reason, id },
    }),
  ]);
  return { user_id: user.id, waived: waived.waived };
}

function refuseKey(): never {
  fail(
    "idempotency_key_reused",
    "This Idempotency-Key was used for another request. Nothing was changed; use a new key.",
  );
}
