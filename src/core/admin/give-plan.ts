import type { AdminUserAnswer, GivePlanBody } from "../../contract/admin.ts";
import { requireMember } from "../accounts/search-users.ts";
import type { UserContext } from "../context.ts";
import { fail } from "../fail.ts";
import { givePlan } from "../plans/give-plan.ts";
import { operationId } from "./operation-id.ts";
import { readAdminUser } from "./search-users.ts";

/** Gives a user's tenant a plan. Refuses `not_found`, and `validation_failed` for an end that is past. */
export async function givePlanToUser(
  context: UserContext,
  input: GivePlanBody & { userId: string; idempotencyKey: string | null },
): Promise<AdminUserAnswer> {
  const { deps } = context;
  const { tenant } = await requireMember(deps, input.userId);
  const untilMs = input.until === undefined ? null : Date.parse(input.until);
  if (untilMs !== null && untilMs <= deps.clock.now()) {
    const detail = "is past";
    fail("validation_failed", `«/until» ${detail}. Nothing was changed.`, {
      errors: [{ pointer: "/until", detail, code: "past" }],
    });
  }
  const id = await operationId(context, "planPeriod", input.idempotencyKey);
  await givePlan(context, { id, tenantId: tenant.id, plan: input.plan, untilMs, reason: input.reason });
  return readAdminUser(deps, input.userId);
}
