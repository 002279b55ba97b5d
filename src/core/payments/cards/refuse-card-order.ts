import type { UserContext } from "../../context.ts";
import { fail } from "../../fail.ts";
import { declineOf } from "./decline-codes.ts";

/** Stripe did not take an order: nobody was asked for money yet. Why is mostly for whoever operates this to mend. */
export function refuseCardOrder({ deps, actor }: UserContext, code: string): never {
  deps.log.write("error", "card_order_refused", { tenantId: actor.tenantId, code });
  if (code === "amount_too_small" || code === "amount_too_large") {
    const detail = declineOf(code).message;
    fail("validation_failed", detail, {
      errors: [{ pointer: "/amount", detail, code: code === "amount_too_small" ? "too_low" : "too_high" }],
    });
  }
  fail(
    "payment_refused",
    "The card service did not take the order. Nothing was charged; try again later, with a new Idempotency-Key.",
  );
}
