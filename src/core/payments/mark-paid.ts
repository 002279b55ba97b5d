import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { fulfilPayment } from "./fulfil-payment.ts";
import { moveStatement, notePayment, type PaymentChange } from "./store.ts";
import type { PaymentRow } from "./tables.ts";

/**
 * The provider has confirmed the money: from now on the payment is paid, whatever was recorded of it before, and what it
 * bought is given, once. A repeat, or two at once, changes nothing more: the state moves by a guarded UPDATE, and what is
 * given is given under the payment's own id. Who dies in between leaves it to the cron.
 */
export async function markPaid(
  context: Context,
  payment: PaymentRow,
  facts: Pick<PaymentChange, "receipt" | "paymentIntentId"> = {},
): Promise<void> {
  const { deps } = context;
  const paidAtMs = deps.clock.now();
  if (payment.state !== "paid") {
    await deps.db.batch([
      moveStatement(deps, payment.id, "paid", { ...facts, paidAtMs, failureCode: null, nextCheckAtMs: null }),
      auditRowIfChanged(context, { action: "payment.paid", target: payment.id, tenantId: payment.tenantId }),
    ]);
    record(context, payment);
  } else if (payment.receipt === null && facts.receipt != null) {
    await notePayment(deps, payment.id, { receipt: facts.receipt });
  }
  await fulfilPayment(context, payment);
}

function record({ deps }: Context, { provider, currency, amount }: PaymentRow): void {
  deps.metrics.record({ name: "payment", provider, currency, amount });
}
