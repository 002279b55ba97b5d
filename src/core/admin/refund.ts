import type { AdminPaymentAnswer, RefundBody } from "../../contract/admin.ts";
import { auditRow } from "../audit/audit-row.ts";
import type { UserContext } from "../context.ts";
import { refundPayment } from "../payments/refund-payment.ts";
import { readAdminPayment } from "../payments/search-payments.ts";
import { operationId } from "./operation-id.ts";

/** Sends money back through its provider, and takes back what it bought. Refuses `not_found`, `not_refundable`. */
export async function refund(
  context: UserContext,
  input: RefundBody & { paymentId: string; idempotencyKey: string | null },
): Promise<AdminPaymentAnswer> {
  const { deps } = context;
  const { paymentId, amount, reason } = input;
  const { tenant_id: tenantId } = await readAdminPayment(context, paymentId);
  const claimId = await operationId(context, "claim", input.idempotencyKey);
  const claim = await refundPayment(context, { paymentId, amount, reason, claimId });
  await deps.db.batch([
    auditRow(context, {
      action: "payment.refund",
      target: paymentId,
      tenantId,
      details: { amount: claim.amount, reason, claim: claimId },
    }),
  ]);
  return readAdminPayment(context, paymentId);
}
