import type { UserContext } from "../../context.ts";
import { fail, invariant } from "../../fail.ts";
import type { Order } from "../orders.ts";
import { findPayment } from "../store.ts";
import type { PaymentRow } from "../tables.ts";
import { firstCheckAt } from "./card-ladder.ts";
import { insertCardPayment } from "./card-store.ts";

/**
 * Writes our order down before Stripe is asked. A repeat under the same id gets the order as it is by now. Refuses
 * `idempotency_key_reused` when the id is of another order, or of one that is over and was not paid.
 */
export async function placeCardOrder(context: UserContext, id: string, order: Order): Promise<PaymentRow> {
  const { deps, actor } = context;
  const nowMs = deps.clock.now();
  const { name: _, ...snapshot } = order;
  await insertCardPayment(
    context,
    {
      ...snapshot,
      id,
      tenantId: actor.tenantId,
      userId: actor.userId,
      provider: "stripe",
      state: "created",
      nextCheckAtMs: firstCheckAt(nowMs),
      createdAtMs: nowMs,
    },
    "payment.start",
  );
  const row = await findPayment(deps, id);
  invariant(row !== null, "what was inserted is there");
  if (!isSame(row, order) || row.tenantId !== actor.tenantId) {
    fail(
      "idempotency_key_reused",
      "This Idempotency-Key was used for another order. Nothing was charged; use a new key.",
    );
  }
  if (row.state === "expired" || (row.state === "failed" && row.nextCheckAtMs === null)) {
    fail("idempotency_key_reused", "The order of this Idempotency-Key is over. Start a new one, with a new key.");
  }
  return row;
}

/** By what was ordered and not by its price: that may have changed since, and the order keeps its own. */
function isSame(row: PaymentRow, order: Order): boolean {
  return (
    row.provider === "stripe" &&
    row.purpose === order.purpose &&
    row.packageId === order.packageId &&
    row.currency === order.currency &&
    (order.purpose === "package" || row.amount === order.amount)
  );
}
