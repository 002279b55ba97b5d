import type { PaymentsAnswer } from "../../contract/payments.ts";
import type { UserContext } from "../context.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import { listPaymentRows } from "./store.ts";
import { toPaymentAnswer } from "./to-wire.ts";

/** The tenant's payments, newest first. Refuses `validation_failed` for a cursor that is not of this list. */
export async function listPayments(
  context: UserContext,
  input: { limit: number; cursor?: string | undefined },
): Promise<PaymentsAnswer> {
  const { deps, actor } = context;
  const before =
    input.cursor === undefined ? null : (decodeCursor(input.cursor, ["number", "string"]) as [number, string]);
  const rows = await listPaymentRows(deps, { tenantId: actor.tenantId }, { before, limit: input.limit + 1 });
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    data: await Promise.all(page.map((row) => toPaymentAnswer(context, row))),
    next_cursor: last === undefined ? null : encodeCursor([last.createdAtMs, last.id]),
  };
}
