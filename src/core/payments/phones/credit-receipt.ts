import type { CreditReceiptBody } from "../../../contract/admin.ts";
import { auditRowIfChanged } from "../../audit/audit-row.ts";
import type { Context } from "../../context.ts";
import { fail } from "../../fail.ts";
import { fulfilPayment } from "../fulfil-payment.ts";
import { markPaidIf } from "../mark-paid.ts";
import { requireAnyPayment } from "../search-payments.ts";
import type { PaymentRow, StrayReceiptRow } from "../tables.ts";
import { receiptStatement } from "./phone-store.ts";
import { whyNotOf } from "./receipt-rule.ts";
import { belongsTo, findStray, hasOwner, isStillStray, resolveStatement } from "./receipt-store.ts";

/**
 * An operator has found whose money a stray receipt is: the payment is paid by it, and what it bought is given, once. Where the
 * payment is paid already, it only gets its receipt. A repeat changes nothing more. Refuses `not_found`, `receipt_refused`.
 */
export async function creditReceipt(context: Context, input: CreditReceiptBody & { receipt: string }): Promise<void> {
  const stray = await requireStray(context, input.receipt);
  const payment = await requireAnyPayment(context, input.payment_id);
  if (stray.resolution === belongsTo(payment.id)) return fulfilIfPaid(context, payment);
  if (stray.resolution !== null) refuseEnded(stray.resolution);
  const why = whyNotOf(payment, stray, input.payer_phone);
  if (why !== null) fail("receipt_refused", `${why} Nothing was credited.`);
  if (await take(context, payment, stray, input.reason)) return;
  const [now, money] = [await requireAnyPayment(context, payment.id), await requireStray(context, stray.receipt)];
  if (money.resolution === belongsTo(payment.id)) return fulfilIfPaid(context, now);
  fail("receipt_refused", "The payment or the receipt has changed meanwhile. Look at both again.");
}

/** Payment, receipt and audit rows change in one transaction, so that no two acts can spend one receipt. */
async function take(
  context: Context,
  payment: PaymentRow,
  { receipt, amount }: StrayReceiptRow,
  reason: string,
): Promise<boolean> {
  const { deps } = context;
  const { id, tenantId } = payment;
  const resolve = resolveStatement(deps, receipt, belongsTo(id), hasOwner(deps, receipt, id));
  const details = { payment: id, amount, reason };
  const audit = auditRowIfChanged(context, { action: "receipt.credit", target: receipt, tenantId, details });
  if (payment.state !== "paid") {
    const within = { onlyIf: isStillStray(deps, receipt), also: [resolve, audit] };
    return markPaidIf(context, payment, { receipt }, within);
  }
  const [, resolved] = await deps.db.batch([
    receiptStatement(deps, id, receipt, isStillStray(deps, receipt)),
    resolve,
    audit,
  ]);
  return resolved.length > 0;
}

/** Who died between the money and what it bought left that to the cron, or to this repeat. */
async function fulfilIfPaid(context: Context, payment: PaymentRow): Promise<void> {
  if (payment.state === "paid") await fulfilPayment(context, payment);
}

/** Refuses `not_found`. */
export async function requireStray({ deps }: Context, receipt: string): Promise<StrayReceiptRow> {
  return (await findStray(deps, receipt)) ?? fail("not_found", "There is no stray receipt of this name.");
}

/** Refuses `receipt_refused`. */
export function refuseEnded(resolution: string): never {
  fail("receipt_refused", `This receipt is off the list already (${resolution}). Nothing was changed.`);
}
