import { inArray } from "drizzle-orm";
import type { AdminPaymentAnswer, StrayReceiptAnswer } from "../../contract/admin.ts";
import type { Context } from "../context.ts";
import { type PaymentClaimRow, type PaymentRow, paymentClaims, type StrayReceiptRow } from "./tables.ts";
import { toPaymentAnswer } from "./to-wire.ts";

/** Payments as operators see them, with all that was claimed back of each. */
export async function toAdminPayments(context: Context, rows: readonly PaymentRow[]): Promise<AdminPaymentAnswer[]> {
  const ids = rows.map(({ id }) => id);
  const claims =
    ids.length === 0
      ? []
      : await context.deps.db.select().from(paymentClaims).where(inArray(paymentClaims.paymentId, ids));
  return Promise.all(
    rows.map(async (row) => ({
      ...(await toPaymentAnswer(context, row)),
      tenant_id: row.tenantId,
      user_id: row.userId,
      state: row.state,
      attention: row.attention,
      dispute_state: row.disputeState,
      phone: row.phone,
      payment_intent_id: row.paymentIntentId,
      checkout_session_id: row.checkoutSessionId,
      invoice_id: row.invoiceId,
      checkout_request_id: row.checkoutRequestId,
      claimed_receipt: row.claimedReceipt,
      checks: row.checks,
      next_check_at: isoOrNull(row.nextCheckAtMs),
      fulfilled_at: isoOrNull(row.fulfilledAtMs),
      claims: claims.filter(({ paymentId }) => paymentId === row.id).map(toClaimAnswer),
    })),
  );
}

export function toClaimAnswer(claim: PaymentClaimRow): AdminPaymentAnswer["claims"][number] {
  return {
    id: claim.id,
    payment_id: claim.paymentId,
    kind: claim.kind,
    amount: claim.amount,
    state: claim.state,
    is_settled: claim.state === claim.settledState,
    provider_status: claim.providerStatus,
    reason: claim.reason,
    created_at: new Date(claim.createdAtMs).toISOString(),
  };
}

export function toStrayAnswer({
  receipt,
  amount,
  reference,
  paidAtMs,
  foundAtMs,
}: StrayReceiptRow): StrayReceiptAnswer {
  return {
    receipt,
    amount,
    reference,
    paid_at: new Date(paidAtMs).toISOString(),
    found_at: new Date(foundAtMs).toISOString(),
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
