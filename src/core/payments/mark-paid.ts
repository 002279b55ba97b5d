import type { SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { auditRowIfChanged } from "../audit/audit-row.ts";
import type { Context } from "../context.ts";
import { fulfilPayment } from "./fulfil-payment.ts";
import { moveStatement, notePayment, type PaymentChange } from "./store.ts";
import type { PaymentRow } from "./tables.ts";

type Facts = Pick<PaymentChange, "receipt" | "paymentIntentId">;

/**
 * The provider has confirmed the money: from now on the payment is paid, whatever was recorded of it before, and what it
 * bought is given, once. A repeat, or two at once, changes nothing more: the state moves by a guarded UPDATE, and what is
 * given is given under the payment's own id. Who dies in between leaves it to the cron.
 */
export async function markPaid(context: Context, payment: PaymentRow, facts: Facts = {}): Promise<void> {
  if (payment.state !== "paid") await movePaid(context, payment, facts);
  else if (payment.receipt === null && facts.receipt != null) {
    await notePayment(context.deps, payment.id, { receipt: facts.receipt });
  }
  await fulfilPayment(context, payment);
}

/**
 * The same for money that a person has found: only if `onlyIf` holds at that very moment, and with the statements of `also`
 * in the same transaction. false: it does not hold, or the payment has become paid meanwhile, and no payment was changed.
 */
export async function markPaidIf(
  context: Context,
  payment: PaymentRow,
  facts: Facts,
  { onlyIf, also }: { onlyIf: SQL; also: BatchItem<"sqlite">[] },
): Promise<boolean> {
  if (!(await movePaid(context, payment, facts, onlyIf, also))) return false;
  await fulfilPayment(context, payment);
  return true;
}

async function movePaid(
  context: Context,
  payment: PaymentRow,
  facts: Facts,
  onlyIf?: SQL,
  also: BatchItem<"sqlite">[] = [],
): Promise<boolean> {
  const { deps } = context;
  const { id, tenantId } = payment;
  const change = { ...facts, paidAtMs: deps.clock.now(), failureCode: null, nextCheckAtMs: null };
  const [moved] = await deps.db.batch([
    moveStatement(deps, id, "paid", change, onlyIf),
    auditRowIfChanged(context, { action: "payment.paid", target: id, tenantId }),
    ...also,
  ]);
  if (moved.length > 0) record(context, payment);
  return moved.length > 0;
}

function record({ deps }: Context, { provider, currency, amount }: PaymentRow): void {
  deps.metrics.record({ name: "payment", provider, currency, amount });
}
