import type { PaymentAnswer } from "../../contract/payments.ts";
import type { Context } from "../context.ts";
import { dayMs } from "../plans/plans.ts";
import { signedLink } from "../videos/links.ts";
import { failureOf } from "./failure-words.ts";
import { statusOf } from "./payment-state.ts";
import type { PaymentRow } from "./tables.ts";

/** A receipt's link opens without a credential this long, and is the same for a day. */
const receiptLinkDays = 7;

export async function toPaymentAnswer(context: Context, row: PaymentRow): Promise<PaymentAnswer> {
  const status = statusOf(row);
  const failure = status === "failed" || status === "expired" ? failureOf(row) : null;
  return {
    id: row.id,
    provider: row.provider,
    purpose: row.purpose,
    status,
    amount: row.amount,
    currency: row.currency,
    credits: row.credits + row.bonus,
    ...(row.packageId === null ? {} : { package_id: row.packageId }),
    ...(row.plan === null ? {} : { plan: row.plan }),
    ...(row.receipt === null ? {} : { receipt: row.receipt }),
    ...(row.state === "paid" ? { receipt_url: await receiptLink(context, row) } : {}),
    ...(failure === null ? {} : { failure }),
    refunded_amount: row.refundedAmount,
    created_at: new Date(row.createdAtMs).toISOString(),
    paid_at: row.paidAtMs === null ? null : new Date(row.paidAtMs).toISOString(),
  };
}

async function receiptLink(context: Context, row: PaymentRow): Promise<string> {
  const { clock, publicUrl } = context.deps;
  const expiresAtMs = Math.ceil(clock.now() / dayMs + receiptLinkDays) * dayMs;
  return signedLink(context, publicUrl ?? "", `/api/payments/${row.id}/receipt`, expiresAtMs);
}
